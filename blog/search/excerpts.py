"""Where in a text the words are that somebody asked for."""

from dataclasses import dataclass
from itertools import groupby

from .words import WORD, token

EXCERPT_WORDS = 42
# So much of the excerpt goes before the first word that was asked for.
LEAD_WORDS = 10


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_match: bool = False


def marked(text, language, words):
    """Return all of ``text`` in pieces, with the words that were asked for apart."""
    places = [
        match.span() for match in WORD.finditer(text) if _which(match, language, words)
    ]
    return _pieces(text, 0, len(text), places)


def excerpt(text, language, words):
    """Return pieces of ``text`` around most of ``words``, and how many it has there.

    Nothing, and 0, where it has none of them.
    """
    found = list(WORD.finditer(text))
    hits = {
        number: which
        for number, match in enumerate(found)
        if (which := _which(match, language, words))
    }
    if not hits:
        return [], 0
    first, count = _richest(sorted(hits.items()))
    first = max(0, min(first - LEAD_WORDS, len(found) - EXCERPT_WORDS))
    last = min(first + EXCERPT_WORDS, len(found)) - 1
    start = found[first].start() if first else 0
    end = found[last].end() if last + 1 < len(found) else len(text)
    places = [found[number].span() for number in hits if first <= number <= last]
    pieces = _pieces(text, start, end, places)
    before = [Piece("… ")] if start else []
    after = [Piece("…")] if end < len(text) else []
    return [*before, *pieces, *after], count


def _which(match, language, words):
    """Return which of ``words`` a word of the text answers to, counted from 1; or 0."""
    name = token(match[0], language)
    return next((n for n, names in enumerate(words, 1) if name in names), 0)


def _richest(hits):
    """Return where to begin to have most different words at once, and how many."""
    reach = EXCERPT_WORDS - LEAD_WORDS
    best, most, end = hits[0][0], 0, 0
    seen = {}
    for number, which in hits:
        while end < len(hits) and hits[end][0] < number + reach:
            seen[hits[end][1]] = seen.get(hits[end][1], 0) + 1
            end += 1
        if len(seen) > most:
            best, most = number, len(seen)
        seen[which] -= 1
        if not seen[which]:
            del seen[which]
    return best, most


def _pieces(text, start, end, places):
    cuts = []
    for begin, stop in places:
        cuts += [Piece(text[start:begin]), Piece(text[begin:stop], is_match=True)]
        start = stop
    cuts.append(Piece(text[start:end]))
    kept = (piece for piece in cuts if piece.text)
    return [
        Piece("".join(piece.text for piece in together), is_match)
        for is_match, together in groupby(kept, key=lambda piece: piece.is_match)
    ]
