"""What a writer's address, site and name have in common with whom they speak of.

A tie is nothing by itself: people link their own blogs, and work somewhere.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from .hosts import MAIL_PROVIDERS, MARKETS, PLATFORMS
from .organisations import (
    CONNECTORS,
    MOST_NAMES,
    SHORTEST_TIE,
    capitals,
    is_name,
    kinds,
    names,
)
from .text import (
    EMAIL,
    LIMIT,
    Folded,
    blank_links,
    domain,
    domains,
    fold,
    host_of,
    squeeze,
)
from .verdicts import Submission, Writer

LONG_PART = 6
LONG_WORD = 5
LONG_LOCAL = 8
MOST_OF_A_SIGN = 0.5
MOST_BESIDE_A_SIGNATURE = 2
MOST_SIGNATURES = 2
ARTICLE = re.compile(r"(?:les?|la|the|mon|my|chez|au|aux)(?=[a-z]{5})")
BESIDE_A_HOST = frozenset({"www", "mail", "blog", "en", "fr", "shop", "boutique"})


HOUSE_BOX = re.compile(
    r"(?:info|infos|contact|contacts|hello|hi|bonjour|salut|accueil|office|bureau|"
    r"secretariat|secretary|direction|manager|admin|administration|team|equipe|support|"
    r"sales|ventes|commercial|marketing|communication|com|press|presse|media|pr|"
    r"booking|bookings|reservation|reservations|rdv|orders|commandes?|shop|boutique|"
    r"stay|friends|amis|members|adherents|benevoles|volunteers|events|enquiries|"
    r"inquiries|mail|news|newsletter|community|redaction|editor|studio|atelier)"
    r"(?=[@._+-])",
    re.I,
)
SELLING_PAGE = re.compile(
    r"[^/]/(?:shop|store|boutique|collections?|products?|produits?|pricing|tarifs?|"
    r"booking|book|reserver|reservations?|rdv|seances?|stages|cours|courses|classes|"
    r"formations?|services?|prestations|offres?|membership|adherer|adhesion|join|"
    r"inscriptions?|signup|register|trial|essai|devis|quote|dons?|donate|donation|"
    r"about-us|qui-sommes-nous|particuliers|professionnels|menu|rooms|chambres|"
    r"start|free|ateliers|workshops|agenda|tickets|billetterie)(?:[/?#.]|$)",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What ties the writer to an organisation: their address, site or name (``kind``).

    ``is_whole`` if the organisation bears the very name of the host, ``is_link`` if the
    comment only links to it, as people do with their own blogs.
    """

    kind: str
    named: str
    shown: str
    is_whole: bool
    is_link: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """A name that an address bears: of its host, or (no ``host``) of whom it is for."""

    kind: str
    name: str
    host: str
    shown: str


def label(host: str) -> str:
    """Return the telling part of a host name: “www.horizon-partage.ch” → that name."""
    name = domain(host).split(".", 1)[0]
    return "" if name in MAIL_PROVIDERS | PLATFORMS or "mail" in name else name


def _signs(writer: Writer) -> Iterator[Sign]:
    """By what the writer may be tied to somebody.

    An address at a mail provider ties nobody to that, but what stands before the @ may
    be the name of an organisation, and so may a page of a platform or a sub-domain.
    """
    address = EMAIL.search(writer.email[:320])
    if address:
        host = address[1].lower()
        if label(host):
            yield Sign("mail", label(host), host, address[1])
        before = address[0].split("@", 1)[0].split("+", 1)[0]
        yield from _boxes(before, address[0], writer.name)
    if writer.url:
        host = host_of(writer.url)
        shown = writer.url[:200]
        if label(host):
            yield Sign("site", label(host), host, shown)
        for page in _pages(writer.url, host):
            yield Sign("site", page, "", shown)


def _boxes(before: str, shown: str, name: str) -> Iterator[Sign]:
    """Yield what a mail box is called, by its parts and whole, but for a first name."""
    first = squeeze(name.split(" ", 1)[0])
    parts = [part for part in re.split(r"[._-]", before) if squeeze(part) != first]
    for part in dict.fromkeys([*parts, before]):
        if len(squeeze(part)) >= LONG_LOCAL:
            yield Sign("mail", part, "", shown)


