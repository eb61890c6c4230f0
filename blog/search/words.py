"""Words as the search knows them: without accents, capitals and endings.

A token is the language of a text and the stem of one of its words: “frlevain”. It holds
small ASCII letters and digits alone, so that no database can take it apart otherwise
than another does.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

# With the accents and soft hyphens that may stand as characters of their own.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad])*")
LONGEST_WORD = 30
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
STEMMERS = {"fr": "french", "en": "english"}
# The stemmer knows “mangée” by its accent, which readers omit, and no plural in -os.
FEMININE = re.compile(r"(?<=..)ees?$")
PLURAL = re.compile(r"(?<=..[ou])s$")
# Asked for among other words, these tell nothing.
STOP_WORDS = set(
    """
    a ai as au aux avec c ce ces cet cette d dans de des du elle en est et eux il ils j
    je l la le les leur leurs lui m ma mais me mes mon n ne nos notre nous on ont ou par
    pas pour qu que qui s sa se ses son sont sur t ta te tes ton tu un une vos votre
    vous y
    about an and are at be but by for from has have i if in is it its my not of or our
    she so that the their them there they this to was we were what when which who will
    with you your
    """.split()  # noqa: SIM905 (as a list it fills a page)
)


@lru_cache(maxsize=65536)
def folded(word):
    """Return ``word`` in small letters, without accents: “Œuvré” → “oeuvre”."""
    small = word.casefold().translate(LIGATURES)
    parts = unicodedata.normalize("NFKD", small)
    return "".join(part for part in parts if part.isalnum())


@lru_cache(maxsize=65536)
def token(word, language):
    """Return the token of ``word`` in a text in ``language``; empty if none is left.

    Accents go before endings do: who omits them finds what others wrote with them.
    """
    root = folded(word)[:LONGEST_WORD]
    if language == "fr":
        root = PLURAL.sub("", FEMININE.sub("e", root))
    root = _stemmer(language).stemWord(root)
    ascii_only = "".join(c if c.isascii() else f"u{ord(c):x}" for c in root)
    return f"{language}{ascii_only[:LONGEST_WORD]}" if ascii_only else ""


def tokens(text, language):
    """Return the tokens of a text, in its order."""
    found = (token(word, language) for word in WORD.findall(text))
    return [name for name in found if name]


@lru_cache(maxsize=2)
def _stemmer(language):
    return snowballstemmer.stemmer(STEMMERS[language])
