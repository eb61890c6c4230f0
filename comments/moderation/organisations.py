"""Which organisations a comment speaks of, what it says of them, and who speaks.

An organisation is a name in capitals that is no ordinary word, or the site that a link
leads to. A tie is what the writer's address or site has in common with it. Neither is
anything by itself: people name shops, and link their own blogs.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import phrases
from .hosts import MAIL_PROVIDERS, PLATFORMS
from .text import (
    EMAIL,
    LIMIT,
    LINK,
    Folded,
    domain,
    domains,
    fold,
    frequencies,
    host_of,
    squeeze,
)
from .verdicts import Submission, Writer

SHORTEST_TIE = 4
LONG_PART = 6
LONG_LOCAL = 8
CONNECTING = "de du des d la le les l en et aux a of the and for & in"
CONNECTORS = frozenset(CONNECTING.split())
CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][\w&]{1,40}(?:[-.'’][\w&]{1,40}){0,4}")
TOKEN = re.compile(
    r"(?:[cdjlmnst]|qu)['’](?=[^\W\d_])|[\w&]{1,41}(?:[-.'’][\w&]{1,41}){0,4}|[^\w\s]",
    re.I,
)
ELIDED = re.compile(r"[dl]['’]", re.I)
BIDDING = re.compile(
    r"[^\W\d_]{3,20}-(?:vous|nous|moi|toi|les?|la|leur|lui|y|en)", re.I
)
"""“Inscrivez-vous” begins a sentence, and is no name."""
CODE = re.compile(r"_|\w\.\w{1,40}\.\w|&\w{0,20}[a-z]")
SENTENCE_END = frozenset('.!?:…«»“”"(')
ORDINARY = 3e-6
MOST_NAMES = 40
"""Each is looked for in the whole text, and a text can hold three thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What ties the writer to an organisation: their address or site (``kind``).

    ``is_whole`` if the organisation bears the very name of the host, ``is_link`` if the
    comment only links to it, as people do with their own blogs.
    """

    kind: str
    named: str
    shown: str
    is_whole: bool
    is_link: bool


@lru_cache(maxsize=32)
def names(body: str) -> tuple[str, ...]:
    """Return the proper names in a text, as typed, the longest first.

    A single capital at the start of a sentence is no name, unless the word is unknown
    to both languages or has a capital inside (“BrightSteps”).
    """
    text = _without_links(body[:LIMIT])
    found: list[str] = []
    run: list[re.Match[str]] = []
    start_of_run = at_start = True
    for match in TOKEN.finditer(text):
        token = match[0]
        if CAPITALISED.fullmatch(token) and not CODE.search(token):
            if not run:
                start_of_run = at_start
            run.append(match)
        elif run and (token.casefold() in CONNECTORS or ELIDED.fullmatch(token)):
            run.append(match)
        else:
            found += _name(text, run, start_of_run)
            run = []
        if not ELIDED.fullmatch(token):
            after = text[match.end() : match.end() + 2]
            at_start = token in SENTENCE_END or "\n" in after
    found += _name(text, run, start_of_run)
    return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))


def _name(text: str, run: list[re.Match[str]], at_start: bool) -> list[str]:
    while run and not CAPITALISED.fullmatch(run[-1][0]):
        run = run[:-1]
    if at_start and len(run) > 1 and _is_ordinary(run[0][0]):
        run = run[1:]
        while run and not CAPITALISED.fullmatch(run[0][0]):
            run = run[1:]
    if not run or (len(run) == 1 and _is_ordinary(run[0][0])):
        return []
    return [text[run[0].start() : run[-1].end()]]


def _is_ordinary(word: str) -> bool:
    if BIDDING.fullmatch(word):
        return True
    if any(c.isupper() for c in word[1:]) and not word.isupper():
        return False
    small = word.casefold()
    return any(frequencies(lang).get(small, 0.0) > ORDINARY for lang in ("fr", "en"))


def organisations(submission: Submission) -> list[str]:
    """Return what a comment may be speaking for: after its kind, else a proper name."""
    folded = fold(submission.body)
    own = {domain(host) for host in submission.own_hosts}
    linked = [link for d, link in domains(submission.body).items() if d not in own]
    title = squeeze(submission.subject.title)
    capital = [
        name
        for name in names(submission.body)
        if squeeze(name) not in title
        and name not in submission.writer.name
        and name in submission.body
    ][:MOST_NAMES]
    introduced = [
        name
        for name in capital
        if re.search(
            rf"\b{phrases.ORGANISATION}\W{{1,3}}(?:\w{{1,12}}\W{{1,2}}){{0,3}}"
            + re.escape(fold(name).text),
            folded.text,
        )
    ]
    return list(dict.fromkeys([*introduced, *capital, *linked]))


def label(host: str) -> str:
    """Return the telling part of a host name: “www.horizon-partage.ch” → that name."""
    name = domain(host).split(".", 1)[0]
    return "" if name in MAIL_PROVIDERS | PLATFORMS or "mail" in name else name


def _signs(writer: Writer) -> Iterator[tuple[str, str, str, str]]:
    """By what the writer may be tied to somebody: (kind, sign, host, what to show).

    An address at a mail provider ties nobody to that, but what stands before the @ may
    be the name of an organisation, and so may a surname be a part of one.
    """
    address = EMAIL.search(writer.email[:320])
    if address:
        before = address[0].split("@", 1)[0]
        sign = label(address[1])
        yield "mail", sign or before, address[1], address[1] if sign else address[0]
    if writer.url:
        host = host_of(writer.url)
        yield "site", label(host), host, writer.url[:200]


def ties(submission: Submission) -> tuple[Tie, ...]:
    """Return what the writer's address and site have in common with the comment."""
    own = frozenset(domain(host) for host in submission.own_hosts)
    signs = tuple(_signs(submission.writer))
    return _ties(submission.body[:LIMIT], signs, own)


