from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.redirects.models import Redirect

from blog.importing import wxr
from blog.importing.posts import PostImporter, moment
from blog.importing.report import Report
from blog.importing.survey import survey
from blog.models import CommentPolicy, Page, Post, Series, Tag
from tests.factories import PostFactory, TagFactory, UserFactory

from .exports import export, item, meta, term

pytestmark = pytest.mark.django_db

ENGLISH = "The cat sleeps in the kitchen and does not want me to disturb it."


@pytest.fixture
def import_posts(tmp_path):
    """Import the posts of an export of these items, and return the report."""

    def run(*items):
        path = tmp_path / "export.xml"
        path.write_text(export(*items), encoding="utf-8")
        report = Report()
        importer = PostImporter(survey([path])[path], report)
        for found in list(wxr.read(path))[1:]:
            importer.add(found)
        importer.save()
        importer.finish()
        return report

    return run


def test_a_post_comes_in_whole(import_posts):
    import_posts(
        item(
            7,
            "Un.\n\nDeux.",
            title="L&#8217;&amp;eacute;t&amp;eacute;",
            excerpt="En bref",
            comment_status="closed",
            more="<wp:is_sticky>1</wp:is_sticky>"
            + meta("bb-post-language", "fr")
            + meta("bb-post-excerpts", 'a:1:{s:2:"en";s:7:"Summer.";}'),
        )
    )

    post = Post.objects.get()
    assert post.import_key == "https://carnet.example#7"
    assert (post.original_language, post.is_language_guessed) == ("fr", False)
    assert (post.title_fr, post.title_en) == ("L’été", None)
    assert post.body_fr == "<p>Un.</p>\n<p>Deux.</p>"
    assert (post.summary_fr, post.summary_en) == ("En bref", "Summer.")
    assert post.slug == "billet-7"
    assert post.published_at == datetime(2010, 5, 4, 10, tzinfo=UTC)
    assert post.comment_policy == CommentPolicy.CLOSED
    assert post.is_pinned
    assert (post.author.username, post.author.first_name) == ("lise", "Lise Favre")
    assert not post.author.has_usable_password()
    assert not post.author.is_staff


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": "publish"}, "published"),
        ({"status": "draft"}, "draft"),
        ({"status": "pending"}, "draft"),
        ({"status": "private"}, "draft"),
        ({"status": "a-plugin's-own"}, "draft"),
        ({"status": "publish", "post_password": "sesame"}, "draft"),
        ({"status": "future", "post_date_gmt": "2199-01-01 10:00:00"}, "scheduled"),
        ({"status": "publish", "post_date_gmt": "2199-01-01 10:00:00"}, "scheduled"),
        ({"status": "future", "post_date_gmt": "2010-01-01 10:00:00"}, "draft"),
        (
            {
                "status": "publish",
                "post_date": "",
                "post_date_gmt": "0000-00-00 00:00:00",
            },
            "draft",
        ),
    ],
)
def test_only_what_was_public_becomes_public(import_posts, fields, state):
    report = import_posts(item(**fields))

    post = Post.objects.get()
    assert report.posts[state] == 1
    assert post.is_published == (state == "published")
    assert post.is_scheduled == (state == "scheduled")


@pytest.mark.parametrize("status", ["trash", "auto-draft", "inherit"])
def test_what_was_thrown_away_stays_out(import_posts, status):
    report = import_posts(item(status=status))

    assert not Post.objects.exists()
    assert report.left_out == {("post", status): 1}


@pytest.mark.parametrize("kind", ["nav_menu_item", "feedback", "wp_block", "product"])
def test_what_is_neither_post_nor_page_stays_out(import_posts, kind):
    report = import_posts(item(post_type=kind))

    assert not Post.objects.exists()
    assert report.left_out == {(kind, "not a post or page"): 1}


