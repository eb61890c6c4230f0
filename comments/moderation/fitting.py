"""Find the weights of evidence: logistic regression with signs that are held.

What should speak for a comment may end up telling nothing, but never the contrary:
weights that are free learn the habits of one blog and reverse on the next.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STRENGTH = 3.0
"""How strongly weights are drawn to zero, on features of standard deviation one."""
MOST_STEPS = 100
ENOUGH = 1e-7

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What was found: log odds are ``base`` + Σ ``weights`` × (value − ``usual``)."""

    base: float
    weights: Floats
    usual: Floats

    def scores(self, table: Floats) -> Floats:
        """Return the log odds of each row, in nats."""
        scores: Floats = self.base + (table - self.usual) @ self.weights
        return scores


def fit(
    table: Floats, truths: Floats, signs: Sequence[float], *, strength: float = STRENGTH
) -> Fitted:
    """Return the weights that make the truths likeliest.

    ``table`` has a row for each comment and a column for each feature; ``truths`` are
    0 or 1; ``signs`` say for each column whether its weight may be above zero (1) or
    below (-1). Newton's method; a weight that would take the wrong sign stays at zero
    until it is drawn away from there.
    """
    usual, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    rows = np.hstack([np.ones((len(table), 1)), (table - usual) / spread])
    held = np.array([0.0, *signs])
    penalty = np.array([1e-6, *(strength for _ in signs)])
    found = np.zeros(rows.shape[1])
    for _ in range(MOST_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (likely - truths) + penalty * found
        free = ~((held != 0) & (found == 0) & (-slope * held <= 0))
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(penalty)
        step = np.zeros_like(found)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        new = found - step
        new[new * held < 0] = 0.0
        moved = float(np.abs(new - found).max())
        found = new
        if moved < ENOUGH:
            break
    return Fitted(base=float(found[0]), weights=found[1:] / spread, usual=usual)


def folds(groups: Sequence[str], number: int = 5) -> Iterator[npt.NDArray[np.bool_]]:
    """Yield which rows to keep apart, each group as a whole, the same every time."""
    digests = (hashlib.sha256(group.encode()).digest() for group in groups)
    chosen = np.array([int.from_bytes(digest[:4]) % number for digest in digests])
    for fold in range(number):
        yield chosen == fold


def left_out(groups: Sequence[str]) -> Iterator[npt.NDArray[np.bool_]]:
    """Yield the rows of each group in turn."""
    names = np.array(groups)
    for name in sorted(set(groups)):
        yield names == name


def cross_validate(
    table: Floats,
    truths: Floats,
    signs: Sequence[float],
    apart: Iterator[npt.NDArray[np.bool_]],
) -> Floats:
    """Return the score of each row by weights that were fitted without it."""
    scores = np.zeros(len(table))
    for out in apart:
        if out.any() and not out.all():
            scores[out] = fit(table[~out], truths[~out], signs).scores(table[out])
    return scores
