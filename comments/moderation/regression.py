"""Logistic regression on sparse rows, penalised towards where it starts from.

Sums are made by numpy alone, in one thread and always in the same order, so that the
same rows give the same weights to the last bit.

Source: Hastie, Tibshirani & Friedman, “The Elements of Statistical Learning” (2009),
4.4; Liu & Nocedal, “On the limited memory BFGS method for large scale optimization”,
Mathematical Programming 45 (1989).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STEPS = 60
MEMORY = 8
CLOSE_ENOUGH = 1e-7
FURTHEST = 50.0

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Loss = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows to learn from, most of whose columns are zero.

    ``rows``, ``columns`` and ``values`` list what is not zero; ``dense`` has a few
    columns more, which come last. ``wanted`` is 1 or 0 for each row, ``shares`` how
    much each row counts.
    """

    rows: Numbers
    columns: Numbers
    values: Floats
    dense: Floats
    wanted: Floats
    shares: Floats

    def odds(self, weights: Floats) -> Floats:
        """Return the log odds of each row, in nats."""
        sparse = weights.size - self.dense.shape[1]
        told = np.bincount(
            self.rows, self.values * weights[:sparse][self.columns], self.wanted.size
        )
        return np.asarray(told + _times(self.dense, weights[sparse:]))

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        """Return the negative log likelihood in nats, and its gradient."""
        odds = np.clip(self.odds(weights), -FURTHEST, FURTHEST)
        missed = np.logaddexp(0.0, odds) - self.wanted * odds
        wrong = self.shares * (1.0 / (1.0 + np.exp(-odds)) - self.wanted)
        sparse = weights.size - self.dense.shape[1]
        slope = np.bincount(self.columns, wrong[self.rows] * self.values, sparse)
        return (
            float((self.shares * missed).sum()),
            np.concatenate([slope, _times(self.dense.T, wrong)]),
        )


def fit(table: Table, *, start: Floats, precision: Floats) -> Floats:
    """Return the weights under which the rows are likeliest, given where they start.

    ``precision`` says how sure each starting weight is: the inverse of a variance.
    """

    def penalised(weights: Floats) -> tuple[float, Floats]:
        loss, slope = table.loss(weights)
        pull = precision * (weights - start)
        return loss + 0.5 * float((pull * (weights - start)).sum()), slope + pull

    return _lowest(penalised, start)


def _times(table: Floats, vector: Floats) -> Floats:
    """Multiply without BLAS, whose threads may add in another order each time."""
    return np.asarray((table * vector).sum(axis=1))


def _lowest(loss: Loss, start: Floats) -> Floats:
    """Go down by L-BFGS until steps no longer help."""
    at, (low, slope) = start, loss(start)
    steps: list[tuple[Floats, Floats]] = []
    for _ in range(STEPS):
        there, reached, new_slope = _step(loss, at, low, slope, steps)
        step = (there - at, new_slope - slope)
        if float((step[0] * step[1]).sum()) > 1e-12:
            steps = [*steps, step][-MEMORY:]
        done = abs(low - reached) <= CLOSE_ENOUGH * max(1.0, abs(low))
        at, low, slope = there, reached, new_slope
        if done:
            break
    return at


def _step(
    loss: Loss,
    at: Floats,
    low: float,
    slope: Floats,
    steps: list[tuple[Floats, Floats]],
) -> tuple[Floats, float, Floats]:
    """Go as far down as helps, halving the step until it does."""
    way = _direction(slope, steps)
    gain = float((slope * way).sum())
    size = 1.0 if steps else min(1.0, 1.0 / (float(np.abs(slope).sum()) + 1e-12))
    while True:
        there = at - size * way
        reached, new_slope = loss(there)
        if reached <= low - 1e-4 * size * gain or size < 1e-8:
            return there, reached, new_slope
        size /= 2


def _direction(slope: Floats, steps: list[tuple[Floats, Floats]]) -> Floats:
    """Return the slope, bent by what the last steps told of the curvature."""
    way = slope.copy()
    shares = []
    for move, turn in reversed(steps):
        share = float((move * way).sum() / (turn * move).sum())
        shares.append(share)
        way -= share * turn
    if steps:
        move, turn = steps[-1]
        way *= float((move * turn).sum() / (turn**2).sum())
    for (move, turn), share in zip(steps, reversed(shares), strict=True):
        way += move * (share - float((turn * way).sum() / (turn * move).sum()))
    return way
