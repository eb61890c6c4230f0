import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.moderation import learning
from comments.moderation.detectors import learned_words
from comments.moderation.learning import EMPTY, Learned, count, tokens_of
from comments.moderation.pipeline import screen
from comments.moderation.verdicts import Reason

from .submissions import BREAD, make_submission

SPAM = "Zorbitron flights reservations helpline"
HAM = "La farine de seigle et la croûte"


def decided(number=10):
    return [
        *[(tokens_of(SPAM), Reason.PROMOTIONAL.value)] * number,
        *[(tokens_of(HAM), learning.PUBLISHED)] * number,
    ]


def test_the_empty_token_counts_the_comments():
    learned = count(decided(3))

    assert learned.comments("promotional") == 3
    assert learned.comments("published") == 3
    assert learned.comments("abusive") == 0


@settings(deadline=None, max_examples=20)
@given(st.permutations(decided(4)))
def test_counting_does_not_depend_on_the_order(shuffled):
    assert count(shuffled) == count(decided(4))


def test_an_unknown_label_is_refused():
    with pytest.raises(ValueError, match="maybe"):
        count([(set(), "maybe")])


def test_rejected_words_weigh_against_and_published_ones_for():
    learned = count(decided())

    against = list(learned_words.detect(make_submission(SPAM), learned))
    favour = list(learned_words.detect(make_submission(HAM, subject=BREAD), learned))

    assert against
    assert favour
    assert all(e.weight > 0 and e.code.endswith("rejected") for e in against)
    assert all(e.weight < 0 and e.code.endswith("published") for e in favour)


def test_words_are_quoted_as_typed():
    learned = count(decided())

    found = learned_words.detect(make_submission("ZORBITRON now!"), learned)

    assert [item.excerpt for item in found] == ["ZORBITRON"]


def test_nothing_is_said_where_nothing_was_learned():
    assert list(learned_words.detect(make_submission(SPAM), EMPTY)) == []
    assert (
        list(learned_words.detect(make_submission("xyzzy plugh"), count(decided())))
        == []
    )


def test_what_was_learned_is_bounded():
    learned = count(decided(5000))
    body = " ".join(f"zorb{chr(97 + n)}" for n in range(26)) + SPAM * 20

    total = sum(e.weight for e in learned_words.detect(make_submission(body), learned))

    assert 0 < total <= learned_words.MOST_WEIGHT


def test_ten_rejections_raise_the_score_of_the_next_of_the_kind():
    submission = make_submission(SPAM + " for everybody", subject=BREAD)

    before = screen(submission).scores[Reason.PROMOTIONAL] or 0.0
    after = screen(submission, learned=count(decided())).scores[Reason.PROMOTIONAL]

    assert after > before


def test_impossible_counts_are_refused():
    learned = Learned(counts={"x": {"promotional": 5}, "": {"promotional": 1}})

    with pytest.raises(ValueError, match="more comments than exist"):
        learned_words.token_weight("x", Reason.PROMOTIONAL, learned)


def test_a_comment_has_a_bounded_number_of_tokens():
    body = " ".join(f"mot{n}x" for n in range(2000))

    tokens = tokens_of(body)

    assert len(tokens) <= learning.MOST_TOKENS
    assert all(0 < len(token) <= learning.LONGEST_TOKEN for token in tokens)
