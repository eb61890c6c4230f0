import pytest

from comments.moderation.measures import (
    Scored,
    calibration_error,
    percentile,
    reliability,
)


@pytest.mark.parametrize(
    ("wanted", "innocent", "area"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1, 0.2], [0.9, 0.8], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.3], [0.5, 0.1], 0.75),
        ([], [0.5], None),
        ([0.5], [], None),
    ],
)
def test_the_area_is_how_often_a_wanted_one_scores_higher(wanted, innocent, area):
    assert Scored(wanted=wanted, innocent=innocent).area() == area


def test_recall_is_counted_at_the_threshold_that_flags_so_many_innocent_ones():
    scored = Scored(wanted=[0.95, 0.7, 0.2], innocent=[0.9, 0.5, 0.4, 0.1])

    assert scored.recall_at(0.0) == pytest.approx(1 / 3)
    assert scored.recall_at(0.25) == pytest.approx(2 / 3)
    assert scored.recall_at(1.0) == 1.0


def test_the_curve_ends_with_everything_found():
    points = Scored(wanted=[0.9, 0.4], innocent=[0.5, 0.1]).precision_recall()

    assert points == [(0.5, 1.0), (0.5, 0.5), (1.0, pytest.approx(2 / 3)), (1.0, 0.5)]


def test_a_stated_probability_that_comes_true_has_no_error():
    assert calibration_error([0.75] * 4, [True, True, True, False]) == 0.0
    assert calibration_error([1.0] * 4, [False] * 4) == 1.0
    assert calibration_error([], []) is None


def test_reliability_leaves_out_empty_bins():
    assert reliability([0.05, 0.95, 1.0], [False, True, True]) == [
        (0.05, 0.0, 1),
        (pytest.approx(0.975), 1.0, 2),
    ]


def test_percentiles_are_values_that_occurred():
    assert [percentile([4, 1, 3, 2], s) for s in (0.25, 0.5, 0.99, 1.0)] == [1, 2, 4, 4]
