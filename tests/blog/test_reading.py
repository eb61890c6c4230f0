from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from lxml import html

from blog.models import Blog, Page
from tests.factories import (
    EnglishPostFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
)

ZURICH = ZoneInfo("Europe/Zurich")
pytestmark = pytest.mark.django_db


def parsed(response):
    return html.fromstring(response.content)


def texts(response, css_class):
    found = parsed(response).find_class(css_class)
    return [" ".join(element.text_content().split()) for element in found]


@pytest.fixture
def dated_post():
    return PostFactory(
        slug="levain", published_at=datetime(2026, 3, 1, 0, 30, tzinfo=ZURICH)
    )


def test_the_front_page_of_an_empty_blog_says_so(client):
    response = client.get("/en/")

    assert texts(response, "empty-lead") == ["Nothing has been published here yet."]


@pytest.mark.parametrize(
    "path", ["/fr/", "/fr/only/en/", "/fr/archives/", "/fr/series/"]
)
def test_an_empty_blog_has_all_its_pages(client, path):
    assert client.get(path).status_code == 200


def test_the_front_page_shows_what_is_published_newest_first(client):
    now = timezone.now()
    PostFactory(title_fr="Hier", published_at=now - timedelta(days=1))
    PostFactory(title_fr="Aujourd’hui", published_at=now)
    PostFactory(title_fr="Brouillon", published_at=None)
    PostFactory(title_fr="Demain", published_at=now + timedelta(days=1))

    response = client.get("/fr/")

    assert texts(response, "p-name") == ["Aujourd’hui", "Hier"]


def test_a_list_tells_each_post_in_the_language_of_the_page_where_it_can(client):
    PostFactory()
    EnglishPostFactory(summary_fr="")

    in_english = parsed(client.get("/en/")).find_class("entry-summary")
    in_french = parsed(client.get("/fr/")).find_class("entry-summary")

    assert [(p.get("lang"), p.text_content()[:20]) for p in in_english] == [
        ("en", "The sleeper left Zur"),
        ("en", "Second try at sourdo"),
    ]
    assert [(p.get("lang"), p.text_content()[:20]) for p in in_french] == [
        ("en", "The sleeper left Zur"),
        ("fr", "Mon levain a trois s"),
    ]


def test_an_opening_cut_within_a_tag_shows_no_trace_of_it(client):
    link = '<a href="https://exemple.ch/' + "x" * 80 + '">ici</a>'
    PostFactory(body_fr="<p>Voir" + link * 30 + "</p>")

    (opening,) = texts(client.get("/fr/"), "entry-summary")

    assert "exemple.ch" not in opening
    assert "<" not in opening


def test_an_opening_stops_between_two_words(client):
    PostFactory(body_fr="<p>" + "Un mot, et puis. " * 20 + "</p>")

    (opening,) = texts(client.get("/fr/"), "entry-summary")

    assert opening.endswith("Un mot, et puis. Un…")


def test_a_filter_shows_the_posts_of_one_language(client):
    PostFactory(title_fr="Le pain")
    EnglishPostFactory(title_en="The train")

    assert texts(client.get("/fr/only/en/"), "p-name") == ["The train"]
    assert texts(client.get("/en/only/fr/"), "p-name") == ["Le pain"]
    assert client.get("/fr/only/de/").status_code == 404


def test_a_post_is_read_at_the_address_of_its_day_in_the_blogs_time_zone(
    client, dated_post
):
    assert dated_post.get_absolute_url() == "/fr/2026/03/01/levain/"
    assert client.get("/fr/2026/03/01/levain/").status_code == 200


@pytest.mark.parametrize("day", ["2026/02/28", "2026/13/45", "0000/00/00"])
def test_the_right_slug_under_a_wrong_date_leads_to_the_right_address(
    client, dated_post, day
):
    response = client.get(f"/en/{day}/levain/")

    assert (response.status_code, response["Location"]) == (
        301,
        "/en/2026/03/01/levain/",
    )