def test_pages_come_in_as_pages(import_posts):
    import_posts(
        item(1, post_type="page", post_parent=2, menu_order=3),
        item(2, post_type="page", link="https://carnet.example/a-propos/"),
    )

    child, parent = Page.objects.order_by("import_key")
    assert (child.is_in_menu, child.position) == (False, 3)
    assert (parent.is_in_menu, parent.is_published) == (True, True)
    assert not Post.objects.exists()
    assert Redirect.objects.get(old_path="/a-propos/").new_path == "/fr/pages/billet-2/"


def test_old_addresses_lead_to_the_new_one(import_posts, client):
    import_posts(
        item(
            16,
            link="https://carnet.example/archives/%c3%a9t%c3%a9/",
            post_name="%c3%a9t%c3%a9",
            more=meta("_wp_old_slug", "hiver")
            + '<guid isPermaLink="false">https://www.carnet.example//b/</guid>',
        )
    )

    new = "/fr/2010/05/04/ete/"
    rows = Redirect.objects.filter(new_path=new)
    assert set(rows.values_list("old_path", flat=True)) == {
        "/archives/%C3%A9t%C3%A9/",
        "/archives/hiver/",
        "/b/",
        "/?p=16",
    }
    response = client.get("/archives/%c3%a9t%c3%a9/")
    assert (response.status_code, response["Location"]) == (301, new)
    response = client.get("/?p=16")
    assert (response.status_code, response["Location"]) == (301, new)


def test_a_page_under_another_is_still_found_where_it_was(import_posts, client):
    import_posts(
        item(2, post_type="page", link="https://carnet.example/a-propos/"),
        item(
            3,
            post_type="page",
            post_parent=2,
            link="https://carnet.example/a-propos/le-four/",
        ),
    )

    for path in ("/a-propos/le-four/", "/a-propos/le-four", "/?page_id=3"):
        response = client.get(path, follow=True)
        assert response.redirect_chain[0] == ("/fr/pages/billet-3/", 301)
        assert response.status_code == 200


def test_lists_feeds_and_pages_of_pictures_lead_to_their_likes(import_posts, client):
    import_posts(
        item(
            3,
            more=term("Été", nicename="%c3%a9t%c3%a9")
            + term("Pain", "category")
            + term("Non classé", "category", "non-classe"),
        ),
        item(4, status="draft", more=term("Secret")),
        item(
            5,
            post_type="attachment",
            post_parent=3,
            link="https://carnet.example/2010/05/04/billet-3/miche/",
        ),
        item(
            6, post_type="attachment", post_parent=4, link="https://carnet.example/x/"
        ),
    )

    rows = dict(Redirect.objects.values_list("old_path", "new_path"))
    post = "/fr/2010/05/04/billet-3/"
    assert rows == {
        "/2010/05/04/billet-3/": post,
        "/?p=3": post,
        "/2010/05/04/billet-3/miche/": post,
        "/?attachment_id=5": post,
        "/tag/%C3%A9t%C3%A9/": "/fr/tags/ete/",
        "/category/pain/": "/fr/tags/pain/",
        "/tag/%C3%A9t%C3%A9/feed/": "/feeds/tags/ete.rss",
        "/category/pain/feed/": "/feeds/tags/pain.rss",
        "/category/non-classe/": "/fr/",
        "/category/non-classe/feed/": "/feeds/all.rss",
        "/2010/": "/fr/2010/",
        "/2010/05/": "/fr/2010/05/",
        "/2010/05/04/": "/fr/2010/05/",
        "/author/lise/": "/fr/",
        "/author/lise/feed/": "/feeds/all.rss",
        "/feed/": "/feeds/all.rss",
        "/feed/rss/": "/feeds/all.rss",
        "/feed/rss2/": "/feeds/all.rss",
        "/feed/atom/": "/feeds/all.atom",
    }
    for old_path, new_path in rows.items():
        response = client.get(old_path)
        assert (response.status_code, response["Location"]) == (301, new_path)
        assert client.get(new_path).status_code == 200


