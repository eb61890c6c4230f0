"""Logistic regression on sparse rows, penalised towards where it starts from.

Sums are made by numpy alone, in one thread and always in the same order, so that the
same rows give the same weights to the last bit.

Source: Hastie, Tibshirani & Friedman, “The Elements of Statistical Learning” (2009),
4.4; Nocedal & Wright, “Numerical Optimization” (2006), 5.1 and 7.1 (Newton's method,
whose steps are found by conjugate gradients).
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

STEPS = 30
CLOSE_ENOUGH = 1e-2
"""A step that lowers the loss by less than this share of it is the last: by then, what
another would add is a hundred times less."""
TURNS = 40
ROUGHLY = 0.3
"""Each step is worked out until so little of the slope is left along it."""
SHORTEST = 1e-6
FURTHEST = 50.0

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows to learn from, most of whose columns are zero.

    ``columns`` and ``values`` list what is not zero, row by row, and ``sizes`` how much
    of that each row has: something. ``dense`` has a few columns more, which come last.
    ``wanted`` is 1 or 0 for each row, ``shares`` how much each row counts.
    """

    sizes: Numbers
    columns: Numbers
    values: Floats
    dense: Floats
    wanted: Floats
    shares: Floats

    def times(self, weights: Floats) -> Floats:
        """Return the sum of each row: its values by the weights of their columns."""
        sparse = weights.size - self.dense.shape[1]
        starts = np.cumsum(self.sizes) - self.sizes
        told = np.add.reduceat(self.values * weights[:sparse][self.columns], starts)
        return np.asarray(told + _times(self.dense, weights[sparse:]))

    def back(self, rows: Floats, number: int) -> Floats:
        """Return the sums of ``number`` columns: their values by what each row has."""
        sparse = number - self.dense.shape[1]
        told = np.bincount(
            self.columns, np.repeat(rows, self.sizes) * self.values, sparse
        )
        return np.concatenate([told, _times(self.dense.T, rows)])

    def squared(self) -> "Table":
        """Return the same rows with the squares of their values."""
        return replace(self, values=self.values**2, dense=self.dense**2)

    def loss(self, odds: Floats) -> float:
        """Return the negative log likelihood of the log odds of the rows, in nats."""
        missed = np.logaddexp(0.0, odds) - self.wanted * odds
        return float((self.shares * missed).sum())


def fit(table: Table, *, start: Floats, precision: Floats) -> Floats:
    """Return the weights under which the rows are likeliest, given where they start.

    ``precision`` says how sure each starting weight is: the inverse of a variance.
    """

    def looked_at(weights: Floats) -> tuple[float, Floats]:
        odds = np.clip(table.times(weights), -FURTHEST, FURTHEST)
        return table.loss(odds) + 0.5 * _dot(precision, (weights - start) ** 2), odds

    at = start
    low, odds = looked_at(at)
    for _ in range(STEPS):
        likely = 1.0 / (1.0 + np.exp(-odds))
        slope = table.back(table.shares * (likely - table.wanted), at.size)
        slope += precision * (at - start)
        way = _way(table, slope, table.shares * likely * (1.0 - likely), precision)
        there, (reached, odds) = at + way, looked_at(at + way)
        while reached > low and np.abs(way).max() > SHORTEST:
            way = way / 2
            there, (reached, odds) = at + way, looked_at(at + way)
        if reached > low:
            break
        at, before, low = there, low, reached
        if before - low <= CLOSE_ENOUGH * max(1.0, low):
            break
    return at


def _way(table: Table, slope: Floats, bend: Floats, precision: Floats) -> Floats:
    """Return about how to step to where the loss would be lowest if it were a bowl.

    ``bend`` says how curved it is for each row. Every weight is measured by how curved
    the loss is along it alone, so that rare words get as far as common ones.
    """
    alone = precision + table.squared().back(bend, slope.size)
    way, left = np.zeros_like(slope), -slope
    turn = left / alone
    first = rest = _dot(left, turn)
    for _ in range(TURNS):
        if rest <= ROUGHLY**2 * first:
            break
        bent = table.back(bend * table.times(turn), slope.size) + precision * turn
        share = rest / _dot(turn, bent)
        way += share * turn
        left -= share * bent
        before, rest = rest, _dot(left, left / alone)
        turn = left / alone + rest / before * turn
    return way


def _times(table: Floats, vector: Floats) -> Floats:
    """Multiply without BLAS, whose threads may add in another order each time."""
    return np.asarray((table * vector).sum(axis=1))


def _dot(one: Floats, other: Floats) -> float:
    return float((one * other).sum())