@pytest.mark.parametrize(
    "path",
    [
        "/fr/2026/13/45/x/",
        "/fr/2026/13/",
        "/fr/2026/00/",
        "/fr/0000/",
        "/fr/0001/01/",
        "/fr/9999/",
        "/fr/9999/12/",
        "/fr/1999/",
        "/fr/2026/03/01/rien/",
        "/fr/tags/rien/",
        "/fr/series/rien/",
        "/fr/pages/rien/",
        "/fr/preview/rien/",
        "/de/",
        "/fr/%00/",
        "/fr/2026/03/01/%00/",
        "/fr/tags/%F0%9F%8D%9E/",
        "/fr/٢٠٢٦/٠٣/",
    ],
)
def test_what_does_not_exist_is_a_404(client, dated_post, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "published_at",
    [None, timezone.now() + timedelta(days=2)],
    ids=["draft", "scheduled"],
)
def test_the_public_does_not_find_what_is_not_published(client, published_at):
    post = PostFactory(published_at=published_at)

    assert client.get(post.get_absolute_url()).status_code == 404


def test_a_deleted_post_is_gone(client, post):
    address = post.get_absolute_url()
    post.delete()

    assert client.get(address).status_code == 404


def test_a_post_is_marked_up_as_an_entry(client, dated_post):
    dated_post.tags.add(TagFactory())

    (entry,) = parsed(client.get(dated_post.get_absolute_url())).find_class("h-entry")

    (title,) = [e for e in entry.find_class("p-name") if e.tag == "h1"]
    (published,) = entry.find_class("dt-published")
    (content,) = entry.find_class("e-content")
    (summary,) = entry.find_class("p-summary")
    (author,) = entry.find_class("h-card")
    assert entry.get("lang") == content.get("lang") == "fr"
    assert title.text_content() == dated_post.title_fr
    assert published.get("datetime") == "2026-03-01T00:30:00+01:00"
    assert html.tostring(content, encoding="unicode").startswith(
        '<div class="e-content prose" lang="fr"><p>Mon levain'
    )
    assert (summary.get("lang"), summary.text_content()) == (
        "en",
        dated_post.summary_en,
    )
    assert author.text_content().strip() == "Camille"
    assert entry.find_class("u-url")[0].get("href") == dated_post.get_absolute_url()
    assert [a.text_content() for a in entry.find_class("p-category")] == ["cuisine"]


def test_the_mark_of_the_language_is_beside_the_name_of_the_post(client, post):
    page = parsed(client.get(post.get_absolute_url()))

    (mark,) = page.find_class("language-mark")
    assert mark.text_content() == "[fr]"
    assert "[fr]" not in page.find_class("p-name")[0].text_content()


def test_a_post_without_summary_invites_nobody(client):
    post = PostFactory(summary_en="")

    response = client.get(post.get_absolute_url())

    assert texts(response, "in-brief") == []


def test_a_post_links_to_its_neighbours_in_the_series(client):
    series = SeriesFactory()
    now = timezone.now()
    first, second, third = (
        PostFactory(
            series=series,
            title_fr=title,
            published_at=now - timedelta(hours=hours),
        )
        for title, hours in (("Un", 3), ("Deux", 2), ("Trois", 1))
    )
    PostFactory(series=series, title_fr="Pas encore", published_at=None)

    def neighbours(post):
        page = parsed(client.get(post.get_absolute_url()))
        links = page.xpath("//nav[@class='neighbours']/a")
        return [(a.get("rel"), a.get("href")) for a in links]

    assert neighbours(first) == [("next", second.get_absolute_url())]
    assert neighbours(second) == [
        ("prev", first.get_absolute_url()),
        ("next", third.get_absolute_url()),
    ]
    assert neighbours(third) == [("prev", second.get_absolute_url())]


@pytest.fixture
def series_of_three():
    series = SeriesFactory(slug="fournil")
    now = timezone.now()
    for hours, title in enumerate(("Trois", "Deux", "Un"), start=1):
        PostFactory(
            series=series, title_fr=title, published_at=now - timedelta(hours=hours)
        )
    PostFactory(series=series, title_fr="Zéro", published_at=None)
    return series


