import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from comments.moderation import text


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("Je trouve que cette recette demande trop de temps.", "fr"),
        ("I think this recipe takes far too much time to make.", "en"),
        ("super !", ""),
        ("https://example.org/une-tres-longue-adresse-sans-texte", ""),
        ("", ""),
        ("0123456789 0123456789 0123456789", ""),
    ],
)
def test_the_language_is_told_only_where_it_can_be(typed, language):
    assert text.detect_language(typed) == language


def test_the_part_of_the_model_that_is_read_judges_like_the_whole():
    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(["fr", "en"])
    part = text._identifier(("fr", "en"))

    for typed in ("Mon pain", "Bread and butter", "日本語", "", "naïve café, Straße"):
        assert part.classify(typed) == whole.classify(typed)


def test_folding_takes_off_accents_invisible_and_look_alike_letters():
    folded = text.fold("Dé\u200bcoùvrez le cаsinо Œuvre")

    assert folded.text == "decouvrez le casino oeuvre"


def test_what_is_found_in_folded_text_is_quoted_as_it_was_typed():
    folded = text.fold("Oui, DÉ\u200bCOUVREZ-LES !")
    start = folded.text.index("decouvrez")

    assert folded.original(start, start + 9) == "DÉ\u200bCOUVREZ"


@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ("Voir https://www.exemple.org/a?b=c.", ["https://www.exemple.org/a?b=c"]),
        ("Go to shop.example/now!", ["shop.example/now"]),
        ("Écrivez à moi@exemple.org", []),
        ("ASP.NET et Node.js sont deux choses", []),
        ("fin.Début d'une phrase", []),
    ],
)
def test_links_are_found_as_typed(typed, links):
    assert text.links(typed) == links


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.shop.co.uk", "shop.co.uk"),
        ("marie.blogspot.com", "marie.blogspot.com"),
        ("a.b.example", "b.example"),
        ("localhost", "localhost"),
    ],
)
def test_the_domain_is_what_was_registered(host, domain):
    assert text.domain(host) == domain


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://user:pass@www.exemple.org:8000/x", "www.exemple.org"),
        ("exemple.org/x", "exemple.org"),
        ("", ""),
        ("http://[", "["),
    ],
)
def test_the_host_of_an_address(url, host):
    assert text.host_of(url) == host


def test_words_of_no_subject_are_left_out():
    assert text.stems("Je pense que les farines sont très chères", "fr") == [
        "farin",
        "cher",
    ]


@pytest.mark.parametrize(
    "hostile", ["a" * 10_000, "a." * 5_000, "(" * 10_000, "1-" * 5_000, "A " * 5_000]
)
def test_hostile_input_is_read_like_any_other(hostile):
    assert text.links(hostile) == []
    assert len(text.fold(hostile).text) == len(hostile)
    assert text.detect_language(hostile) in {"", "fr", "en"}


def test_a_word_typed_without_its_accents_is_as_common_as_with_them():
    assert text.said("probleme", "fr") == text.said("problème", "fr")
    assert text.said("probleme", "fr") >= text.frequencies("fr")["problème"]
    assert text.said("mountain", "en") == text.frequencies("en")["mountain"]
    assert not text.is_telling("tres", "fr")
    assert text.is_telling("rustine", "fr")
