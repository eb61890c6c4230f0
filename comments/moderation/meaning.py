"""What posts are about, beyond their words: latent semantic analysis of a blog.

Posts that share words with the same other posts are near each other even where they
share none themselves. It is learned from the blog's own posts, in either language,
needs no model from elsewhere, and takes a second for a thousand posts.

Source: Deerwester et al., “Indexing by latent semantic analysis”, JASIS 41 (1990);
weights by S. Dumais, “Improving the retrieval of information from external sources”,
Behavior Research Methods 23 (1991).
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

        Terms are weighed by log frequency and by how few posts they are spread over.
        The eigenvectors of the posts' products are those of the whole table, and there
        are far fewer posts than words.
        """
        spread = Counter(term for post in counts for term in post)
        kept = [t for t, n in spread.most_common() if n > 1][:MOST_TERMS]
        terms = {term: index for index, term in enumerate(kept)}
        table = np.zeros((len(counts), len(kept)), dtype=np.float32)
        for row, post in enumerate(counts):
            for term, count in post.items():
                if term in terms:
                    table[row, terms[term]] = count
        rarity = _rarity(table)
        np.log1p(table, out=table)
        table *= rarity
        table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
        values, vectors = np.linalg.eigh(table @ table.T)
        strongest = np.argsort(values)[::-1][: min(DIMENSIONS, len(counts) // 2)]
        strongest = strongest[values[strongest] > 1e-4]
        lengths = np.sqrt(values[strongest])
        vectors = vectors[:, strongest]
        directions = (table.T @ (vectors / lengths)) * rarity[:, None]
        return cls(
            terms=terms,
            directions=directions.astype(np.float32),
            posts=unit((vectors * lengths).astype(np.float32)),
        )

    def direction(self, wanted: Iterable[tuple[tuple[str, ...], float]]) -> Array:
        """Return where a text points: a unit row, or zeros where it tells nothing.

        ``wanted`` gives terms that stand for each other, with the weight of their word;
        the first that the blog knows counts.
        """
        rows, weights = [], []
        for stems, weight in wanted:
            found = next((self.terms[s] for s in stems if s in self.terms), None)
            if found is not None:
                rows.append(found)
                weights.append(weight)
        pull = np.array(weights, dtype=np.float32)
        together: Array = unit((pull @ self.directions[rows])[None, :])[0]
        return together


def _rarity(table: Array) -> Array:
    """Return a weight for each column of counts: rare and in few posts weighs most.

    It is the inverse document frequency times one minus the entropy over the posts.
    """
    number = len(table)
    spread = (table > 0).sum(axis=0)
    share = table / (table.sum(axis=0) + 1e-9)
    disorder = -(share * np.log(share + 1e-12)).sum(axis=0) / math.log(max(2, number))
    rarity = np.log((number + 1) / (spread + 0.5)) * (1 - disorder)
    return np.asarray(rarity, dtype=np.float32)


def unit(rows: Array) -> Array:
    """Return rows of length one, in the same directions."""
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9))
