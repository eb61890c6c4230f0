import json
from datetime import UTC, datetime

from blog.models import Page
from comments.models import PostComment
from tests.factories import (
    CommentFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
)

MOMENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_a_feed_holds_what_anyone_may_read_and_nothing_else(exported):
    post = PostFactory(published_at=MOMENT)
    PostFactory(published_at=None, title_fr="Brouillon secret")
    Page.objects.create(
        title_fr="À propos", body_fr="<p>Moi.</p>", slug="a-propos", published_at=MOMENT
    )
    CommentFactory(post=post, comment="Bravo !")
    CommentFactory(post=post, comment="Retenu", status=PostComment.Status.HELD)

    text = (exported("json") / "feed.json").read_text(encoding="utf-8")

    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == [post.title_fr, "À propos"]
    assert "secret" not in text
    assert "Retenu" not in text
    assert "@" not in text


def test_an_item_says_all_of_its_post(exported, settings):
    picture = PictureFactory()
    post = PostFactory(
        published_at=MOMENT,
        title_en="Sourdough bread",
        body_en="<p>Three weeks old.</p>",
        body_fr=f'<p>Voici <img src="{picture.file.url}" alt="Une miche"></p>',
        lead_picture=picture,
        series=SeriesFactory(),
        source_url="https://journal.example/pain",
        source_name="Le Journal",
    )
    post.tags.add(TagFactory())
    first = CommentFactory(post=post, submit_date=MOMENT, affiliation="Moulin SA")
    CommentFactory(post=post, parent=first, submit_date=MOMENT, comment="Merci !")

    folder = exported("json")

    item = json.loads((folder / "feed.json").read_text(encoding="utf-8"))["items"][0]
    name = f"media/{picture.file.name}"
    assert (folder / name).read_bytes() == picture.file.open().read()
    assert item.pop("date_modified")[:10] == post.modified_at.date().isoformat()
    assert item == {
        "id": f"tag:127.0.0.1,2026:post-{post.pk}",
        "url": f"{settings.SITE_URL}/fr/2026/03/04/{post.slug}/",
        "external_url": "https://journal.example/pain",
        "title": "Le pain au levain, deuxième essai",
        "content_html": (
            f'<p>Voici <img src="{name}" width="320" height="200" alt="Une miche"></p>'
        ),
        "image": name,
        "date_published": "2026-03-04T05:06:07+00:00",
        "authors": [{"name": "Camille"}],
        "tags": ["cuisine"],
        "language": "fr",
        "_ctts": {
            "kind": "post",
            "slug": post.slug,
            "translation": {
                "language": "en",
                "title": "Sourdough bread",
                "content_html": "<p>Three weeks old.</p>",
            },
            "summaries": {"en": post.summary_en},
            "series": "Chroniques du fournil",
            "source_name": "Le Journal",
            "comments": [
                {
                    "id": f"tag:127.0.0.1,2026:comment-{first.pk}",
                    "name": "Noémie",
                    "date_published": "2026-03-04T05:06:07+00:00",
                    "language": "fr",
                    "content_html": first.html,
                    "affiliation": "Moulin SA",
                },
                {
                    "id": f"tag:127.0.0.1,2026:comment-{first.pk + 1}",
                    "name": "Noémie",
                    "date_published": "2026-03-04T05:06:07+00:00",
                    "language": "fr",
                    "content_html": "<p>Merci !</p>",
                    "in_reply_to": f"tag:127.0.0.1,2026:comment-{first.pk}",
                },
            ],
        },
    }


def test_a_blog_without_posts_is_a_feed_without_items(exported):
    feed = json.loads((exported("json") / "feed.json").read_text(encoding="utf-8"))

    assert feed["items"] == []
