"""Which organisations a comment speaks of, what it says of them, and who speaks.

An organisation is a name in capitals that is no ordinary word, or the site that a link
leads to. A tie is what the writer's address or site has in common with it. Neither is
anything by itself: people name shops, and link their own blogs.
"""

import re
from dataclasses import dataclass

from . import phrases
from .hosts import MAIL_PROVIDERS, PLATFORMS
from .text import (
    EMAIL,
    LIMIT,
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
CONNECTING = "de du des d la le les l en et aux a of the and for & in"
CONNECTORS = frozenset(CONNECTING.split())
CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][\w&]{1,40}(?:[-.'’][\w&]{1,40}){0,4}")
TOKEN = re.compile(r"[\w&]{1,41}(?:[-.'’][\w&]{1,41}){0,4}|[^\w\s]")
ELIDED = re.compile(r"[dl]['’][A-ZÀ-ÖØ-Þ]")
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


def names(body: str) -> list[str]:
    """Return the proper names in a text, as typed, the longest first.

    A single capital at the start of a sentence is no name, unless the word is unknown
    to both languages or has a capital inside (“BrightSteps”).
    """
    found: list[str] = []
    run: list[str] = []
    start_of_run = at_start = True
    for match in TOKEN.finditer(body[:LIMIT]):
        token = match[0]
        if CAPITALISED.fullmatch(token):
            if not run:
                start_of_run = at_start
            run.append(token)
        elif run and (token.casefold() in CONNECTORS or ELIDED.match(token)):
            run.append(token)
        else:
            found += _name(run, start_of_run)
            run = []
        at_start = token in SENTENCE_END or "\n" in body[match.end() : match.end() + 2]
    found += _name(run, start_of_run)
    return sorted(dict.fromkeys(found), key=len, reverse=True)


def _name(run: list[str], at_start: bool) -> list[str]:
    while run and run[-1].casefold() in CONNECTORS:
        run = run[:-1]
    if at_start and len(run) > 1 and _is_ordinary(run[0]):
        run = run[1:]
        while run and run[0].casefold() in CONNECTORS:
            run = run[1:]
    if not run or (len(run) == 1 and _is_ordinary(run[0])):
        return []
    return [" ".join(run)]


def _is_ordinary(word: str) -> bool:
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


def _signs(writer: Writer) -> list[tuple[str, str, str]]:
    """The (kind, host, what to show) by which the writer may be tied to somebody."""
    found = []
    address = EMAIL.search(writer.email[:320])
    if address:
        found.append(("mail", address[1], address[1]))
    if writer.url:
        found.append(("site", host_of(writer.url), writer.url[:200]))
    return found


def ties(submission: Submission) -> list[Tie]:
    """Return what the writer's address and site have in common with the comment."""
    body = submission.body[:LIMIT]
    own = {domain(host) for host in submission.own_hosts}
    linked = domains(body)
    found: list[Tie] = []
    for kind, host, shown in _signs(submission.writer):
        if not label(host) or domain(host) in own:
            continue
        link = linked.get(domain(host), "")
        whole = link or _squeezed(fold(body), squeeze(label(host)))
        named = whole or _resembling(label(host), body)
        if named:
            found.append(
                Tie(
                    kind=kind,
                    named=named,
                    shown=shown,
                    is_whole=bool(whole),
                    is_link=bool(link),
                )
            )
    return found


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


def _squeezed(folded: Folded, wanted: str) -> str:
    """Find letters in a text across spaces and hyphens, at the start of a word."""
    letters = [(c, i) for i, c in enumerate(folded.text) if c.isalnum()]
    joined = "".join(c for c, _ in letters)
    at = joined.find(wanted) if len(wanted) >= SHORTEST_TIE else -1
    while at >= 0:
        start, end = letters[at][1], letters[at + len(wanted) - 1][1]
        if start == 0 or not folded.text[start - 1].isalnum():
            return folded.original(start, end + 1)
        at = joined.find(wanted, at + 1)
    return ""


def is_signed(submission: Submission, named: str) -> bool:
    """Whether the writer's very name says for whom they speak."""
    name, organisation = squeeze(submission.writer.name), squeeze(named)
    return len(name) >= SHORTEST_TIE and (name in organisation or organisation in name)
