"""Good words for something other than what the blogger wrote.

“What an amazing post” is thanks; “an amazing team” may be advertising.
"""

import re
from collections.abc import Iterator

from .text import Folded, links

SENTENCE = re.compile(r"[^.!?\n]{1,600}[.!?\n]?")
ABOUT_THE_POST = re.compile(
    r"\b(?:posts?|articles?|blogs?|billets?|tutorial|tuto|write-?up|texte|photos?|lecture|"
    r"reads?|reading|recette|recipe|piece|papier|chronique|reportage|histoire|story)\b"
)
BEFORE, AFTER = 30, 25
"""How near, in characters, what is praised is named."""


def praise(folded: Folded, *patterns: re.Pattern[str]) -> Iterator[str]:
    """Yield good words as typed, but those for the post, and those inside addresses."""
    addresses = " ".join(links(folded.source))
    for sentence in SENTENCE.finditer(folded.text):
        for pattern in patterns:
            for match in pattern.finditer(sentence[0]):
                near = sentence[0][max(0, match.start() - BEFORE) : match.end() + AFTER]
                start, end = (sentence.start() + at for at in match.span())
                excerpt = folded.original(start, end)
                if not ABOUT_THE_POST.search(near) and excerpt not in addresses:
                    yield excerpt