@pytest.mark.parametrize(
    ("title", "place"), [("Un", "1 sur 3"), ("Deux", "2 sur 3"), ("Trois", "3 sur 3")]
)
def test_a_post_says_where_it_stands_in_its_series(
    client, series_of_three, title, place
):
    post = series_of_three.posts.get(title_fr=title)

    said = texts(client.get(post.get_absolute_url()), "series-line")

    assert said == [f"Dans la série Chroniques du fournil, {place}"]


def test_a_series_of_one_counts_nothing(client):
    post = PostFactory(series=SeriesFactory())

    said = texts(client.get(post.get_absolute_url()), "series-line")

    assert said == ["Dans la série Chroniques du fournil"]
    assert texts(client.get(post.series.get_absolute_url()), "beginning") == []


def test_a_series_leads_to_where_it_begins(client, series_of_three):
    response = client.get("/fr/series/fournil/")

    assert texts(response, "beginning") == ["Pour commencer par le début : Un"]
    first = series_of_three.posts.get(title_fr="Un")
    links = parsed(response).xpath("//p[@class='beginning']/a/@href")
    assert links == [first.get_absolute_url()]


def test_a_column_says_where_it_was_published_first(client):
    post = PostFactory(source_name="La Lettre", source_url="https://lettre.example/4")

    page = parsed(client.get(post.get_absolute_url()))

    assert page.xpath("//p[@class='source']/a/@href") == ["https://lettre.example/4"]


def test_a_lead_picture_has_its_size_and_its_text_in_the_pages_language(client):
    post = PostFactory(lead_picture=PictureFactory())

    (picture,) = parsed(client.get(f"/en{post.get_absolute_url()[3:]}")).find_class(
        "u-photo"
    )

    assert (picture.get("alt"), picture.get("width"), picture.get("height")) == (
        "A golden loaf",
        "320",
        "200",
    )


def test_archives_count_the_posts_of_each_month(client, dated_post):
    PostFactory(published_at=datetime(2026, 3, 31, 23, 59, tzinfo=ZURICH))
    PostFactory(published_at=datetime(2025, 12, 31, 23, 59, tzinfo=ZURICH))

    page = parsed(client.get("/en/archives/"))

    months = page.xpath("//ol[@class='months']/li")
    assert [" ".join(li.text_content().split()) for li in months] == [
        "March 2",
        "December 1",
    ]


def test_a_month_holds_its_posts_to_the_last_minute(client, dated_post):
    PostFactory(
        title_fr="Dernier", published_at=datetime(2026, 3, 31, 23, 59, tzinfo=ZURICH)
    )
    PostFactory(
        title_fr="Avril", published_at=datetime(2026, 4, 1, 0, 0, tzinfo=ZURICH)
    )

    titles = parsed(client.get("/fr/2026/03/")).xpath(
        "//span[@class='title-line']/a[1]"
    )

    assert [a.text_content() for a in titles] == ["Dernier", dated_post.title_fr]


def test_a_tag_and_a_series_gather_their_posts(client):
    tag, series = TagFactory(slug="pain"), SeriesFactory(slug="fournil")
    PostFactory(title_fr="Dedans", series=series).tags.add(tag)
    PostFactory(title_fr="Dehors")

    assert texts(client.get("/fr/tags/pain/"), "p-name") == ["Dedans"]
    assert texts(client.get("/fr/series/fournil/"), "p-name") == ["Dedans"]


def test_a_page_is_read_and_offered_in_the_menu(client):
    page = Page.objects.create(
        slug="a-propos",
        title_fr="À propos",
        body_fr="<p>Bonjour.</p>",
        published_at=timezone.now(),
    )

    response = client.get(page.get_absolute_url())

    assert "<p>Bonjour.</p>" in response.content.decode()
    assert parsed(client.get("/fr/")).xpath("//nav[@class='rail']//a/@href") == [
        "/fr/",
        "/fr/archives/",
        "/fr/pages/a-propos/",
    ]


def test_the_days_of_the_month_are_written_as_in_the_language(client, dated_post):
    assert "1er mars 2026" in texts(client.get("/fr/"), "dt-published")
    assert "1 March 2026" in texts(client.get("/en/"), "dt-published")


