"""Finding posts: the same ones, in the same order, on whatever database this runs."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from lxml import etree, html

from blog.models import Blog, Post, SearchText, Tag
from tests.factories import EnglishPostFactory, PostFactory, TagFactory, UserFactory

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
# Slug → language, title, text, summary in the other language; the newest first.
CORPUS = {
    "levain": (
        "fr",
        "Le pain au levain",
        "J’ai changé de farine. Le levain a levé toute la nuit, et les élèves de la "
        "boulangerie ont mangé la première miche.",
        "Second try at sourdough: I changed the flour.",
    ),
    "piano": (
        "en",
        "Every piano is slightly wrong",
        "A tuner spreads the comma over twelve fifths. Pianos are tuned by compromise, "
        "and pianists hear it.",
        "Accorder un piano, c’est partager une erreur entre douze quintes.",
    ),
    "musee": (
        "fr",
        "Quatre salles vides au musée",
        "Les musées ferment leurs salles l’été. Un gardien s’est souvenu des œuvres de "
        "Cœur-Léger, et d’un piano à queue.",
        "Four empty rooms in a museum, and the paintings somebody remembered.",
    ),
    "train": (
        "en",
        "Crossing the Alps by night train",
        "The sleeper left Zürich late; we were running after coffee. It’s the only "
        "café for eighty kilometres.",
        "Traverser les Alpes en train de nuit : ce que coûte une couchette.",
    ),
    "mots": (
        "fr",
        "Changer de mot de passe",
        "J'ai oublié mon mot de passe. La sécurité des journaux en ligne, on la "
        "publiera demain ; j'y pense aujourd'hui en finissant.",
        "Changing a password every ninety days makes it worse.",
    ),
}
SAID = [
    ("levain", ["levain"]),
    ("LEVAINS", ["levain"]),
    ("élève", ["levain"]),
    ("eleves", ["levain"]),
    ("e\u0301le\u0300ves", ["levain"]),
    ("manger", ["levain"]),
    ("mangées", ["levain"]),
    ("nous mangeait", ["levain"]),
    ("farines", ["levain"]),
    ("sourdough", ["levain"]),
    ("changed", ["levain", "mots"]),
    ("piano", ["piano", "musee"]),
    ("pianos", ["piano", "musee"]),
    ("tuning", ["piano"]),
    ("musee", ["musee"]),
    ("des musées", ["musee"]),
    ("museums", ["musee"]),
    ("oeuvre", ["musee"]),
    ("ŒUVRES", ["musee"]),
    ("coeur leger", ["musee"]),
    ("l'été", ["musee"]),
    ("l’ete", ["musee"]),
    ("zurich", ["train"]),
    ("run", ["train"]),
    ("cafe", ["train"]),
    ("les alpes", ["train"]),
    ("journal", ["mots"]),
    ("aujourd’hui", ["mots"]),
    ("publier finir", ["mots"]),
    ("piano levain", []),
    ("zanzibar", []),
    ('"pain au levain"', ["levain"]),
    ("levain*", ["levain"]),
    ("-levain", ["levain"]),
    ("NEAR(piano tuner)", []),
    ("title:piano", []),
    ("piano AND", ["piano", "musee"]),
    ("piano OR NOT", ["piano", "musee"]),
    ("(piano", ["piano", "musee"]),
    ("piano & | ! <-> :*", ["piano", "musee"]),
    ("piano'); DROP TABLE blog_post; --", []),
    ("\x00pia\x00no", []),
    ("piano\x00", ["piano", "musee"]),
    ("🎹", []),
    ("🎹 piano 🎹", ["piano", "musee"]),
    ("漢字 пиано", []),
    ("%", []),
    ("\\", []),
    ("the", ["train", "levain", "musee", "piano"]),
    ("x" * 10_000, []),
    ("piano " * 2000, ["piano", "musee"]),
    ("", []),
    (" \t\n", []),
]


@pytest.fixture
def corpus():
    now = timezone.now()
    for days, (slug, (language, title, text, summary)) in enumerate(CORPUS.items()):
        factory = PostFactory if language == "fr" else EnglishPostFactory
        other = "en" if language == "fr" else "fr"
        factory(
            slug=slug,
            published_at=now - days * A_DAY,
            **{
                f"title_{language}": title,
                f"body_{language}": f"<p>{text}</p>",
                f"summary_{other}": summary,
            },
        )


def found(client, query, **parameters):
    """Return the slugs on the first page of what ``query`` finds, in their order."""
    response = client.get("/fr/search/", {"q": query, **parameters})
    assert response.status_code == 200
    return [post.slug for post in response.context["posts"]]


def page_of(response):
    return html.fromstring(response.content)


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(("query", "slugs"), SAID, ids=lambda value: str(value)[:20])
def test_a_question_finds_the_same_posts_on_every_database(client, query, slugs):
    assert found(client, query) == slugs


def test_what_is_not_published_is_not_found(client):
    post = PostFactory(title_fr="Zeppelin")
    PostFactory(title_fr="Zeppelin", published_at=None)
    PostFactory(title_fr="Zeppelin", published_at=timezone.now() + A_DAY)

    assert found(client, "zeppelin") == [post.slug]


def test_a_scheduled_post_is_found_from_its_hour_on_and_no_longer_than_it_is_public(
    client,
):
    post = PostFactory(title_fr="Zeppelin", published_at=timezone.now() + A_DAY)
    Post.objects.update(published_at=timezone.now())
    assert found(client, "zeppelin") == [post.slug]

    Post.objects.update(published_at=None)
    assert found(client, "zeppelin") == []


def test_a_changed_text_is_found_by_its_new_words_alone(client, post):
    post.body_fr = "<p>Une montgolfière.</p>"
    post.save()

    assert found(client, "montgolfieres") == [post.slug]
    assert found(client, "noisette") == []


def test_a_deleted_post_leaves_no_words_behind(client, post):
    Post.objects.all().delete()

    assert not SearchText.objects.exists()
    assert found(client, "levain") == []
    # What else was there would come back when SQLite gives its place to another.
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT rowid FROM blog_search WHERE blog_search MATCH 'a*'")
            assert cursor.fetchall() == []


def test_a_post_that_fails_to_be_saved_is_not_found(client, post, monkeypatch):
    monkeypatch.setattr(
        SearchText, "write", lambda posts: (_ for _ in ()).throw(RuntimeError)
    )
    post.title_fr = "Zeppelin"
    with pytest.raises(RuntimeError):
        post.save()

    post.refresh_from_db()
    assert post.title_fr != "Zeppelin"


def test_the_title_goes_before_what_a_text_is_about_and_that_before_a_mention(client):
    now = timezone.now()
    text = "<p>Un mot de la montgolfière.</p>"
    for days, (slug, fields) in enumerate(
        {
            "nommee": {"body_fr": text},
            "souvent": {"body_fr": text * 3},
            "resumee": {"summary_en": "About a montgolfière, in brief."},
            "titree-1": {"title_fr": "La montgolfière"},
            "titree-2": {"title_fr": "Des montgolfières"},
        }.items()
    ):
        PostFactory(slug=slug, published_at=now - days * A_DAY, **fields)

    assert found(client, "montgolfière") == [
        "titree-1", "titree-2", "souvent", "resumee", "nommee",
    ]  # fmt: skip


@pytest.mark.parametrize("change", ["add", "rename", "remove", "tag.posts.add"])
def test_the_tags_of_a_post_are_words_of_it(client, post, change):
    tag = TagFactory(name_fr="aérostats", name_en="balloons")
    post.tags.add(tag) if change != "tag.posts.add" else tag.posts.add(post)
    assert found(client, "balloon") == [post.slug]
    if change == "rename":
        tag.name_en = "airships"
        tag.save()
        assert found(client, "airship") == [post.slug]
    if change in {"remove", "rename"}:
        post.tags.clear() if change == "remove" else None
        assert found(client, "balloon") == []


@pytest.mark.parametrize(
    "deletes", [Tag.delete, lambda tag: Tag.objects.all().delete()]
)
def test_a_deleted_tag_takes_its_words_out_of_the_search(client, post, deletes):
    post.tags.add(tag := TagFactory(name_en="balloons"))
    assert found(client, "balloon") == [post.slug]

    deletes(tag)

    assert found(client, "balloon") == []


def test_words_are_written_anew_on_demand(client, post, capsys):
    SearchText.objects.all().delete()
    assert found(client, "levain") == []

    call_command("reindex")

    assert found(client, "levain") == [post.slug]
    assert capsys.readouterr().out == "The search knows 1 posts.\n"


@pytest.mark.usefixtures("corpus")
def test_one_language_is_enough_for_who_asks_so(client):
    assert found(client, "piano", language="fr") == ["musee"]
    assert found(client, "piano", language="en") == ["piano"]
    assert found(client, "piano", language="de") == ["piano", "musee"]


@pytest.mark.usefixtures("corpus")
def test_an_excerpt_shows_the_words_in_their_language(client):
    (entry,) = page_of(client.get("/en/search/?q=gardiens+musee")).xpath("//li/article")

    assert entry.get("lang") == "fr"
    assert [mark.text for mark in entry.iter("mark")] == [
        "musée", "musées", "gardien",
    ]  # fmt: skip
    assert entry.find_class("entry-summary")[0].get("lang") == "fr"


@pytest.mark.usefixtures("corpus")
def test_what_only_the_summary_says_is_shown_from_it(client):
    (entry,) = page_of(client.get("/fr/search/?q=paintings")).xpath("//li/article")

    (text,) = entry.find_class("entry-summary")
    assert (text.get("lang"), text.find("mark").text) == ("en", "paintings")


def test_an_excerpt_is_cut_around_the_place_with_most_of_the_words(client):
    filler = "Rien de cela ici, vraiment. " * 60
    PostFactory(
        body_fr=f"<p>Un ballon. {filler}Ce ballon dirigeable vole. {filler}</p>"
    )

    page = page_of(client.get("/fr/search/?q=dirigeable+ballons"))

    (text,) = page.find_class("entry-summary")
    assert [mark.text for mark in text.iter("mark")] == ["ballon", "dirigeable"]
    assert text.text_content().startswith("… ")
    assert text.text_content().endswith("…")
    assert len(text.text_content()) < 300


def test_what_was_written_or_asked_is_shown_as_text(client):
    PostFactory(title_fr="<script>a</script> ballon", body_fr="<p>&lt;i&gt;ballon</p>")

    page = client.get("/fr/search/?q=ballon+%22%3E%3Cscript%3E").content.decode()
    assert "<script>" not in page
    page = client.get("/fr/search/?q=ballon").content.decode()
    assert "&lt;script&gt;a&lt;/script&gt; <mark>ballon</mark>" in page
    assert "&lt;i&gt;<mark>ballon</mark>" in page


def follow(client, response, rel):
    (link,) = page_of(response).xpath(f"//nav[@class='pages']/a[@rel='{rel}']/@href")
    return client.get(f"/fr/search/{link}")


def titles_of(response):
    return [post.title_fr for post in response.context["posts"]]


def test_pages_of_results_follow_without_a_gap_or_a_double(client):
    now = timezone.now()
    for n in range(25):
        title = f"Ballon {n}" if n % 2 else f"Autre {n}"
        PostFactory(title_fr=title, body_fr="<p>ballon</p>", published_at=now)

    first = client.get("/fr/search/?q=ballons&language=fr")
    second = follow(client, first, "next")
    third = follow(client, second, "next")

    shown = titles_of(first) + titles_of(second) + titles_of(third)
    assert shown == [f"Ballon {n}" for n in range(23, 0, -2)] + [
        f"Autre {n}" for n in range(24, -1, -2)
    ]
    assert titles_of(follow(client, third, "prev")) == titles_of(second)
    assert titles_of(follow(client, second, "prev")) == titles_of(first)


@pytest.mark.parametrize(
    "key", ["x", "2026-01-01T00:00:00Z_1", "9_2026-13-01T00:00Z_1"]
)
def test_there_is_no_page_of_results_before_what_is_no_key(client, key):
    assert client.get(f"/fr/search/?q=pain&before={quote(key)}").status_code == 404


@pytest.mark.parametrize("posts", [1, 10])
def test_a_search_takes_six_queries_however_much_it_finds(
    client, django_assert_max_num_queries, posts
):
    for _ in range(posts):
        PostFactory(author=UserFactory()).tags.add(TagFactory())
    client.get("/fr/search/?q=levain")

    with django_assert_max_num_queries(6) as queries:
        client.get("/fr/search/?q=levain")

    assert not any("OFFSET" in q["sql"].upper() for q in queries.captured_queries)


@pytest.mark.parametrize(
    ("path", "lead"),
    [
        ("/fr/search/", "Que cherchez-vous\u202f?"),
        ("/en/search/", "What are you looking for?"),
        ("/fr/search/?q=🎹", "Il n’y a pas de mot là-dedans."),
        ("/en/search/?q=dirigible", "I have not written about “dirigible”, or not in "
         "these words."),
        ("/en/search/?q=dirigible&language=fr", "No post in French has “dirigible”."),
        ("/fr/search/?q=nef&language=en", "Aucun billet en anglais ne contient "
         "«\u00a0nef\u00a0»."),
    ],
)  # fmt: skip
def test_where_nothing_is_found_somebody_says_so(client, path, lead):
    page = page_of(client.get(path))

    assert [p.text_content() for p in page.find_class("empty-lead")] == [lead]


def test_results_are_not_for_search_engines_but_the_page_is(client):
    robots = "//meta[@name='robots']/@content"

    assert page_of(client.get("/fr/search/")).xpath(robots) == []
    assert page_of(client.get("/fr/search/?q=x")).xpath(robots) == ["noindex"]


def test_a_question_stays_when_the_language_of_the_page_changes(client):
    page = page_of(client.get("/fr/search/?q=l%27%C3%A9t%C3%A9&language=fr"))

    assert "/en/search/?q=l%27%C3%A9t%C3%A9&language=fr" in page.xpath(
        "//nav[@class='languages']//a/@href"
    )
    assert page.xpath("//main//input[@name='q']/@value") == ["l'été"]


def test_every_page_has_one_place_to_ask(client, post):
    for path in ("/fr/", "/en/archives/", post.get_absolute_url(), "/en/search/"):
        forms = page_of(client.get(path)).xpath("//form[@role='search']/@action")
        assert forms == [f"{path[:3]}/search/"]


def test_browsers_learn_how_to_ask(client):
    Blog.objects.create(title_fr="Les carnets\x02 d’un boulanger", title_en="Notes")
    page = page_of(client.get("/fr/"))
    (address,) = page.xpath("//link[@rel='search']/@href")

    response = client.get(address)

    description = etree.fromstring(response.content)
    names = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert len(description.findtext("o:ShortName", None, names)) <= 16
    assert description.find("o:Url", names).get("template") == (
        "http://127.0.0.1:8000/fr/search/?q={searchTerms}"
    )
