"""A small drawing for each commenter, so that eyes can tell who speaks.

It is drawn from the random id that a commenter has on this site alone: nobody is asked
for a picture, and it tells nothing of an address.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

SIZE = 5
HUES = 12


@dataclass(frozen=True, slots=True)
class Face:
    """``path`` is of an SVG of 5 by 5, drawn in strokes as wide as a row; ``hue`` one
    of the classes ``hue-0`` to ``hue-11``."""

    path: str
    hue: int


@lru_cache(maxsize=4096)
def face_of(seed):
    """Return the same ``Face`` for the same text: the left half is drawn by chance,
    the right half mirrors it."""
    chance = int.from_bytes(sha256(seed.encode()).digest()[:8])
    chance, hue = divmod(chance, HUES)
    path = ""
    for row in range(SIZE):
        chance, bits = divmod(chance, 8)
        # An empty row would cut a face in two.
        a, b, c = (bool((bits or 4) & bit) for bit in (1, 2, 4))
        path += _row(row, (a, b, c, b, a))
    return Face(path, hue)


def _row(row, cells):
    path, column = "", 0
    while column < SIZE:
        if not cells[column]:
            column += 1
            continue
        start = column
        while column < SIZE and cells[column]:
            column += 1
        path += f"M{start} {row}h{column - start}"
    return path