def _pages(url: str, host: str) -> Iterator[str]:
    """Yield sub-domains, and the page on a platform or a market that is one's own."""
    registered = domain(host)
    above = host.removesuffix(registered).strip(".").split(".")
    yield from (part for part in above if len(part) > 3 and part not in BESIDE_A_HOST)
    path = url.split(host, 1)[-1] if host else ""
    is_shared = registered.split(".", 1)[0] in PLATFORMS | MARKETS
    for part in path.split("?", 1)[0].split("/")[1:4]:
        if part.startswith("@") or (is_shared and len(part) > LONG_WORD):
            yield part.lstrip("@")[:60]


def ties(submission: Submission) -> tuple[Tie, ...]:
    """Return what the writer's address and site have in common with the comment."""
    own = frozenset(domain(host) for host in submission.own_hosts)
    signs = tuple(
        sign for sign in _signs(submission.writer) if domain(sign.host) not in own
    )
    body = submission.body[:LIMIT]
    return _ties(body, signs) or _named_as(submission.writer.name[:200], body)


@lru_cache(maxsize=32)
def _ties(body: str, signs: tuple[Sign, ...]) -> tuple[Tie, ...]:
    linked = domains(body)
    found: dict[str, Tie] = {}
    for sign in signs:
        link = linked.get(domain(sign.host), "") if sign.host else ""
        by_name, is_whole = _spelled(sign, body)
        known = found.get(sign.kind)
        if (by_name or link) and not (known and known.is_whole):
            found[sign.kind] = Tie(
                kind=sign.kind,
                named=by_name or link,
                shown=sign.shown,
                is_whole=is_whole or bool(link),
                is_link=bool(link) and not is_whole,
            )
    return tuple(found.values())


def _named_as(name: str, body: str) -> tuple[Tie, ...]:
    """Return the tie of whoever speaks of their own name as of somebody else's.

    “The pianist Jean Dupont plays…”, writes Jean Dupont. A first name is anybody's.
    """
    whole, first = squeeze(name), squeeze(name.split(" ", 1)[0])
    for said in names(body)[:MOST_NAMES]:
        part = squeeze(said)
        is_most = len(part) >= max(LONG_PART, MOST_OF_A_SIGN * len(whole))
        is_theirs = is_most and part in whole and part not in first
        if is_theirs and not _is_signature(said, body):
            return (
                Tie(kind="name", named=said, shown=name, is_whole=False, is_link=False),
            )
    return ()


def _spelled(sign: Sign, body: str) -> tuple[str, bool]:
    """Return where a text names whom a sign names, and whether that is all of it.

    Of a mail box only what stands in capitals is looked at: people have names. Nor is
    a signature a name of somebody else.
    """
    whole = _whole(sign.name, body)
    if whole and (sign.host or whole[0].isupper()) and not _is_signature(whole, body):
        return whole, True
    part = _partly(sign.name, body)
    if part:
        return part, " " in part
    return _resembling(sign, body)


def _is_signature(named: str, body: str) -> bool:
    """Whether a comment says a name only as people sign: at its end, or on a line."""
    said = re.compile(rf"(?<!\w){re.escape(named)}(?!\w)")
    places = list(islice(said.finditer(body), MOST_SIGNATURES + 1))
    return len(places) <= MOST_SIGNATURES and all(
        _ends_or_stands_alone(body[: at.start()], body[at.end() :]) for at in places
    )


def _ends_or_stands_alone(before: str, after: str) -> bool:
    starts_a_line = not before.strip() or before.rstrip(" —–-").endswith("\n")
    rest_of_line = after.split("\n", 1)[0].split()
    is_last = not after.strip(" .!\n")
    is_set_off = before.rstrip()[-1:] in {"", "—", "–", "-", ","}
    stands_alone = starts_a_line and len(rest_of_line) <= MOST_BESIDE_A_SIGNATURE
    return (stands_alone and "\n" in before + after) or (is_last and is_set_off)


