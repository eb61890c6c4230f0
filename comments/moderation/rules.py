"""What moderators have said in advance of words, sites, addresses and people.

Nobody writes a regular expression here: words are compared as whole words, in small
unaccented letters; sites by their name or the end of it; addresses letter by letter.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .text import WORD, Folded, fold, host_of, links

if TYPE_CHECKING:
    from .verdicts import Evidence

HOST = re.compile(r"(?:[\w-]{1,63}\.){1,10}[\w-]{2,63}")
INSIDE_AN_ADDRESS = frozenset("=%_-&?#")
"""What stands before a host that is only a part of another address."""


class Kind(StrEnum):
    """What a rule looks at."""

    WORD = "word"
    HOST = "host"
    ADDRESS = "address"
    COMMENTER = "commenter"


class Effect(StrEnum):
    """What a rule does: have a comment wait, or let it pass."""

    BLOCK = "block"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of a list that moderators keep.

    ``pattern`` is a word or several, a host, “name@host” or “@host”; of a person, their
    address. ``reason`` (a value of ``Reason``) says what a blocking rule holds for.
    ``since`` is a day (“2026-05-03”) on which ``author`` made it.
    """

    kind: Kind
    effect: Effect
    pattern: str
    reason: str = ""
    note: str = ""
    author: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What rules are compared with: a comment's text, and what its writer gave."""

    body: str
    name: str = ""
    email: str = ""
    url: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that applies. ``excerpt`` was typed by the writer; ``place`` is where:
    in the “text”, or as their “site”, “address” or “person”."""

    rule: Rule
    excerpt: str
    place: str


class _Prepared:
    """A comment made ready to be compared with many rules."""

    def __init__(self, written: Written) -> None:
        self.written = written
        body = fold(written.body)
        others = (fold(written.name), fold(written.affiliation))
        self.texts = [_Words(text) for text in (body, *others)]
        self.hosts = dict(_hosts(body))
        self.site = plain_host(host_of(written.url))
        self.links = {plain_host(host_of(link)) for link in links(written.body)}
        self.email = written.email.strip().casefold()


class _Words:
    """The words of a text in a row, each of which knows where it stood."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        found = list(WORD.finditer(folded.text))
        self.spans = [match.span() for match in found]
        self.joined = "".join(f" {match[0]}" for match in found) + " "

    def find(self, wanted: str) -> str:
        """Return ``wanted`` (words in a row, folded) as typed; empty if not there."""
        position = self.joined.find(f" {wanted} ")
        if position < 0:
            return ""
        first = self.joined.count(" ", 0, position)
        last = first + wanted.count(" ")
        return self.folded.original(self.spans[first][0], self.spans[last][1])


def words_of(pattern: str) -> str:
    """Return a pattern as words are compared: “Crédit  Facile” → “credit facile”."""
    return " ".join(WORD.findall(fold(pattern).text))


def plain_host(host: str) -> str:
    """Return a host as people write it, whatever a browser would make of it."""
    host = host.strip().strip(".").casefold().removeprefix("www.")
    if "xn--" in host:
        try:
            return host.encode("ascii").decode("idna")
        except UnicodeError:
            return host
    return host


def matching(written: Written, rules: Iterable[Rule]) -> list[Match]:
    """Return which of ``rules`` apply to a comment, and to what of it."""
    prepared = _Prepared(written)
    compared = {
        Kind.WORD: _word,
        Kind.HOST: _host,
        Kind.ADDRESS: _address,
        Kind.COMMENTER: _commenter,
    }
    found = (compared[rule.kind](rule, prepared) for rule in rules)
    matches = [match for match in found if match is not None]
    return [match for match in matches if not _goes_too_far(match, matches, prepared)]


def _word(rule: Rule, prepared: _Prepared) -> Match | None:
    wanted = words_of(rule.pattern)
    for text in prepared.texts if wanted else []:
        if excerpt := text.find(wanted):
            return Match(rule, excerpt, "text")
    return None


