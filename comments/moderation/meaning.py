"""What posts are about, beyond their words: latent semantic analysis of a blog.

Posts that share words with the same other posts are near each other even where they
share none themselves. It is learned from the blog's own posts, in either language,
needs no model from elsewhere, and takes a second for a thousand posts.

Source: Deerwester et al., “Indexing by latent semantic analysis”, JASIS 41 (1990).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DIMENSIONS = 80
MOST_TERMS = 12_000

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Directions of meaning: one row for each term, one unit row for each post."""

    terms: Mapping[str, int]
    directions: Array
    posts: Array

    @classmethod
    def of(cls, counts: Sequence[Mapping[str, int]]) -> "Meaning":
        """Find the directions in which the posts differ most.

        Terms are weighed by log frequency and inverse document frequency. The
        eigenvectors of the posts' products are those of the whole table, and there are
        far fewer posts than words.
        """
        number = len(counts)
        spread = Counter(term for post in counts for term in post)
        kept = [t for t, n in spread.most_common() if n > 1][:MOST_TERMS]
        terms = {term: index for index, term in enumerate(kept)}
        rarity = np.array([math.log((number + 1) / (spread[t] + 0.5)) for t in kept])
        table = np.zeros((number, len(kept)), dtype=np.float32)
        for row, post in enumerate(counts):
            for term, count in post.items():
                if term in terms:
                    column = terms[term]
                    table[row, column] = (1 + math.log(count)) * rarity[column]
        table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
        values, vectors = np.linalg.eigh(table @ table.T)
        strongest = np.argsort(values)[::-1][: min(DIMENSIONS, number // 2)]
        strongest = strongest[values[strongest] > 1e-4]
        lengths = np.sqrt(values[strongest])
        vectors = vectors[:, strongest]
        directions = (table.T @ (vectors / lengths)) * rarity[:, None]
        return cls(
            terms=terms,
            directions=directions.astype(np.float32),
            posts=_unit((vectors * lengths).astype(np.float32)),
        )

    def nearness(self, wanted: Iterable[tuple[str, ...]]) -> Array:
        """Return the cosine of a text with each post; of each tuple one term counts."""
        rows = [
            index
            for stems in wanted
            if (index := next((self.terms[s] for s in stems if s in self.terms), None))
            is not None
        ]
        together = self.directions[rows].sum(axis=0, keepdims=True)
        return np.asarray((self.posts @ _unit(together)[0]), dtype=np.float32)


def _unit(rows: Array) -> Array:
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9))
