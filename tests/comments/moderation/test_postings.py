import math

import numpy as np
import pytest

from comments.moderation.meaning import Meaning
from comments.moderation.postings import Postings
from comments.moderation.relevance import YOUNG, PreparedBlog, prepare
from comments.moderation.verdicts import Subject

from .submissions import BREAD, TRAIN, TYRES

POSTS = [prepare(subject) for subject in (BREAD, TRAIN, TYRES, BREAD)]


def test_postings_tell_which_posts_have_a_stem_and_how_often():
    postings = Postings.of(POSTS)

    for stem in postings.stems:
        posts, counts = postings.of_stem(stem)
        expected = {i: p.counts[stem] for i, p in enumerate(POSTS) if stem in p.counts}
        assert dict(zip(posts.tolist(), counts.tolist(), strict=True)) == expected
        assert postings.said(stem) == sum(expected.values())
    assert postings.words == sum(sum(post.times) for post in POSTS)


def test_a_stem_that_no_post_has_is_in_none():
    posts, counts = Postings.of(POSTS).of_stem("zzz")

    assert (posts.size, counts.size, Postings.of(POSTS).said("zzz")) == (0, 0, 0)
    assert Postings.of([]).said("zzz") == 0


def test_norms_are_the_lengths_of_log_frequencies_by_rarity():
    postings = Postings.of(POSTS)
    norms = [
        math.hypot(
            *(
                (1 + math.log(n)) * postings.rarity(postings.stems[stem])
                for stem, n in post.counts.items()
            )
        )
        for post in POSTS
    ]

    assert postings.norms() == pytest.approx(norms)


def test_posts_that_share_words_point_the_same_way(monkeypatch):
    meaning = Meaning.of(Postings.of(POSTS))

    assert meaning.posts[0] @ meaning.posts[3] == pytest.approx(1, abs=1e-5)
    assert meaning.posts[0] @ meaning.posts[1] < 0.5
    monkeypatch.setattr("comments.moderation.meaning.BLOCK", 3)
    by_blocks = Meaning.of(Postings.of(POSTS))
    assert np.abs(by_blocks.posts @ by_blocks.posts.T) == pytest.approx(
        np.abs(meaning.posts @ meaning.posts.T), abs=1e-5
    )


def test_posts_without_a_word_in_common_mean_nothing_together():
    subjects = [Subject(title=f"nom{n}", body="", language="fr") for n in range(YOUNG)]

    meaning = PreparedBlog(subjects).meaning

    assert not meaning.posts.any()


def test_a_blog_of_prepared_posts_is_the_blog_of_those_posts():
    anew = PreparedBlog([BREAD, TRAIN])
    kept = PreparedBlog([TRAIN], prepared=[prepare(BREAD)])

    assert kept.posts == anew.posts
    assert kept.find(TRAIN) == 1