def _host(rule: Rule, prepared: _Prepared) -> Match | None:
    wanted = plain_host(rule.pattern)
    if rule.effect == Effect.ALLOW:
        # As typed: a host that only looks like one on the list is another's.
        hit = next(
            (host for host in sorted(prepared.links) if _is_under(host, wanted)), ""
        )
        return Match(rule, hit, "text") if hit else None
    look_alike = fold(wanted).text
    for host, excerpt in prepared.hosts.items():
        if _is_under(host, look_alike):
            return Match(rule, excerpt, "text")
    if _is_under(fold(prepared.site).text, look_alike):
        return Match(rule, prepared.written.url, "site")
    return None


def _address(rule: Rule, prepared: _Prepared) -> Match | None:
    wanted = rule.pattern.strip().casefold()
    name, _, host = prepared.email.rpartition("@")
    if wanted.startswith("@"):
        applies = bool(name) and _is_under(host, wanted[1:])
    else:
        applies = bool(wanted) and prepared.email == wanted
    return Match(rule, prepared.written.email, "address") if applies else None


def _commenter(rule: Rule, prepared: _Prepared) -> Match | None:
    wanted = rule.pattern.strip().casefold()
    if not wanted or prepared.email != wanted:
        return None
    return Match(rule, prepared.written.name or prepared.written.email, "person")


def _goes_too_far(match: Match, matches: Sequence[Match], prepared: _Prepared) -> bool:
    """A site lets a comment pass only if no other site is linked beside it."""
    if match.rule.kind != Kind.HOST or match.rule.effect != Effect.ALLOW:
        return False
    allowed = [
        plain_host(other.rule.pattern)
        for other in matches
        if other.rule.kind == Kind.HOST and other.rule.effect == Effect.ALLOW
    ]
    return not all(
        any(_is_under(host, wanted) for wanted in allowed) for host in prepared.links
    )


def _is_under(host: str, wanted: str) -> bool:
    return bool(wanted) and (host == wanted or host.endswith(f".{wanted}"))


def _hosts(folded: Folded) -> Iterator[tuple[str, str]]:
    """Yield each host that a text names, and how it was typed."""
    for match in HOST.finditer(folded.text):
        before = folded.text[max(0, match.start() - 2) : match.start()]
        in_a_path = before.endswith("/") and before != "//"
        if in_a_path or before[-1:] in INSIDE_AN_ADDRESS:
            continue
        typed = folded.original(match.start(), match.end())
        yield fold(plain_host(match[0])).text, typed


def is_vouched_for(evidence: Iterable["Evidence"]) -> bool:
    """Whether a rule lets this comment pass, as among the evidence it left."""
    codes = [item.code for item in evidence if item.code.startswith("rule.")]
    return any(code.endswith(f".{Effect.ALLOW.value}") for code in codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A comment that was judged, and what the machine did with it.

    ``reasons`` (values of ``Reason``) are what it was held for; ``waits_anyhow`` says
    that it would have waited whatever was seen, as where a detector failed.
    """

    key: int
    written: Written
    is_published: bool
    reasons: frozenset[str] = frozenset()
    waits_anyhow: bool = False
    is_team: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a rule would have done: on how many comments it was tried, to how many it
    applies, and which (by key, with what matched) would have fared otherwise."""

    tried: int
    applies: int
    changed: dict[int, str]


def preview(rule: Rule, seen: Sequence[Seen], others: Sequence[Rule] = ()) -> Preview:
    """Say what ``rule`` would have changed, had it stood beside ``others`` before."""
    applies, changed = 0, {}
    blocking = [other for other in others if other.effect == Effect.BLOCK]
    allowing = [other for other in others if other.effect == Effect.ALLOW]
    for comment in seen:
        # Allowed hosts excuse a comment together, so the others are asked as well.
        found = matching(comment.written, [rule, *allowing])
        own = next((match for match in found if match.rule is rule), None)
        if own is None:
            continue
        applies += 1
        if _changes(rule, comment, blocking):
            changed[comment.key] = own.excerpt
    return Preview(tried=len(seen), applies=applies, changed=changed)


def _changes(rule: Rule, comment: Seen, blocking: Sequence[Rule]) -> bool:
    if comment.is_team:
        return False
    if rule.effect == Effect.BLOCK:
        return comment.is_published
    if comment.is_published or comment.waits_anyhow or "abusive" in comment.reasons:
        return False
    return bool(comment.reasons) and not matching(comment.written, blocking)
