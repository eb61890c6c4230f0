"""Which words of the other language a word may stand for.

A list of our own gives the commonest pairs (``pairs.txt``: a French word, then English
ones). Words that both languages took from the same source differ by their endings, and
are guessed from them: “sécurité” and “security”. Names need no pair.
"""

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from .text import stem

LIST = Path(__file__).with_name("pairs.txt")

# English ending → French one. What follows is stemmed, so that inflected forms fall
# together.
ENDINGS = (
    ("ization", "isation"),
    ("ized", "isé"),
    ("izing", "iser"),
    ("izer", "iseur"),
    ("ically", "iquement"),
    ("ally", "ellement"),
    ("onally", "onnellement"),
    ("onal", "onnel"),
    ("ity", "ité"),
    ("ty", "té"),
    ("ency", "ence"),
    ("ancy", "ance"),
    ("acy", "atie"),
    ("ical", "ique"),
    ("ics", "ique"),
    ("ic", "ique"),
    ("or", "eur"),
    ("our", "eur"),
    ("er", "eur"),
    ("er", "re"),
    ("ous", "eux"),
    ("ist", "iste"),
    ("ism", "isme"),
    ("ary", "aire"),
    ("ory", "oire"),
    ("ular", "ulaire"),
    ("ar", "aire"),
    ("ian", "ien"),
    ("al", "el"),
    ("ive", "if"),
    ("ize", "iser"),
    ("ise", "iser"),
    ("ate", "er"),
    ("ated", "é"),
    ("ating", "er"),
    ("ator", "ateur"),
    ("ify", "ifier"),
    ("ified", "ifié"),
    ("ute", "uer"),
    ("uted", "ué"),
    ("ish", "ir"),
    ("duce", "duire"),
    ("tain", "tenir"),
    ("ct", "t"),
    ("est", "et"),
    ("ly", "ement"),
    ("y", "ie"),
    ("ed", "é"),
    ("ing", "er"),
    ("e", "er"),
    ("", "er"),
    ("", "e"),
)
SHORTEST = 5


@lru_cache(maxsize=1)
def _pairs() -> dict[str, dict[str, tuple[str, ...]]]:
    """Map each language to its stems, and those to stems of the other language."""
    french: dict[str, list[str]] = defaultdict(list)
    english: dict[str, list[str]] = defaultdict(list)
    for line in LIST.read_text("utf-8").splitlines():
        word, *others = line.split()
        for other in others:
            here, there = stem(word, "fr"), stem(other, "en")
            french[here].append(there)
            english[there].append(here)
    return {
        "fr": {key: tuple(dict.fromkeys(found)) for key, found in french.items()},
        "en": {key: tuple(dict.fromkeys(found)) for key, found in english.items()},
    }


@lru_cache(maxsize=8192)
def paired(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of the other language that our list gives for a word."""
    own, other = ("en", "fr") if language == "en" else ("fr", "en")
    found = (*_pairs()[own].get(stem(word, own), ()), stem(word, other))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8192)
def kin(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of the other language that a word may mean, the surest first.

    Much slower than ``paired``, which it adds guesses to.
    """
    own, other = ("en", "fr") if language == "en" else ("fr", "en")
    found = [*paired(word, language)]
    if len(word) >= SHORTEST:
        found += [stem(guess, other) for guess in _cognates(word, own)]
    return tuple(dict.fromkeys(found))


def _cognates(word: str, language: str) -> list[str]:
    guesses = []
    singular = re.sub(r"s$", "", word)
    for english, french in ENDINGS:
        here, there = (english, french) if language == "en" else (french, english)
        if singular.endswith(here) and len(singular) - len(here) > 2:
            guesses.append(singular.removesuffix(here) + there)
    return guesses
