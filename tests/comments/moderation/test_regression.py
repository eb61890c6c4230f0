import numpy as np
import pytest

from comments.moderation.regression import Table, fit

RANDOM = np.random.default_rng(3)
DENSE = RANDOM.normal(size=(60, 2))
SPARSE = (RANDOM.random((60, 9)) < 0.4) * RANDOM.normal(size=(60, 9))
SPARSE[:, 0] = 1.0
WANTED = (RANDOM.random(60) < 0.4).astype(float)


def table_of(shares):
    rows, columns = np.nonzero(SPARSE)
    return Table(
        sizes=np.bincount(rows, minlength=60),
        columns=columns,
        values=SPARSE[rows, columns],
        dense=DENSE,
        wanted=WANTED,
        shares=shares,
    )


def test_the_weights_found_are_where_the_loss_is_flat():
    start, precision = np.linspace(-1, 1, 11), np.linspace(0.1, 3, 11)
    shares = RANDOM.random(60)

    weights = fit(table_of(shares), start=start, precision=precision)

    def slope(at):
        whole = np.hstack([SPARSE, DENSE])
        likely = 1 / (1 + np.exp(-(whole @ at)))
        return whole.T @ (shares * (likely - WANTED)) + precision * (at - start)

    assert np.linalg.norm(slope(weights)) < 0.03 * np.linalg.norm(slope(start))


def test_the_same_rows_give_the_same_weights_to_the_last_bit():
    asked = {"start": np.zeros(11), "precision": np.ones(11)}

    first, second = (fit(table_of(np.ones(60)), **asked) for _ in range(2))

    assert first.tobytes() == second.tobytes()


def test_nothing_to_learn_from_leaves_the_weights_where_they_start():
    start = np.linspace(-1, 1, 11)

    weights = fit(table_of(np.zeros(60)), start=start, precision=np.ones(11))

    assert weights == pytest.approx(start)
