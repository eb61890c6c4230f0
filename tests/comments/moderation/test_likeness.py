import pytest

from comments.moderation import likeness as module
from comments.moderation.likeness import likeness
from comments.moderation.relevance import YOUNG, PreparedBlog
from comments.moderation.verdicts import Subject

from .submissions import BREAD, TRAIN, TYRES, make_submission

MIE = "La mie reste serrée malgré la farine de seigle et une pousse lente."


def features(body, *, subject=BREAD, **fields):
    return likeness(make_submission(body, subject=subject, **fields)).features


def blog_of_some_posts():
    """Return a blog that speaks of bread, of trains, and of many other things."""
    return PreparedBlog([BREAD, TRAIN, TYRES, *posts()])


def posts():
    return [
        Subject(
            title=f"Carnet {number}",
            body=f"Sujet{number} et matière{number % 7}, selon la saison{number % 5}.",
            language="fr",
        )
        for number in range(YOUNG)
    ]


def test_words_of_the_post_and_of_its_title_are_seen():
    found = features("Mon levain a une croûte belle et une mie serrée.")

    assert found.own > features("Ma perceuse vibre quand le foret chauffe trop.").own
    assert found.title > 0


def test_what_was_said_under_the_post_counts_more_than_the_post_itself():
    body = "Un foret chauffe vite."
    thread = ("Le foret de ma perceuse chauffe.",)
    told = Subject(title="Outils", body=thread[0], language="fr")

    under = features(body, subject=TYRES, thread=thread)
    assert under.own > features(body, subject=told).own


def test_words_that_stand_together_in_the_post_are_seen():
    assert features("Une farine de seigle").phrases > 0
    assert features("Seigle ou farine").phrases == 0


@pytest.mark.parametrize(
    ("body", "is_seen"),
    [
        ("Le réfrigerrateur en question", True),
        ("Une perceuse à colonne", False),
    ],
)
def test_a_word_spelled_nearly_like_one_of_the_post_is_seen(body, is_seen):
    assert (features(body).spelling > 0) is is_seen


def test_a_young_blog_says_nothing_of_other_posts_nor_of_meaning():
    found = features(MIE, other_posts=(BREAD, TRAIN, TYRES))

    assert found.others is found.nearest is found.cosine is None
    assert found.outspelled is found.respelled is None


def test_on_a_blog_of_some_posts_the_own_one_is_compared_with_the_others():
    blog = blog_of_some_posts()

    here = features(MIE, blog=blog)
    strayed = features(MIE, subject=TYRES, blog=blog)
    assert here.cosine > strayed.cosine
    assert here.others < strayed.others


def test_on_a_blog_of_some_posts_spelling_is_compared_with_the_others_too():
    blog = blog_of_some_posts()
    misspelled = "La farrine de seigles et la croutes brunes"

    here = features(misspelled, blog=blog)
    strayed = features(misspelled, subject=TYRES, blog=blog)
    assert here.outspelled < strayed.outspelled
    assert strayed.respelled > here.respelled
    answered = features(misspelled, subject=TYRES, blog=blog, thread=(misspelled,))
    assert answered.outspelled == here.outspelled


def test_spelling_tells_nothing_between_two_languages():
    found = features("A crust and a crumb of rye flour", blog=blog_of_some_posts())

    assert found.outspelled is found.respelled is None
    assert found.others is not None


def test_a_post_of_another_language_is_no_rival_by_words_that_look_alike():
    english = Subject(title="Pain", body="pain " * 30, language="en")
    french = "Le pain monte moins quand la farine est trop riche."

    alone = features(french, blog=PreparedBlog([*posts(), BREAD]))
    beside = features(french, blog=PreparedBlog([*posts(), BREAD, english]))
    assert beside.others == pytest.approx(alone.others, abs=0.1)


def test_a_comment_in_the_other_language_meets_the_words_of_the_post():
    found = likeness(
        make_submission("Fresh flour and a hot oven, then a crumb.", subject=BREAD)
    )

    assert {"flour", "oven"} <= set(found.shared)


def test_a_comment_is_compared_once_for_all_who_ask(monkeypatch):
    asked = []
    compare = module._compare
    monkeypatch.setattr(module, "_compare", lambda s: asked.append(s) or compare(s))
    submission = make_submission(MIE, subject=BREAD)

    assert likeness(submission) is likeness(submission)
    assert len(asked) == 1


def test_long_texts_are_looked_at_only_in_part():
    body = " ".join(f"Étrange{number}" for number in range(1500))
    post = Subject(title="Long", body="mot et chose " * 20_000, language="fr")

    found = likeness(make_submission(body, subject=post))
    assert found.length == module.MOST_WORDS
