"""Words, languages and links of a text, and the same text without its disguises.

Everything is bounded: only the first ``LIMIT`` characters of a text are looked at,
which is also the longest comment that is accepted.
"""

import lzma
import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt
import snowballstemmer
import tldextract
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from wordfreq import get_frequency_dict

LIMIT = 10_000
MOST_CHARACTERS = 20_000
LANGUAGES = ("fr", "en")
SNOWBALL = {"fr": "french", "en": "english"}
SHORTEST_DETECTED = 25
SUREST_NEEDED = 0.7
COMMON_WORD = 3e-4
"""A word said more often than this (once in some 3,300 words) tells no subject."""
TELLING_WORD = 4e-4
FOREIGN_PARTICLE = 2e-3
RARE_WORD = 1e-8

WORD = re.compile(r"[^\W_]+")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'()\[\]{}]{1,300}"
    r"|(?<![\w@.\-/])(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,3}"
    r"(?:com|net|org|info|biz|shop|store|online|site|club|example|test|eu|fr|ch|be|ca"
    r"|de|it|es|uk|us|lu|asso|app|xyz|blog|agency|coach|love|social)\b"
    r"(?![\w(])(?:/[^\s<>\"'()\[\]{}]{0,200})?",
    re.I,
)
NOT_A_SITE = frozenset({"asp.net", "ado.net", "vb.net", "paint.net", "booking.com"})
EMAIL = re.compile(
    r"[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,4}[a-z]{2,12})\b"
    r"(?!(?:\.[\w-]{1,63}){0,4}:[/~])",
    re.I,
)

# Letters of other scripts which are drawn like Latin ones.
CONFUSABLES = dict(
    zip(
        "аеорсухіјѕԁɡһӏкмнтвАВЕКМНОРСТХІЈЅУαορνικτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdghlkmhtbABEKMHOPCTXIJSYaopviktABEZHIKMNOPTYX",
        strict=True,
    )
)
OF_ADDRESSES = frozenset({"http", "https", "www", "com", "org", "html", "htm", "php"})
QUOTES = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
}


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in small unaccented Latin letters, which remembers where each came from.

    Phrases are looked for in ``text``; ``original`` gives back the words as typed.
    """

    text: str
    source: str
    offsets: Sequence[int]

    def find(self, pattern: re.Pattern[str]) -> Iterator[str]:
        """Yield the words of the source that match, as they were typed."""
        for start, end in self.spans(pattern):
            yield self.original(start, end)

    def spans(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield where in ``text`` something matches: (start, end)."""
        for match in pattern.finditer(self.text):
            if match.end() > match.start():
                yield match.span()

    def original(self, start: int, end: int) -> str:
        return self.source[self.offsets[start] : self.offsets[end - 1] + 1]


def _fold_character(character: str) -> str:
    character = QUOTES.get(character, CONFUSABLES.get(character, character))
    if character in {"œ", "Œ"}:
        return "oe"
    if character in {"æ", "Æ"}:
        return "ae"
    if character.isspace():
        return " "
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    return "".join(
        QUOTES.get(part, part)
        for part in decomposed
        if unicodedata.category(part) not in {"Mn", "Cf", "Me"}
    )


class _FoldedCharacters(dict[str, str]):
    """What each character becomes, found out when it is first met.

    Few are met in all, and those of a whole text are looked up at each comment: faster
    than any call.
    """

    def __missing__(self, character: str) -> str:
        folded = _fold_character(character)
        if len(self) < MOST_CHARACTERS:
            self[character] = folded
        return folded


_folded = _FoldedCharacters()


def unaccented(text: str) -> str:
    """Return a text folded, where nobody asks which letter came from where."""
    return "".join(map(_folded.__getitem__, text))


@lru_cache(maxsize=32)
def fold(text: str) -> Folded:
    """Take off accents, capitals, invisible characters and look-alike letters.

    Every detector asks for the same few texts: they are remembered for a while.
    """
    source = text[:LIMIT]
    parts = [_folded[character] for character in source]
    offsets: Sequence[int] = range(len(source))
    if any(len(part) != 1 for part in parts):
        offsets = array("H", (i for i, part in enumerate(parts) for _ in part))
    return Folded("".join(parts), source, offsets)


def squeeze(text: str) -> str:
    """Keep letters and digits alone, folded: “Horizon Partage” as in a host name."""
    return "".join(c for c in unaccented(text[:LIMIT]) if c.isalnum())


def words(text: str) -> list[str]:
    """Return the words in small letters; what is elided (l’, j’, it’s) falls apart."""
    return WORD.findall(text[:LIMIT].casefold())


@lru_cache(maxsize=2)
def frequencies(language: str) -> dict[str, float]:
    """Return how often each of some 30,000 words is said, from the wordfreq package."""
    return get_frequency_dict(language, wordlist="small")


@lru_cache(maxsize=2)
def _accented(language: str) -> dict[str, float]:
    """Return, for words that have accents, how often they are said with or without."""
    own = frequencies(language)
    found: dict[str, float] = {}
    for word, share in own.items():
        plain = unaccented(word)
        if plain != word:
            found[plain] = found.get(plain, own.get(plain, 0.0)) + share
    return found


def said(word: str, language: str) -> float:
    """Return how often a word is said, whichever of its accents are typed.

    In small letters. Who writes “probleme” says no rarer word than “problème”.
    """
    known = _accented(language).get(unaccented(word))
    return frequencies(language).get(word, 0.0) if known is None else known


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Any:
    stemmer = snowballstemmer.stemmer(SNOWBALL[language])
    stemmer.maxCacheSize = 0  # What is worth remembering is remembered here.
    return stemmer