def test_a_blog_named_in_one_language_keeps_its_name_in_the_other(client):
    Blog.objects.create(title_fr="Les carnets")

    (title,) = parsed(client.get("/en/")).find_class("blog-title")

    assert title.text_content() == "Les carnets"
    assert title.xpath(".//@lang") == ["fr"]


def test_the_front_page_needs_few_queries(client, django_assert_max_num_queries):
    tag, series = TagFactory(), SeriesFactory()
    for _number in range(12):
        PostFactory(series=series, lead_picture=PictureFactory()).tags.add(tag)

    with django_assert_max_num_queries(8):
        client.get("/fr/")


@pytest.mark.usefixtures("without_conversation")
def test_a_post_needs_six_queries_beside_its_conversation(
    client, django_assert_max_num_queries
):
    series = SeriesFactory()
    post = PostFactory(series=series, lead_picture=PictureFactory())
    PostFactory(series=series)
    post.tags.add(TagFactory(), TagFactory())

    with django_assert_max_num_queries(6):
        client.get(post.get_absolute_url())


@pytest.mark.parametrize(
    "path",
    [
        "/fr/",
        "/en/only/fr/",
        "/fr/archives/",
        "/fr/2026/",
        "/fr/2026/03/",
        "/fr/2026/03/01/levain/",
        "/en/2026/03/01/levain/",
        "/fr/series/",
        "/fr/rien/",
        "/",
        "/feeds/all.atom",
        "/sitemap.xml",
    ],
)
def test_a_reader_gets_no_cookie_and_a_page_that_suits_the_next_one(
    client, dated_post, path
):
    response = client.get(path)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_reading_is_all_a_list_is_for(client, method):
    assert getattr(client, method)("/fr/").status_code == 405


@pytest.mark.parametrize(
    "query",
    ["before=", "before=x", "after=%00", "before=2026-13-45T00:00:00Z_1",
     "before=2026-01-01T00:00:00Z_99999999999999999999",
     "after=9999-12-31T23:59:59Z_1", "before=0001-01-01T00:00:00Z_1",
     "before[]=1", "%00=%00", "q=" + "a" * 5000, "before=%FF%FE", "p=%00"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/fr/", "/fr/only/en/", "/"])
def test_a_hostile_query_never_breaks_a_page(client, post, path, query):
    assert client.get(f"{path}?{query}").status_code in {200, 302, 404}


def test_a_draft_is_shown_to_its_author_and_to_editors_alone(client, admin_client):
    post = PostFactory(published_at=None, title_fr="Brouillon")
    address = f"/fr/preview/{post.pk}/"
    client.force_login(UserFactory(username="somebody"))

    assert client.get(address).status_code == 404
    client.force_login(post.author)
    for reader in (client, admin_client):
        response = reader.get(address)
        assert response.status_code == 200
        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]
        assert texts(response, "draft-banner") != []


def test_the_preview_of_what_is_published_leads_to_it(admin_client, post):
    response = admin_client.get(f"/fr/preview/{post.pk}/")

    assert response["Location"] == post.get_absolute_url()


def test_those_who_keep_the_blog_get_their_bar_and_readers_do_not(admin_client, client):
    assert "staff-bar" in admin_client.get("/fr/").content.decode()
    assert "staff-bar" not in client.get("/fr/").content.decode()


def test_lists_do_not_load_the_texts_they_do_not_show(client):
    PostFactory()
    (post,) = client.get("/fr/").context["posts"]

    assert {"body_fr", "body_en", "body_html_fr"} <= post.get_deferred_fields()


def test_the_time_of_a_machine_is_one_that_html_takes(client, post):
    post.published_at = post.published_at.replace(microsecond=123456)
    post.save()

    for url in (post.get_absolute_url(), "/fr/", "/fr/archives/"):
        times = parsed(client.get(url)).xpath("//time/@datetime")
        assert all("." not in time for time in times), url


def test_a_page_made_for_one_person_is_kept_from_the_caches_of_everybody(
    admin_client, client, post
):
    for path in ("/fr/", post.get_absolute_url(), "/fr/nowhere/"):
        assert admin_client.get(path)["Cache-Control"] == "private"
        assert "Cache-Control" not in client.get(path)
    assert "no-store" in admin_client.get("/moderation/")["Cache-Control"]
