"""The checklist, the secret link, ideas, and the odd hours of the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.redirects.models import Redirect
from django.utils import timezone, translation
from lxml import html

from blog import previewing
from blog.checklist import remarks
from blog.models import Post
from tests.factories import EnglishPostFactory, PictureFactory, PostFactory, UserFactory

from .test_writing import ADD, errors, typed

pytestmark = pytest.mark.django_db


def said(post):
    with translation.override("en"):
        return [(remark.text, remark.excerpt) for remark in remarks(post)]


def test_a_post_with_all_it_needs_gets_no_remark():
    assert said(PostFactory(body_fr="<h2>Un</h2><h3>Deux</h3><h2>Trois</h2>")) == []


@pytest.mark.parametrize(
    ("make", "missing", "remark"),
    [
        (PostFactory, {"summary_en": ""}, "A summary in English is missing."),
        (EnglishPostFactory, {"summary_fr": " "}, "A summary in French is missing."),
    ],
)
def test_a_missing_summary_is_remarked(make, missing, remark):
    assert said(make(**missing)) == [(remark, "")]


def test_a_picture_without_description_is_remarked_unless_it_is_decorative():
    bare, plain = PictureFactory(), PictureFactory(is_decorative=True)
    body = "".join(f'<p><img src="{p.file.url}" alt=""></p>' for p in (bare, plain))

    assert said(PostFactory(body_fr=body)) == [
        (
            "A picture has no description for those who do not see it.",
            bare.file.name.rsplit("/", 1)[-1],
        )
    ]


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("<h3>Trop petit</h3>", "Trop petit"),
        ("<h2>Un</h2><h4>Trop <em>petit</em></h4>", "Trop petit"),
    ],
)
def test_a_heading_that_skips_a_level_is_remarked(body, excerpt):
    assert said(PostFactory(body_fr=body)) == [
        ("A heading skips a level: it is smaller than the text needs.", excerpt)
    ]


def test_links_of_this_blog_that_lead_nowhere_are_remarked(settings):
    there = PostFactory(slug="la", published_at=datetime(2026, 5, 1, tzinfo=UTC))
    PostFactory(slug="brouillon", published_at=None)
    Redirect.objects.create(site_id=1, old_path="/vieux/", new_path="/fr/")
    dead = [
        "/fr/2026/05/01/parti/", f"{settings.SITE_URL}/fr/tags/rien/", "/nulle-part/",
        "/fr/2026/05/01/brouillon/", "/media/pictures/partie.jpg", "#fn9",
    ]  # fmt: skip
    alive = [
        there.get_absolute_url(), "/vieux/", "/fr/archives/", "/feeds/all.atom",
        "https://ailleurs.example/x", "mailto:a@b.example", "//x.example/", "#fn1",
    ]  # fmt: skip
    links = "".join(f'<a href="{href}">x</a> ' for href in dead + alive)

    found = said(PostFactory(body_fr=f'<p id="fn1">{links}</p>'))

    assert found == [("A link of this blog leads nowhere.", href) for href in dead]


@pytest.mark.parametrize("number", [3, 30])
def test_looking_after_links_takes_as_many_queries_however_many(
    django_assert_num_queries, number
):
    links = "".join(
        f'<a href="/fr/2026/05/01/billet-{n}/">x</a> <a href="/fr/tags/mot-{n}/">y</a> '
        for n in range(number)
    )
    post = PostFactory(body_fr=f"<p>{links}</p>")

    # Redirects, posts, tags: this is asked each time somebody stops to think.
    with django_assert_num_queries(3):
        assert len(remarks(post)) == 2 * number


def test_a_remark_never_keeps_a_post_from_being_published(admin_client, admin_user):
    admin_client.post(
        ADD,
        typed(author=admin_user.pk, summary_en="", published_at_0="2026-05-01",
              published_at_1="12:00:00"),
    )  # fmt: skip

    assert Post.objects.published().count() == 1


def test_a_secret_link_shows_a_draft_to_who_has_no_account(client):
    post = PostFactory(published_at=None)

    response = client.get(previewing.secret_link(post)[0])

    assert "Mon levain" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_a_secret_link_runs_out(client, monkeypatch):
    address, until = previewing.secret_link(PostFactory(published_at=None))
    monkeypatch.setattr("time.time", lambda: (until + timedelta(minutes=1)).timestamp())

    response = client.get(address)

    assert response.status_code == 410
    assert "Mon levain" not in response.content.decode()


def test_a_changed_secret_link_opens_nothing(client):
    address, _until = previewing.secret_link(PostFactory(published_at=None))
    other = PostFactory(published_at=None)
    token = address.rstrip("/").rsplit("/", 1)[1]

    for wrong in (f"{other.pk}:{token.split(':', 1)[1]}", token[:-1], "1", "%00"):
        assert client.get(f"/fr/preview/secret/{wrong}/").status_code == 404


def test_a_secret_link_leads_to_the_post_once_it_is_published(client):
    post = PostFactory(published_at=None)
    address = previewing.secret_link(post)[0]
    Post.objects.update(published_at=timezone.now())
    post.refresh_from_db()

    assert client.get(address)["Location"] == post.get_absolute_url()


def test_an_idea_is_a_title_and_a_line(admin_client, admin_user):
    sent = typed(author=admin_user.pk, body_fr="", summary_en="", note="Et le seigle ?")

    assert admin_client.post(ADD, sent).status_code == 302

    assert Post.objects.ideas().get().note == "Et le seigle ?"


def test_an_idea_cannot_be_given_a_date_before_it_has_a_text(admin_client, admin_user):
    sent = typed(author=admin_user.pk, body_fr="", published_at_0="2026-05-01",
                 published_at_1="12:00:00")  # fmt: skip

    assert len(errors(admin_client.post(ADD, sent))) == 1
    assert not Post.objects.exists()


def test_a_note_is_never_shown_to_readers(client):
    post = PostFactory(note="Zinzolin")

    assert "Zinzolin" not in client.get(post.get_absolute_url()).content.decode()
    assert (
        "Zinzolin" not in client.get("/fr/search/?q=zinzolin").content.decode()[5000:]
    )


def test_the_list_tells_ideas_from_drafts(admin_client, django_assert_max_num_queries):
    PostFactory(published_at=None, body_fr="", title_fr="Seigle")
    PostFactory(published_at=None, title_fr="Épeautre")

    with django_assert_max_num_queries(12):
        everything = admin_client.get("/admin/blog/post/")
    page = html.fromstring(everything.content.decode())
    assert sorted(page.xpath("//td[@class='field-state']/text()")) == [
        "Brouillon",
        "Idée",
    ]
    ideas = admin_client.get("/admin/blog/post/?state=idea").content.decode()
    assert "Seigle" in ideas
    assert "Épeautre" not in ideas


def scheduled(admin_client, admin_user, day, time):
    with translation.override("en"):
        return admin_client.post(
            ADD,
            typed(author=admin_user.pk, published_at_0=day, published_at_1=time),
            headers={"accept-language": "en"},
        )


@pytest.mark.parametrize(
    ("day", "time", "utc"),
    [
        ("2030-03-30", "09:00", (2030, 3, 30, 8)),
        ("2030-03-31", "09:00", (2030, 3, 31, 7)),
        ("2030-10-27", "09:00", (2030, 10, 27, 8)),
        ("2030-10-27", "01:59", (2030, 10, 26, 23, 59)),
        ("2030-10-27", "03:00", (2030, 10, 27, 2)),
    ],
)
def test_a_post_appears_by_the_blogs_clock(admin_client, admin_user, day, time, utc):
    scheduled(admin_client, admin_user, day, time)

    assert Post.objects.get().published_at == datetime(*utc, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2030-03-31", "there is no 02:30. What about 03:30?"),
        ("2030-10-27", "02:30 comes twice."),
    ],
)
def test_an_odd_hour_gets_a_clear_sentence(admin_client, admin_user, day, sentence):
    response = scheduled(admin_client, admin_user, day, "02:30")

    assert [sentence in error for error in errors(response)] == [True]
    assert not Post.objects.exists()


def test_a_moment_in_an_hour_that_came_twice_stays_what_it_was(admin_client):
    moment = datetime(2025, 10, 26, 1, 30, 5, 123, tzinfo=UTC)  # the second 02:30
    post = PostFactory(published_at=moment, author=UserFactory(username="admin"))
    sent = typed(author=post.author_id, slug=post.slug, title_fr="Autre",
                 published_at_0="2025-10-26", published_at_1="02:30:05")  # fmt: skip

    response = admin_client.post(f"/admin/blog/post/{post.pk}/change/", sent)

    assert response.status_code == 302
    post.refresh_from_db()
    assert (post.title_fr, post.published_at) == ("Autre", moment)


def titles(client, path="/fr/"):
    page = html.fromstring(client.get(path).content.decode())
    return page.xpath("//h2[@class='entry-title']/a/text()")


def test_a_pinned_post_stays_at_the_top_of_the_first_page_alone(client):
    old = timezone.now() - timedelta(days=400)
    PostFactory(title_fr="Ancien", published_at=old, is_pinned=True)
    PostFactory(title_fr="Brouillon", published_at=None, is_pinned=True)
    for number in range(11):
        PostFactory(title_fr=str(number), published_at=old + timedelta(days=number + 1))

    first = titles(client)

    assert first == ["Ancien", *[str(number) for number in range(10, 0, -1)]]
    assert titles(client, "/fr/only/fr/")[0] == "10"


def test_a_new_post_that_is_pinned_is_shown_once(client):
    PostFactory(title_fr="Premier")
    PostFactory(title_fr="Second", is_pinned=True)

    assert titles(client) == ["Second", "Premier"]
