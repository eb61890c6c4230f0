import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from blog.html import clean_body
from blog.typography import set_text
from tests.factories import EnglishPostFactory, PostFactory

N = "\u202f"


@pytest.mark.parametrize(
    ("typed", "set_in_french"),
    [
        ("Quoi ? Non ! Si ; oui : voilà", f"Quoi{N}? Non{N}! Si{N}; oui{N}: voilà"),
        ("Quoi? Non! Si; oui: voilà", f"Quoi{N}? Non{N}! Si{N}; oui{N}: voilà"),
        ("Vraiment ?! Vraiment?!", f"Vraiment{N}?! Vraiment{N}?!"),
        ("« mot », «mot»", f"«{N}mot{N}», «{N}mot{N}»"),
        ("«\u00a0mot\u00a0» ?", f"«{N}mot{N}»{N}?"),
        ("« Quoi ? » dit-elle", f"«{N}Quoi{N}?{N}» dit-elle"),
        ("(Quoi?) “Non!”", f"(Quoi{N}?) “Non{N}!”"),
        ("L'été, aujourd'hui, qu'«elle»", f"L’été, aujourd’hui, qu’«{N}elle{N}»"),
        ("À 10:30, 3:2, a::b, ?q=1", "À 10:30, 3:2, a::b, ?q=1"),
        ("https://exemple.ch/?q=a: et 'cité'", "https://exemple.ch/?q=a: et 'cité'"),
        ("Content :-) ou :( ou ;)", "Content :-) ou :( ou ;)"),
        ("…! etc. ; fin", f"…{N}! etc.{N}; fin"),
        ("", ""),
    ],
)
def test_french_has_its_spaces_and_apostrophes(typed, set_in_french):
    assert set_text(typed, "fr") == set_in_french
    assert set_text(set_in_french, "fr") == set_in_french


def test_english_is_left_as_it_was_typed():
    assert set_text("Really? It's « odd »: yes!", "en") == "Really? It's « odd »: yes!"


@given(st.text(alphabet="ab1 ;:!?«»'()…\u00a0\u202f"))
def test_no_word_is_changed_and_twice_is_as_good_as_once(text):
    def words(said):
        return "".join(said.replace("’", "'").split())

    once = set_text(text, "fr")

    assert words(once) == words(text)
    assert words(set_text(once, "fr")) == words(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<p>Un <em>mot</em> ?</p>", f"<p>Un <em>mot</em>{N}?</p>"),
        ("<p>« <b>mot</b> »</p>", f"<p>«{N}<strong>mot</strong>{N}»</p>"),
        ("<p><code>l'a ? b : c</code></p>", "<p><code>l'a ? b : c</code></p>"),
        (
            "<pre>l'a ;\n<em>b ?</em></pre>",
            '<pre tabindex="0">l\'a ;\n<em>b ?</em></pre>',
        ),
        ("<p>l'<kbd>l'a ?</kbd> l'été</p>", "<p>l’<kbd>l'a ?</kbd> l’été</p>"),
        (
            '<p>Dit : <q lang="en">it\'s <em>odd</em> !</q> non ?</p>',
            f'<p>Dit{N}: <q lang="en">it\'s <em>odd</em> !</q> non{N}?</p>',
        ),
        (
            '<p title="a ?"><a href="/?q=a:" title="l\'été ?">l\'été ?</a></p>',
            f'<p><a href="/?q=a:" title="l\'été ?">l’été{N}?</a></p>',
        ),
        ("<p>a<!-- l'a ? --> ?</p>", f"<p>a{N}?</p>"),
    ],
)
def test_a_text_is_set_but_not_its_code_nor_what_is_in_english(typed, shown):
    assert clean_body(typed, language="fr") == shown


def test_french_within_english_is_set():
    typed = '<p>She said: <q lang="fr-CH">Quoi ?</q>: yes !</p>'

    assert clean_body(typed, language="en") == typed.replace("Quoi ?", f"Quoi{N}?")


@pytest.mark.parametrize("language", ["fr", "en", ""])
def test_cleaning_still_comes_last(language):
    typed = (
        "<p>«<script>alert('x') ;</script>» &lt;script&gt; ?</p><img src=x onerror=a>"
    )

    shown = clean_body(typed, language=language)

    assert "<script" not in shown
    assert "onerror" not in shown


@pytest.mark.django_db
def test_what_was_written_stays_as_it_was_written(client):
    post = PostFactory(title_fr="L'été ?", body_fr="<p>Ah !</p>", summary_en="It's !")
    post.refresh_from_db()

    page = html.fromstring(client.get(post.get_absolute_url()).content)

    assert (post.title_fr, post.body_fr) == ("L'été ?", "<p>Ah !</p>")
    assert page.find_class("p-name")[0].text_content() == f"L’été{N}?"
    assert page.find_class("e-content")[0].text_content() == f"Ah{N}!"
    assert page.find_class("p-summary")[0].text_content() == "It's !"


@pytest.mark.django_db
def test_lists_and_finds_are_set_too(client):
    EnglishPostFactory(title_en="What's this ?", summary_fr="L'été ? Oui !")

    for path in ("/fr/", "/fr/search/?q=ete"):
        entry = html.fromstring(client.get(path).content).find_class("entry")[0]
        assert "What's this ?" in entry.text_content()
        assert f"L’été{N}? Oui{N}!" in entry.text_content()