def test_a_text_that_was_cut_into_pages_is_found_at_each(import_posts, client):
    import_posts(item(3, "Un<!--nextpage-->deux<!--nextpage-->trois"))

    for number in (2, 3):
        response = client.get(f"/2010/05/04/billet-3/{number}/")
        assert (response.status_code, response["Location"]) == (
            301,
            "/fr/2010/05/04/billet-3/",
        )
    assert client.get("/2010/05/04/billet-3/4/").status_code == 404


def test_drafts_have_no_old_address_to_lead_to_them(import_posts):
    import_posts(item(status="draft"), item(2, status="private"))

    assert not Redirect.objects.exists()


def test_a_second_run_changes_nothing_not_even_what_was_edited(import_posts):
    items = item(1, more=term("Chats")), item(2, post_type="page")
    import_posts(*items)
    Post.objects.update(title_fr="Retouché")
    before = Post.objects.values().get()

    report = import_posts(*items)

    assert report.posts == {"found": 1, "unchanged": 1}
    assert report.pages == {"found": 1, "unchanged": 1}
    assert not any(report.added.values())
    assert Post.objects.values().get() == before
    # Two addresses each for the post, the page, the tag and the author, four feeds, the
    # lists of a year, a month and a day.
    assert (Redirect.objects.count(), Tag.objects.count()) == (15, 1)


def test_slugs_that_are_taken_get_a_number(import_posts):
    PostFactory(slug="chat")

    report = import_posts(
        item(1, post_name="chat"), item(2, post_name="chat"), item(3, post_name="")
    )

    slugs = Post.objects.exclude(import_key=None).values_list("slug", flat=True)
    assert sorted(slugs) == ["billet-3", "chat-2", "chat-3"]
    assert report.notes["slug changed"] == 2


@pytest.mark.parametrize(
    ("name", "title", "slug"),
    [
        ("", "!!!", "post-5"),
        ("%e7%8c%ab-2", "猫", "post-5"),
        ("15", "", "15"),
        ("a" * 300, "A", "a" * 200),
    ],
)
def test_a_slug_is_found_for_every_post(import_posts, name, title, slug):
    import_posts(item(5, post_name=name, title=title))

    assert Post.objects.get().slug == slug


def test_an_untitled_post_is_called_by_its_first_words(import_posts):
    import_posts(item(1, "<b>Le chat</b> dort.", title=""), item(2, "", title=""))

    assert Post.objects.get(import_key__endswith="#1").title_fr == "Le chat dort."
    assert Post.objects.get(import_key__endswith="#2").title_fr == "2010-05-04 12:00:00"


def test_a_title_that_is_too_long_is_shortened(import_posts):
    report = import_posts(item(title="mot " * 100))

    assert len(Post.objects.get().title_fr) == 250
    assert report.notes["title shortened"] == 1


def test_a_text_too_long_to_be_kept_is_told(import_posts):
    report = import_posts(item(1, "a" * 1_000_001), item(2))

    assert Post.objects.get().import_key == "https://carnet.example#2"
    assert report.left_out == {("post", "too long"): 1}


def test_spellings_of_one_tag_are_one_tag(import_posts):
    TagFactory(slug="chats", name_fr="chats", name_en="cats")
    utw = 'a:1:{i:0;O:8:"stdClass":1:{s:3:"tag";s:8:"Le-Valais";}}'

    import_posts(
        item(
            more=term("Été", nicename="%c3%a9t%c3%a9")
            + term("Chats", "category")
            + term("ÉTÉ", nicename="ete-2")
            + term("Non classé", "category", "non-classe")
            + meta("tags", "chats soleil")
            + meta("_utw_tags_0", utw)
        )
    )

    tags = Post.objects.get().tags
    assert set(tags.values_list("slug", "name_fr")) == {
        ("chats", "chats"),
        ("ete", "Été"),
        ("soleil", "soleil"),
        ("le-valais", "Le Valais"),
    }


def test_a_series_is_what_was_a_series(import_posts):
    import_posts(item(more=term("Chroniques", "series")), item(2))

    series = Series.objects.get()
    assert (series.title_fr, series.slug) == ("Chroniques", "chroniques")
    assert [post.import_key for post in series.posts.all()] == [
        "https://carnet.example#1"
    ]


