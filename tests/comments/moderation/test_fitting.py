import numpy as np
import pytest

from comments.moderation import fitting


def examples(number=400):
    """Return rows of two features of which the first alone tells the truth."""
    chance = np.random.default_rng(7)
    table = chance.normal(size=(number, 2))
    truths = (table[:, 0] + chance.normal(size=number) > 0).astype(float)
    return table, truths


def test_weights_follow_what_tells():
    table, truths = examples()

    found = fitting.fit(table, truths, [1, 1])
    assert found.weights[0] > 1
    assert abs(found.weights[1]) < 0.3


def test_a_weight_keeps_its_sign_whatever_the_examples_say():
    table, truths = examples()

    found = fitting.fit(table, truths, [-1, 1])
    assert found.weights[0] == 0


def test_scores_are_log_odds_of_what_was_seen():
    table, truths = examples()

    likely = 1 / (1 + np.exp(-fitting.fit(table, truths, [1, 1]).scores(table)))
    assert likely.mean() == pytest.approx(truths.mean(), abs=1e-3)


def test_comments_under_one_post_are_kept_apart_together():
    groups = [f"post {number % 20}" for number in range(200)]

    apart = list(fitting.folds(groups))
    assert sum(out.sum() for out in apart) == len(groups)
    for out in apart:
        inside = {g for g, is_out in zip(groups, out, strict=True) if is_out}
        outside = {g for g, is_out in zip(groups, out, strict=True) if not is_out}
        assert not inside & outside


def test_each_score_comes_from_weights_fitted_without_it():
    table, truths = examples()
    groups = ["a"] * 200 + ["b"] * 200

    scores = fitting.cross_validate(table, truths, [1, 1], fitting.left_out(groups))
    alone = fitting.fit(table[200:], truths[200:], [1, 1]).scores(table[:200])
    assert scores[:200] == pytest.approx(alone)