@lru_cache(maxsize=32)
def _ties(
    body: str, signs: tuple[tuple[str, str, str, str], ...], own: frozenset[str]
) -> tuple[Tie, ...]:
    linked = domains(body)
    found: list[Tie] = []
    for kind, sign, host, shown in signs:
        if not sign or domain(host) in own:
            continue
        if not label(host):
            found += _before_the_at(sign, shown, body)
            continue
        link = linked.get(domain(host), "")
        by_name = _whole(sign, body)
        partly = link or _partly(sign, body)
        named = by_name or partly or _resembling(sign, body)
        if named:
            found.append(
                Tie(
                    kind=kind,
                    named=named,
                    shown=shown,
                    is_whole=bool(by_name or link or " " in partly),
                    is_link=bool(link) and not by_name,
                )
            )
    return tuple(found)


def _before_the_at(sign: str, shown: str, body: str) -> list[Tie]:
    """Return the tie of an address like “horizon.partage@gmail.com”, if it is named."""
    named = _squeezed(body, squeeze(sign)) if len(squeeze(sign)) >= LONG_LOCAL else ""
    if not named or not named[0].isupper():
        return []
    return [Tie(kind="mail", named=named, shown=shown, is_whole=True, is_link=False)]


def surname_in(writer: Writer, named: str) -> str:
    """Return the writer's surname, if an organisation of several words bears it."""
    parts = re.findall(r"[^\W\d_]+", writer.name)
    surname = parts[-1] if len(parts) > 1 else ""
    said = [word.casefold() for word in re.findall(r"[^\W\d_]+", named)]
    is_borne = len(surname) >= SHORTEST_TIE and surname.casefold() in said
    return surname if is_borne and len(said) > 1 and writer.name not in named else ""


def _without_links(body: str) -> str:
    """Blank out the links of a text, so that all else stays where it was."""
    return LINK.sub(lambda link: "/" * len(link[0]), body)