@lru_cache(maxsize=16384)
def stem(word: str, language: str) -> str:
    """Return the stem of a small-letter word, without accents (people omit them)."""
    if language in SNOWBALL and len(word) <= 40:
        word = _stemmer(language).stemWord(word)
    return unaccented(word)


@lru_cache(maxsize=16384)
def is_content(word: str) -> bool:
    """Whether a word tells a subject: no number, no particle, in either language."""
    return (
        len(word) > 2
        and not word.isdigit()
        and all(frequencies(lang).get(word, 0.0) < COMMON_WORD for lang in LANGUAGES)
    )


def is_telling(word: str, language: str) -> bool:
    """Whether a word of this language tells a subject; looser than ``is_content``.

    A word is judged by the language it stands in: “pain” is common in neither, but
    “main” says little in English and something in French.
    """
    if len(word) < 2 or (word.isdigit() and len(word) < 3) or word in OF_ADDRESSES:
        return False
    own, other = ("en", "fr") if language == "en" else ("fr", "en")
    return (
        said(word, own) < TELLING_WORD
        and frequencies(other).get(word, 0.0) < FOREIGN_PARTICLE
    )


def stems(text: str, language: str) -> list[str]:
    """Return the stems of the words that tell a subject, in their order."""
    return [stem(word, language) for word in words(text) if is_content(word)]


def guess_language(text: str) -> str:
    """Return the language whose words occur most, however short the text; quick.

    Only to choose a stemmer. What people are shown comes from ``detect_language``.
    """
    french, english = frequencies("fr"), frequencies("en")
    balance = 0
    for word in words(text[:2000]):
        of_french, of_english = (
            french.get(word, RARE_WORD),
            english.get(word, RARE_WORD),
        )
        if of_french > 10 * of_english:
            balance += 1
        elif of_english > 10 * of_french:
            balance -= 1
    return "fr" if balance > 0 else "en"


@lru_cache(maxsize=4)
def _identifier(languages: tuple[str, ...]) -> Any:
    """Read of the model only what tells these languages apart.

    The package's own way keeps the weights of 142 languages and all the transitions of
    its automaton, and for a moment both of them twice: a hundred megabytes.
    """
    with lzma.open(MODEL_DIR / MODEL_FILE) as packed, TemporaryFile() as file:
        copyfileobj(packed, file)
        file.seek(0)
        with np.load(file) as model:
            names = model["classes"].tolist()
            kept = [i for i, name in enumerate(names) if name in languages]
            return LanguageIdentifier(
                model["ptc"][:, kept],
                model["pc"][kept],
                [names[i] for i in kept],
                _on_disk(model["nextmove"]),
                model["out_feat"].tolist(),
                norm_probs=True,
                tk_row=model["nextmove_row"].tolist(),
            )


def _on_disk(table: npt.NDArray[Any]) -> memoryview:
    """Lay a table down in a file, of which only what is looked at comes into memory."""
    with TemporaryFile() as file:
        table.tofile(file)
        return np.memmap(file, dtype=table.dtype, mode="r", shape=table.shape).data


def detect_language(text: str, *, languages: tuple[str, ...] = LANGUAGES) -> str:
    """Return which of ``languages`` the text is in; empty where it is hard to tell.

    Links and addresses say nothing and are left out. Under 25 characters nobody can
    tell: “super !” is both.
    """
    plain = without_links(text[:2000]).strip()
    if len(plain) < SHORTEST_DETECTED or not WORD.search(plain):
        return ""
    language, confidence = _identifier(languages).classify(plain)
    return str(language) if confidence >= SUREST_NEEDED else ""


_extract = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


@lru_cache(maxsize=4096)
def domain(host: str) -> str:
    """Return the registered part of a host name: “blog.shop.co.uk” → “shop.co.uk”.

    Where sub-domains are given away (blogspot.com), the given one is the domain.
    """
    host = host.lower().strip(".").removeprefix("www.")[:253]
    parts = _extract(host)
    if parts.domain and parts.suffix:
        return f"{parts.domain}.{parts.suffix}"
    return ".".join(host.split(".")[-2:])


def host_of(url: str) -> str:
    """Return the host named by an address, with or without its scheme."""
    rest = re.sub(r"^[a-z][a-z0-9+.-]{0,20}://", "", url.strip()[:500], flags=re.I)
    host = re.split(r"[/?#\s]", rest, maxsplit=1)[0].rsplit("@", 1)[-1]
    return host.split(":", 1)[0].lower().strip(".")


def links(text: str) -> list[str]:
    """Return the addresses in a text, as typed, without those of e-mail."""
    return list(_links(text[:LIMIT]))


@lru_cache(maxsize=32)
def _links(text: str) -> tuple[str, ...]:
    found = (match[0].rstrip(".,;:!?…'\"") for match in LINK.finditer(text))
    return tuple(link for link in found if domain(host_of(link)) not in NOT_A_SITE)


def without_links(text: str) -> str:
    """Return a text without its addresses, whose parts are no words of its writer."""
    return EMAIL.sub(" ", LINK.sub(" ", text[:LIMIT]))


def blank_links(text: str) -> str:
    """Blank out the links of a text, so that all else stays where it was."""
    return LINK.sub(lambda link: "/" * len(link[0]), text)


def domains(text: str) -> dict[str, str]:
    """Map the domain of each link of a text to the link, as typed."""
    found: dict[str, str] = {}
    for link in links(text):
        found.setdefault(domain(host_of(link)), link)
    found.pop("", None)
    return found
