import pytest

from blog.importing.bilingual import split, summary_text, versions
from blog.importing.wxr import Item, Term

FRENCH = "Le chat dort dans la cuisine et il ne veut pas que je le dérange."
ENGLISH = "The cat sleeps in the kitchen and does not want me to disturb it."


def read(content=FRENCH, title="Chat", excerpt="", terms=(), **meta):
    item = Item(
        title=title,
        content=content,
        excerpt=excerpt,
        terms=list(terms),
        meta=[(key.replace("_", "-"), value) for key, value in meta.items()],
    )
    return versions(item, "fr")


def test_the_first_generation_names_language_and_summary():
    found = read(language="fr", other_excerpt="About my cat.")

    assert (found.language, found.is_guessed) == ("fr", False)
    assert found.summaries == {"en": "About my cat."}


def test_the_second_generation_wins_over_the_first():
    found = read(
        language="fr",
        other_excerpt="vieux",
        bb_post_language="en",
        bb_post_excerpts='a:2:{s:2:"en";s:4:"Mine";s:2:"fr";s:9:"D’été";}',
    )

    assert found.language == "en"
    assert found.summaries == {"en": "Mine", "fr": "D’été"}


def test_a_summary_keeps_its_paragraphs():
    found = read(
        bb_post_language="fr", bb_post_excerpts='a:1:{s:2:"en";s:9:"One.\n\nTwo.";}'
    )

    assert found.summaries == {"en": "One.\n\nTwo."}


def test_a_summary_by_hand_is_lifted_from_the_text():
    found = read(
        f'<div class="other-excerpt" lang="en"><p>By hand</p></div>\n{FRENCH}',
        language="fr",
    )

    assert found.summaries == {"en": "By hand"}
    assert found.bodies == {"fr": FRENCH}


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "fr"), (ENGLISH, "en")])
def test_a_language_that_nothing_names_is_guessed(text, language):
    found = read(text, title="", language="")

    assert (found.language, found.is_guessed) == (language, True)


def test_a_text_too_short_to_tell_has_the_language_of_the_blog():
    assert read("12345", title="").language == "fr"


def test_polylang_names_the_language_and_the_pair():
    found = read(
        ENGLISH,
        terms=[
            Term("language", "en", "English"),
            Term("post_translations", "pll_1", "pll_1"),
        ],
    )

    assert (found.language, found.is_guessed) == ("en", False)
    assert found.translation_group == "pll_1"


@pytest.mark.parametrize(
    "content",
    [
        f"[:fr]{FRENCH}[:en]{ENGLISH}[:]",
        f"<!--:fr-->{FRENCH}<!--:--><!--:en-->{ENGLISH}<!--:-->",
        f"{{:fr}}{FRENCH}{{:}}{{:en}}{ENGLISH}{{:}}",
    ],
)
def test_two_texts_in_one_become_a_post_and_its_translation(content):
    found = read(content, title="<!--:fr-->Chat<!--:--><!--:en-->Cat<!--:-->")

    assert found.language == "fr"
    assert found.titles == {"fr": "Chat", "en": "Cat"}
    assert found.bodies == {"fr": FRENCH, "en": ENGLISH}


@pytest.mark.parametrize(
    "text",
    ["match 'posts/[:id]' => 'posts#show'", "un choix [:fr] dans un menu", "rien"],
)
def test_brackets_of_another_kind_are_no_translation(text):
    assert split(text) == {}


def test_text_around_two_texts_belongs_to_both():
    assert split("[:fr]Oui[:en]Yes[:] 10%") == {"fr": "Oui 10%", "en": "Yes 10%"}


def test_a_summary_is_plain_text():
    assert summary_text("<p>Un <b>chat</b> &amp; moi</p><p>Deux</p>") == (
        "Un chat & moi\n\nDeux"
    )