def _whole(sign: str, body: str) -> str:
    """Return where a text says the very name of a host, whatever stands between.

    “eglise-lumiere” is told by “Église de la Lumière”.
    """
    said = _squeezed(body, squeeze(sign))
    if said:
        return said
    whole = squeeze(sign)
    for name in names(body) if len(whole) >= SHORTEST_TIE else ():
        parts = re.findall(r"\w+", name)
        if whole == squeeze(
            "".join(p for p in parts if p.casefold() not in CONNECTORS)
        ):
            return name
    return ""


def _partly(sign: str, body: str) -> str:
    """Return where a text names most of a host: “Still Waters” at stillwaters-spa."""
    parts = sign.split("-")
    for some in (parts[:-1], parts[1:]):
        wanted = squeeze("".join(some))
        said = _squeezed(body, wanted) if len(wanted) >= LONG_PART else ""
        if said and _is_name(body, said):
            return said
    return ""


def _is_name(body: str, said: str) -> bool:
    """Whether words are a name by their capitals: “Still Waters”, “StillWaters”."""
    parts = re.findall(r"\w+", said)
    if len(parts) > 1:
        return all(p[0].isupper() or p.casefold() in CONNECTORS for p in parts)
    before = body[: body.find(said)].rstrip()[-1:]
    starts_a_sentence = not before or before in SENTENCE_END
    return said[0].isupper() and not (starts_a_sentence and _is_ordinary(said))


def _resembling(sign: str, body: str) -> str:
    """Return a name in a text that a host name contains, abbreviates or resembles."""
    whole = squeeze(sign)
    for name in names(body):
        parts = re.findall(r"\w+", name)
        initials = "".join(p[0] for p in parts if p.casefold() not in CONNECTORS)
        if len(initials) > 2 and squeeze(initials) == whole:
            return name
        squeezed = squeeze(name)
        if len(squeezed) >= SHORTEST_TIE and (
            (len(squeezed) > 5 and squeezed in whole)
            or _same_start(squeezed, whole) >= SHORTEST_TIE
        ):
            return name
    return ""


def _same_start(one: str, other: str) -> int:
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same


@lru_cache(maxsize=8)
def _letters(body: str) -> tuple[Folded, str, Sequence[int]]:
    """Return a text without its links folded, its letters alone, and where each is."""
    folded = fold(_without_links(body))
    letters = [
        (part, at)
        for at, character in enumerate(folded.text)
        for part in ("and" if character == "&" else character)
        if part.isalnum()
    ]
    joined = "".join(part for part, _ in letters)
    return folded, joined, array("H", (at for _, at in letters))


def _squeezed(body: str, wanted: str) -> str:
    """Find letters in a text across spaces and hyphens, from word to word, as typed."""
    folded, joined, places = _letters(body)
    if len(wanted) < SHORTEST_TIE:
        return ""
    at = joined.find(wanted)
    for _ in range(MOST_NAMES):
        if at < 0:
            break
        start, last = places[at], places[at + len(wanted) - 1]
        after = folded.text[last + 1 : last + 2]
        if not folded.text[max(0, start - 1) : start].isalnum() and (
            after == "s" or not after.isalnum()
        ):
            return body[folded.offsets[start] : folded.offsets[last] + 1]
        at = joined.find(wanted, at + 1)
    return ""


def is_signed(submission: Submission, named: str) -> bool:
    """Whether the writer's very name says for whom they speak."""
    name, organisation = squeeze(submission.writer.name), squeeze(named)
    return len(name) >= SHORTEST_TIE and (name in organisation or organisation in name)


def tie_in(answer: str) -> str:
    """Return the tie that is named in a form; “none” and “a customer” name none."""
    tie = answer.strip()
    return "" if phrases.NO_TIE.fullmatch(fold(tie).text) else tie


def declared(writer: Writer) -> str:
    """Return the tie a writer declares."""
    return tie_in(writer.affiliation)