def _whole(name: str, body: str) -> str:
    """Return where a text says the very name of a host, whatever stands between.

    “eglise-lumiere” is told by “Église de la Lumière”, “lesoctets” by “des Octets”.
    """
    whole = squeeze(name)
    said = _squeezed(body, whole)
    if said:
        return said
    for found in names(body) if len(whole) >= SHORTEST_TIE else ():
        parts = re.findall(r"\w+", found)
        if whole == squeeze(
            "".join(p for p in parts if p.casefold() not in CONNECTORS)
        ):
            return found
    bare = ARTICLE.sub("", whole, count=1) if ARTICLE.match(whole) else ""
    said = _squeezed(body, bare) if bare else ""
    return said if said and is_name(body, said) else ""


def _partly(name: str, body: str) -> str:
    """Return where a text names most of a host: “Still Waters” at stillwaters-spa."""
    parts = name.split("-")
    for some in (parts[:-1], parts[1:]):
        wanted = squeeze("".join(some))
        said = _squeezed(body, wanted) if len(wanted) >= LONG_PART else ""
        if said and is_name(body, said):
            return said
    return ""


def _resembling(sign: Sign, body: str) -> tuple[str, bool]:
    """Return a name in a text that a host contains, abbreviates or resembles.

    It is as good as the whole if several of its words are there: “Rossie Runners” at
    runnerducks-of-rossie.
    """
    whole = squeeze(sign.name)
    weak = ""
    for name in _names_and_kinds(body):
        parts = [p for p in re.findall(r"\w+", name) if p.casefold() not in CONNECTORS]
        initials = squeeze("".join(p[0] for p in parts))
        if len(initials) > 2 and initials in map(squeeze, sign.name.split("-")):
            return name, True
        held = [word for word in map(_stem, parts) if len(word) > 2 and word in whole]
        share = sum(map(len, held)) / (len(whole) or 1)
        if len(held) > 1 and share >= MOST_OF_A_SIGN:
            return ("", False) if _is_signature(name, body) else (name, True)
        if not weak and _is_held(sign, name, whole, held):
            weak = name
    return weak, False


@lru_cache(maxsize=32)
def _names_and_kinds(body: str) -> tuple[str, ...]:
    """Return whatever a text may call a house: its names, then “the old bakery”."""
    proper, ordinary = names(body)[:MOST_NAMES], capitals(body)[:MOST_NAMES]
    return (*proper, *ordinary, *kinds(body)[:MOST_NAMES])


def _stem(word: str) -> str:
    squeezed = squeeze(word)
    return squeezed.removesuffix("s") if len(squeezed) >= LONG_WORD else squeezed


def _is_held(sign: Sign, name: str, whole: str, held: Sequence[str]) -> bool:
    """Whether a sign holds a word of a name, or begins as it does."""
    least = LONG_WORD if sign.host else LONG_LOCAL
    if any(len(word) >= least for word in held):
        return True
    return bool(sign.host) and _same_start(squeeze(name), whole) >= SHORTEST_TIE


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
    folded = fold(blank_links(body))
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


def house_address(writer: Writer) -> str:
    """Return an address of the writer's that is a house's: “info@…”, or its shop.

    People have a mail box in their name, and a page about themselves.
    """
    address = EMAIL.search(writer.email[:320])
    if address and label(address[1]) and HOUSE_BOX.match(address[0]):
        return address[0]
    return writer.url[:200] if SELLING_PAGE.search(writer.url[:200]) else ""


def surname_in(writer: Writer, named: str) -> str:
    """Return the writer's surname, if an organisation of several words bears it."""
    parts = re.findall(r"[^\W\d_]+", writer.name)
    surname = parts[-1] if len(parts) > 1 else ""
    said = [word.casefold() for word in re.findall(r"[^\W\d_]+", named)]
    is_borne = len(surname) >= SHORTEST_TIE and surname.casefold() in said
    return surname if is_borne and len(said) > 1 and writer.name not in named else ""


def is_signed(submission: Submission, named: str) -> bool:
    """Whether the writer's very name says for whom they speak."""
    name, organisation = squeeze(submission.writer.name), squeeze(named)
    return len(name) >= SHORTEST_TIE and (name in organisation or organisation in name)