def test_an_author_is_the_user_of_that_name_or_address(import_posts):
    lise = UserFactory(username="l.favre", email="LISE@carnet.example")
    marc = UserFactory(username="Marc", email="marc@blog.example")

    import_posts(item(1), item(2, creator="marc"), item(3, creator="inconnue"))

    assert set(lise.posts.values_list("slug", flat=True)) == {"billet-1"}
    assert set(marc.posts.values_list("slug", flat=True)) == {"billet-2"}
    assert get_user_model().objects.get(username="inconnue").posts.count() == 1


def test_a_post_first_published_elsewhere_says_where(import_posts):
    import_posts(
        item(1, more=meta("_yoast_wpseo_canonical", "https://journal.example/1")),
        item(2, more=meta("_yoast_wpseo_canonical", "https://carnet.example/ici/")),
        item(3, more=meta("_yoast_wpseo_canonical", "javascript:alert(1)")),
    )

    first, second, third = Post.objects.order_by("import_key")
    assert (first.source_url, first.source_name, first.source_is_canonical) == (
        "https://journal.example/1",
        "journal.example",
        True,
    )
    assert (second.source_url, third.source_url) == ("", "")


def test_two_texts_in_one_become_one_post_in_two_languages(import_posts):
    import_posts(
        item(
            1,
            f"[:fr]Le chat dort.[:en]{ENGLISH}[:]",
            title="[:fr]Chat[:en]Cat[:]",
        )
    )

    post = Post.objects.get()
    assert (post.title_fr, post.title_en) == ("Chat", "Cat")
    assert post.body_en == f"<p>{ENGLISH}</p>"
    assert post.full_languages == ["fr", "en"]


def pair(**second):
    group = term("pll_1", "post_translations")
    return (
        item(23, ENGLISH, title="Cat", more=term("English", "language", "en") + group),
        item(
            24,
            "Le chat dort.",
            title="Chat",
            more=term("Français", "language", "fr") + group,
            **second,
        ),
    )


def test_a_pair_of_translations_becomes_one_post(import_posts):
    report = import_posts(*pair())

    post = Post.objects.get()
    assert post.original_language == "en"
    assert (post.title_en, post.title_fr) == ("Cat", "Chat")
    assert Redirect.objects.get(old_path="/?p=24").new_path == (
        "/fr/2010/05/04/billet-23/"
    )
    assert (report.posts["added"], report.posts["merged"]) == (1, 1)
    assert import_posts(*pair()).posts == {"found": 2, "unchanged": 2}


def test_a_hidden_translation_does_not_come_to_light(import_posts):
    import_posts(*pair(status="private"))

    public = Post.objects.published().get()
    assert (public.title_en, public.title_fr) == ("Cat", None)
    assert Post.objects.count() == 2


def test_items_that_share_a_number_both_come_in(import_posts):
    items = item(1, title="Un", post_name="un"), item(1, title="Deux", post_name="deux")

    import_posts(*items)
    report = import_posts(*items)

    assert set(Post.objects.values_list("title_fr", flat=True)) == {"Un", "Deux"}
    assert report.posts["unchanged"] == 2


@pytest.mark.parametrize(
    ("gmt", "local", "expected"),
    [
        ("2010-01-02 11:00:00", "", datetime(2010, 1, 2, 11, tzinfo=UTC)),
        (
            "0000-00-00 00:00:00",
            "2010-01-02 12:00:00",
            datetime(2010, 1, 2, 11, tzinfo=UTC),
        ),
        # An hour that the clocks skipped.
        ("", "2020-03-29 02:30:00", datetime(2020, 3, 29, 1, 30, tzinfo=UTC)),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", None),
        ("-0001-11-30 00:00:00", "", None),
        ("0001-01-01 00:00:00", "", None),
        ("yesterday", "", None),
    ],
)
def test_a_date_is_what_wordpress_meant(gmt, local, expected):
    assert moment(gmt, local) == expected
