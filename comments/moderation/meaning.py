"""What posts are about, beyond their words: latent semantic analysis of a blog.

Posts that share words with the same other posts are near each other even where they
share none themselves. It is learned from the blog's own posts, in either language,
needs no model from elsewhere, and takes half a second for a thousand posts.

Source: Deerwester et al., “Indexing by latent semantic analysis”, JASIS 41 (1990);
weights by S. Dumais, “Improving the retrieval of information from external sources”,
Behavior Research Methods 23 (1991).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from .postings import Postings

DIMENSIONS = 80
MOST_TERMS = 12_000
BLOCK = 1000
"""So many terms are multiplied at once: the whole table would take fifty megabytes."""

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Directions of meaning: one row for each term, one unit row for each post."""

    terms: Mapping[str, int]
    directions: Array
    posts: Array

    @classmethod
    def of(cls, postings: Postings) -> "Meaning":
        """Find the directions in which the posts differ most.

        Terms are weighed by log frequency and by how few posts they are spread over.
        The eigenvectors of the posts' products are those of the whole table, and there
        are far fewer posts than words.
        """
        kept = min(MOST_TERMS, int((postings.spread > 1).sum()))
        rarity = _rarity(postings, kept)
        table = _Table.of(postings, rarity)
        products = np.zeros((postings.number, postings.number), dtype=np.float32)
        for _, block in table.blocks():
            products += block @ block.T
        values, vectors = np.linalg.eigh(products)
        strongest = np.argsort(values)[::-1][: min(DIMENSIONS, postings.number // 2)]
        strongest = strongest[values[strongest] > 1e-4]
        lengths = np.sqrt(values[strongest])
        vectors = vectors[:, strongest]
        directions = np.empty((kept, strongest.size), dtype=np.float32)
        for columns, block in table.blocks():
            directions[columns] = block.T @ (vectors / lengths)
        return cls(
            terms=dict(islice(postings.stems.items(), kept)),
            directions=directions * rarity[:, None],
            posts=unit((vectors * lengths).astype(np.float32)),
        )

    def direction(self, rows: Sequence[int], weights: Sequence[float]) -> Array:
        """Return where a text points: a unit row, or zeros where it tells nothing.

        ``rows`` are those of its terms, each with the weight of its word.
        """
        pull = np.array(weights, dtype=np.float32)
        there = self.directions[np.array(rows, dtype=np.intp)]
        together: Array = unit((pull @ there)[None, :])[0]
        return together


@dataclass(frozen=True, slots=True)
class _Table:
    """Unit rows of posts, columns of terms: what is not zero, column by column."""

    number: int
    starts: npt.NDArray[np.int32]
    posts: npt.NDArray[np.int32]
    values: Array

    @classmethod
    def of(cls, postings: Postings, rarity: Array) -> "_Table":
        starts = postings.starts[: rarity.size + 1]
        posts = postings.posts[: starts[-1]]
        counts = postings.counts[: starts[-1]].astype(np.float32)
        values = np.log1p(counts) * np.repeat(rarity, np.diff(starts))
        lengths = np.sqrt(np.bincount(posts, values**2, postings.number)) + 1e-9
        values /= lengths[posts]
        return cls(postings.number, starts, posts, values)

    def blocks(self) -> Iterator[tuple[slice, Array]]:
        """Yield some columns at a time, with the zeros."""
        for first in range(0, self.starts.size - 1, BLOCK):
            starts = self.starts[first : first + BLOCK + 1]
            block = np.zeros((self.number, starts.size - 1), dtype=np.float32)
            columns = np.repeat(np.arange(starts.size - 1), np.diff(starts))
            there = slice(starts[0], starts[-1])
            block[self.posts[there], columns] = self.values[there]
            yield slice(first, first + starts.size - 1), block


def _rarity(postings: Postings, kept: int) -> Array:
    """Return a weight for each term: rare and in few posts weighs most.

    It is the inverse document frequency times one minus the entropy over the posts.
    """
    starts, spread = postings.starts[: kept + 1], postings.spread[:kept]
    counts = postings.counts[: starts[-1]].astype(np.float32)
    share = counts / np.repeat(np.add.reduceat(counts, starts[:-1]), spread)
    disorder = -np.add.reduceat(share * np.log(share), starts[:-1])
    disorder /= math.log(max(2, postings.number))
    rarity = np.log((postings.number + 1) / (spread + 0.5)) * (1 - disorder)
    return np.asarray(rarity, dtype=np.float32)


def unit(rows: Array) -> Array:
    """Return rows of length one, in the same directions."""
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9))
