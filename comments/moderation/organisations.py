"""Which organisations a comment speaks of, and which tie its writer declares.

An organisation is a name in capitals that is no ordinary word, or the site that a link
leads to. To name one is nothing by itself: people name shops.
"""

import re
from functools import lru_cache

from . import phrases
from .text import (
    LANGUAGES,
    LIMIT,
    blank_links,
    domain,
    domains,
    fold,
    frequencies,
    squeeze,
)
from .verdicts import Submission, Writer

SHORTEST_TIE = 4
NEAR = 80
CONNECTING = "de du des d la le les l en et aux a of the and for & in"
CONNECTORS = frozenset(CONNECTING.split())
CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][\w&]{1,40}(?:[-.'’][\w&]{1,40}){0,4}")
TOKEN = re.compile(
    r"(?:[cdjlmnst]|qu)['’](?=[^\W\d_])|[\w&]{1,41}(?:[-.'’][\w&]{1,41}){0,4}|[^\w\s]",
    re.I,
)
ELIDED = re.compile(r"[dl]['’]", re.I)
BIDDING = re.compile(
    r"[^\W\d_]{3,20}-(?:vous|nous|moi|toi|les?|la|leur|lui|y|en)|[^\W\d_]{3,15}ez",
    re.I,
)
"""“Inscrivez-vous” and “Saluez” begin a sentence, and are no names."""
CODE = re.compile(r"_|\w\.\w{1,40}\.\w|&\w{0,20}[a-z]")
SENTENCE_END = frozenset('.!?:…«»“”"(')
ORDINARY, COMMON = 3e-6, 1e-4
"""How often a word is said: of so many words, it is one."""
MOST_NAMES = 40
"""Each is looked for in the whole text, and a text can hold three thousand."""


def names(body: str) -> tuple[str, ...]:
    """Return the proper names in a text, as typed, the longest first.

    A single capital at the start of a sentence is no name, unless the word is unknown
    to both languages or has a capital inside (“BrightSteps”).
    """
    return _named(body)[0]


def capitals(body: str) -> tuple[str, ...]:
    """Return ordinary words which bear a capital within a sentence: “aux Glycines”.

    They are names only to somebody whose address says so.
    """
    return _named(body)[1]


@lru_cache(maxsize=32)
def _named(body: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    text = blank_links(body[:LIMIT])
    found: tuple[list[str], list[str]] = ([], [])
    run: list[re.Match[str]] = []
    start_of_run = at_start = True
    for match in TOKEN.finditer(text):
        token = match[0]
        if run and "\n" in text[run[-1].end() : match.start()]:
            _end_of_run(text, run, start_of_run, *found)
            run = []
        if CAPITALISED.fullmatch(token) and not CODE.search(token):
            if not run:
                start_of_run = at_start
            run.append(match)
        elif run and (token.casefold() in CONNECTORS or ELIDED.fullmatch(token)):
            run.append(match)
        else:
            _end_of_run(text, run, start_of_run, *found)
            run = []
        if not ELIDED.fullmatch(token):
            after = text[match.end() : match.end() + 2]
            at_start = token in SENTENCE_END or "\n" in after
    _end_of_run(text, run, start_of_run, *found)
    proper, ordinary = found
    longest_first = sorted(dict.fromkeys(proper), key=len, reverse=True)
    return tuple(longest_first), tuple(dict.fromkeys(ordinary))


def _end_of_run(
    text: str,
    run: list[re.Match[str]],
    at_start: bool,
    proper: list[str],
    ordinary: list[str],
) -> None:
    """Add what a run of capitals names to the proper names, or the ordinary words."""
    while run and not CAPITALISED.fullmatch(run[-1][0]):
        run = run[:-1]
    is_bidding = bool(run) and bool(BIDDING.fullmatch(run[0][0]))
    if at_start and (is_bidding or (len(run) > 1 and _is_common(run[0][0]))):
        at_start = False
        run = run[1:]
        while run and not CAPITALISED.fullmatch(run[0][0]):
            run = run[1:]
    if not run:
        return
    if len(run) > 1 or not _is_ordinary(run[0][0]):
        proper.append(text[run[0].start() : run[-1].end()])
    elif not at_start:
        ordinary.append(run[0][0])


def _is_ordinary(word: str) -> bool:
    if any(c.isupper() for c in word[1:]) and not word.isupper():
        return False
    parts = re.split(r"[-.'’]", word.casefold())
    return all(_is_said(part) for part in parts if part)


def _is_common(word: str) -> bool:
    """Whether a capital is but that of a sentence: “Next Dales Coaches…”."""
    return _is_ordinary(word) and _is_said(word.casefold(), COMMON)


def _is_said(word: str, often: float = ORDINARY) -> bool:
    return any(frequencies(lang).get(word, 0.0) > often for lang in LANGUAGES)


def is_name(body: str, said: str) -> bool:
    """Whether words are a name by their capitals: “Still Waters”, “StillWaters”."""
    parts = re.findall(r"\w+", said)
    if len(parts) > 1:
        return all(p[0].isupper() or p.casefold() in CONNECTORS for p in parts)
    before = body[: body.find(said)].rstrip()[-1:]
    starts_a_sentence = not before or before in SENTENCE_END
    return said[:1].isupper() and not (starts_a_sentence and _is_ordinary(said))


def organisations(submission: Submission) -> list[str]:
    """Return what a comment may be speaking for: after its kind, else a proper name.

    What the post or the conversation speaks of already, nobody brings in.
    """
    folded = fold(submission.body)
    own = {domain(host) for host in submission.own_hosts}
    linked = [link for d, link in domains(submission.body).items() if d not in own]
    title = squeeze(submission.subject.title)
    said_before = (submission.subject.body, submission.parent, *submission.thread)
    capital = [
        name
        for name in names(submission.body)[:MOST_NAMES]
        if squeeze(name) not in title
        and name not in submission.writer.name
        and name in submission.body
        and not any(name in text for text in said_before)
    ]
    introduced = [
        name
        for name in capital
        if phrases.INTRODUCTION.search(folded.text, *_before(folded.text, name))
    ]
    return list(dict.fromkeys([*introduced, *capital, *linked]))


@lru_cache(maxsize=32)
def kinds(body: str) -> tuple[str, ...]:
    """Return where a text speaks of a house by its kind alone: “the old bakery”."""
    folded = fold(blank_links(body[:LIMIT]))
    found = (
        body[folded.offsets[start] : folded.offsets[end - 1] + 1]
        for start, end in folded.spans(phrases.KIND_OF_HOUSE)
    )
    return tuple(dict.fromkeys(found))


def _before(text: str, name: str) -> tuple[int, int]:
    """Return where the words stand that may say what a name is of."""
    at = max(0, text.find(fold(name).text))
    return max(0, at - NEAR), at


def tie_in(answer: str) -> str:
    """Return the tie that is named in a form; “none” and “a customer” name none."""
    tie = answer.strip()
    return "" if phrases.NO_TIE.fullmatch(fold(tie).text) else tie


def declared(writer: Writer) -> str:
    """Return the tie a writer declares."""
    return tie_in(writer.affiliation)
