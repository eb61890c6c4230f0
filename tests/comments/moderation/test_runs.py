import numpy as np
import pytest

from comments.moderation.runs import SIZE, RunIndex, runs_of

POSTS = [
    "Le réfrigérateur garde le levain au froid.",
    "A sleeper train crosses the mountains at night.",
    "Une rustine répare la chambre à air du vélo.",
    "Les tomates du potager mûrissent en septembre.",
]


@pytest.fixture(scope="module")
def index():
    return RunIndex.of([runs_of(post) for post in POSTS])


def test_a_text_is_most_like_itself(index):
    for number, post in enumerate(POSTS):
        cosines = index.cosines(runs_of(post))

        assert cosines[number] == pytest.approx(1, abs=1e-5)
        assert cosines.argmax() == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("mon REFRIGERATEURS", 0),
        ("refrigérrateur", 0),
        ("the mountainside", 1),
        ("ses rustines", 2),
    ],
)
def test_words_typed_otherwise_are_like_the_right_ones(index, typed, number):
    cosines = index.cosines(runs_of(typed))

    assert cosines[number] > 0.05
    assert np.delete(cosines, number).max() < cosines[number] / 3


def test_a_run_that_most_posts_have_tells_nothing():
    common = RunIndex.of([runs_of(f"farine {word}") for word in ("un", "deux", "six")])

    assert common.cosines(runs_of("farine")).tolist() == [0, 0, 0]


def test_the_likest_of_some_texts_may_be_one_of_them_or_all_together(index):
    asked = runs_of("Une rustine, les tomates")
    parts = [runs_of("Une rustine"), runs_of("les tomates")]

    one = index.likest(runs_of("Une rustine"), parts)
    both = index.likest(asked, parts)
    assert one == pytest.approx(1, abs=1e-5)
    assert both > max(index.likest(asked, [part]) for part in parts)
    assert index.likest(asked, []) == 0


def test_parts_of_an_address_are_no_runs():
    assert runs_of("https://mountain.example/sleeper").places.size == 0


@pytest.mark.parametrize("piece", ["", " ", "a", "🙂 …"])
def test_what_is_too_short_is_like_nothing(index, piece):
    assert runs_of(piece).places.size == 0
    assert index.cosines(runs_of(piece)).tolist() == [0] * len(POSTS)
    assert index.likest(runs_of(piece), [runs_of(POSTS[0])]) == 0


def test_places_rise_and_stay_within_the_table():
    runs = runs_of(" ".join(POSTS) * 30)

    assert (np.diff(runs.places.astype(int)) > 0).all()
    assert int(runs.places.max()) < SIZE
    assert int(runs.times.max()) > 20
