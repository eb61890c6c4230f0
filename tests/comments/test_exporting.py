"""Out and in again: an export read into an empty blog gives an equal one."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.redirects.models import Redirect
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.utils import timezone, translation
from lxml import etree

from blog.exporting.formats import export
from blog.models import Blog, Page, Picture, Post, Series, Tag
from comments import decided, services
from comments.exporting import Conversations
from comments.importing import import_wordpress
from comments.models import (
    Commenter,
    Decision,
    Follow,
    LearnedExample,
    Mention,
    PostComment,
    Screening,
)
from tests.factories import (
    CommentFactory,
    EnglishPostFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
)

MOMENT = datetime(2026, 3, 4, 5, 6, 7, 123456, tzinfo=UTC)
LANGUAGES = ("fr", "en")
DECIDED = ("outcome", "reason", "note", "before", "batch", "created_at")
# What is worked out from the rest, or belongs to one installation alone.
NOT_COMPARED = {
    Post: {"id", "import_key", "author_id", "series_id", "lead_picture_id"},
    Page: {"id", "import_key"},
    Picture: {"id", "import_key"},
    Tag: {"id"},
    Series: {"id"},
    Blog: {"id"},
    Mention: {"id", "import_key", "post_id"},
    PostComment: {
        "id", "comment_ptr_id", "xtdcomment_ptr_id", "import_key", "object_pk",
        "content_type_id", "parent_id", "thread_id", "user_id", "commenter_id",
        "screening_id", "honeypot", "followup", "ip_address", "is_removed",
    },
}  # fmt: skip
# What modeltranslation shows of the others, in the language of the moment.
TRANSLATED = {"title", "body", "body_html", "summary", "name", "description", "alt"}
TRANSLATED |= {"caption", "tagline", "about", "invitation"}


def fields(row):
    """Return all there is to know of a row; nothing said is nothing said."""
    left_out = NOT_COMPARED[type(row)] | TRANSLATED
    return {
        field.attname: getattr(row, field.attname) or ""
        for field in row._meta.concrete_fields
        if field.attname not in left_out
    }


def whole_blog():
    """Return everything that was written here, as plain data without keys."""
    comments = {c.pk: c for c in PostComment.objects.select_related("user")}
    slugs = dict(Post.objects.values_list("pk", "slug"))

    def spoken(comment):
        return (slugs[int(comment.object_pk)], comment.comment, comment.submit_date)

    return {
        "blog": [fields(row) for row in Blog.objects.all()],
        "tags": [fields(row) for row in Tag.objects.order_by("slug")],
        "series": [fields(row) for row in Series.objects.order_by("slug")],
        "pictures": [fields(row) for row in Picture.objects.order_by("file")],
        "pages": [fields(row) for row in Page.objects.order_by("slug")],
        "posts": [
            fields(post)
            | {
                "author": post.author.username,
                "series": post.series and post.series.slug,
                "picture": post.lead_picture and post.lead_picture.file.name,
                "tags": sorted(tag.slug for tag in post.tags.all()),
                "words": (post.search_text.title, post.search_text.body),
                "links": sorted(post.links.values_list("slug", flat=True)),
            }
            for post in Post.objects.order_by("slug")
        ],
        "comments": sorted(
            (
                *spoken(comment),
                fields(comment),
                comment.user and comment.user.username,
                comment.commenter and comment.commenter.email,
                comment.commenter and comment.commenter.confirmed_at,
                spoken(comments[comment.parent_id]) if comment.is_reply else None,
            )
            for comment in comments.values()
        ),
        "decisions": [
            (
                spoken(comments[row.comment_id]),
                row.moderator and row.moderator.username,
                row.undoes and row.undoes.created_at,
                *(getattr(row, name) for name in DECIDED),
            )
            for row in Decision.objects.order_by("created_at")
        ],
        "lessons": sorted(
            (*spoken(comments[row.decision.comment_id]), row.label)
            for row in LearnedExample.objects.select_related("decision")
        ),
        "mentions": [fields(row) for row in Mention.objects.order_by("title")],
        "redirects": sorted(Redirect.objects.values_list("old_path", "new_path")),
        "authors": sorted(
            get_user_model()
            .objects.exclude(posts=None, comment_comments=None, decisions=None)
            .values_list("username", "email", "first_name", "last_name")
        ),
    }


def empty():
    LearnedExample.objects.all().delete()
    PostComment.objects.update(screening=None)
    for model in (Decision, Screening):  # which refuse to be deleted, being a record
        QuerySet(model)._raw_delete("default")
    PostComment.objects.all().delete()
    Commenter.objects.all().delete()
    for model in (Post, Page, Picture, Tag, Series, Blog, Redirect):
        model.objects.all().delete()
    get_user_model().objects.all().delete()


@pytest.fixture
def blog(settings, tmp_path, moderator):
    """A blog with one of everything."""
    settings.MEDIA_ROOT = tmp_path / "media"
    Blog.objects.create(
        title_fr="Le carnet & co", title_en="The notebook", tagline_en="Of bread",
        comment_policy="hold_first", strictness="much", comments_close_after_days=30,
        about_fr="J’écris & je cuis.", invitation_en="Do <come> in.",
        author_name="Lise", accent="#7a1f1f",
    )  # fmt: skip
    picture = PictureFactory(caption_fr="Chez « moi »", credit="© Lise", alt_en="")
    PictureFactory(is_decorative=True, alt_fr="", alt_en="")
    tags = TagFactory(), TagFactory(name_fr="« A & B »", name_en="")
    Tag.objects.create(name_en="unused", slug="unused")
    french = PostFactory(
        slug="Pain-au-levain",
        title_fr="Le « pain » <b>&amp; l’eau\u202f!",
        published_at=MOMENT,
        body_fr=(
            f'<p>Voici <img src="{picture.file.url}" alt="Une miche"> ]]&gt; et ]]></p>'
            "\n\n<pre>[gallery]\n\n[caption]</pre><!--more-->\n<table><tr><td>1</td></tr>"
            '</table><p lang="en">And <a href="/en/2026/03/04/train/">that</a></p>'
        ),
        summary_fr="En bref :\n\nun & deux.",
        title_en="The bread",
        body_en=f'<p>Here <img src="{picture.file.url}" alt="A loaf"></p>',
        lead_picture=picture,
        series=SeriesFactory(description_fr="Tout & rien"),
        source_name="Le Journal", source_url="https://journal.example/1",
        source_is_canonical=True, comment_policy="hold_all", is_language_guessed=True,
        is_pinned=True, note="Relire la fin & dormir.",
    )  # fmt: skip
    french.tags.add(*tags)
    english = EnglishPostFactory(
        slug="train", author=UserFactory(username="lise", email="lise@blog.example")
    )
    PostFactory(slug="brouillon", published_at=None, comment_policy="closed")
    PostFactory(slug="demain", published_at=timezone.now() + timedelta(days=3))
    Page.objects.create(
        title_fr="À propos", body_fr="<p>Moi.</p>", slug="a-propos", position=3,
        published_at=MOMENT,
    )  # fmt: skip
    Page.objects.create(
        title_en="Hidden", body_en="<p>Me.</p>", slug="hidden", is_in_menu=False,
        original_language="en",
    )  # fmt: skip
    _converse(french, moderator)
    Mention.objects.create(
        post=english, title="A & B", url="https://a.example/", kind="pingback",
        mentioned_at=MOMENT.replace(microsecond=0), import_key="x",
    )  # fmt: skip
    for old, new in (
        ("/?p=7", "/fr/2026/03/04/Pain-au-levain/"),
        ("/bread/", "/en/2026/03/04/Pain-au-levain/"),
        ("/about", "/fr/pages/a-propos/"),
        ("/feed/", "/feeds/all.rss"),
        ("/gone/", ""),
    ):
        Redirect.objects.create(site_id=1, old_path=old, new_path=new)
    return french


def _converse(post, moderator):
    first = services.submit(
        post, text="D’accord & pas <b>d’accord</b>.\n\nVoilà ]]>", name="Noé & Zoé",
        email="noe@mail.example", url="https://noe.example/",
        affiliation="le Moulin & Cie",
    )  # fmt: skip
    services.decide(first, moderator=moderator, outcome="publish")
    reply = CommentFactory(
        post=post, parent=first, comment="Et moi ?", affiliation="Moulin",
        language="en", user=post.author, user_email="", submit_date=MOMENT,
    )  # fmt: skip
    CommentFactory(post=post, parent=reply, comment="Moi aussi.", denies_tie=True)
    hidden = CommentFactory(
        post=post, comment="Achetez mes fours", user_name="Robot", status="held"
    )
    CommentFactory(post=post, parent=hidden, comment="Je réponds au caché.")
    services.decide(hidden, moderator=moderator, outcome="reject", reason="promotional")
    CommentFactory(post=post, comment="Attends", status="unconfirmed")
    CommentFactory(post=post, comment="<p>En <em>HTML</em> &amp; co</p>", is_html=True)
    CommentFactory(post=post, comment="", user_name="", user_email="", is_erased=True)
    amended = CommentFactory(post=post, comment="Trop court", status="held")
    rejection = {"moderator": moderator, "outcome": "reject", "reason": "off_topic"}
    first = services.decide(amended, **rejection)
    services.undo(first, moderator=moderator)
    services.decide(amended, **rejection, note="Dites-nous le lien & revenez.")
    services.reopen(amended, moderator=None)
    services.decide_together([amended], moderator=moderator, outcome="publish")
    Commenter.objects.get_or_create(
        email="noemie@mail.example", defaults={"confirmed_at": MOMENT}
    )
    PostComment.objects.filter(user_email="noemie@mail.example").update(
        commenter=Commenter.objects.get(email="noemie@mail.example")
    )


def out(path, name="wordpress"):
    export(path, [name], Conversations())
    return path


def test_an_export_read_into_an_empty_blog_gives_an_equal_blog(blog, tmp_path):
    before = whole_blog()
    folder = out(tmp_path / "out")
    files = {p.file.name for p in Picture.objects.all()}
    empty()
    for name in files:
        (tmp_path / "media" / name).unlink()

    import_wordpress([folder / "wordpress.xml"], media=folder / "media")

    after = whole_blog()
    assert before.keys() == after.keys()
    for part, rows in before.items():
        for old, new in zip(rows, after[part], strict=True):
            assert new == old, part
    assert {p.file.name for p in Picture.objects.all()} == files
    assert len(before["comments"]) == 9
    assert len(before["decisions"]) == 7
    assert len(before["lessons"]) == 3


def test_the_second_time_nothing_changes(blog, tmp_path):
    folder = out(tmp_path / "out")
    empty()
    import_wordpress([folder / "wordpress.xml"], media=folder / "media")
    first = whole_blog()

    report = import_wordpress([folder / "wordpress.xml"], media=folder / "media")

    assert whole_blog() == first
    assert report.posts["added"] == report.comments["published"] == 0
    assert report.added["redirects"] == 0


def changed(decisions, **values):
    return json.dumps([decisions[0] | values, *decisions[1:]])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: "[",
        lambda told: "{}",
        lambda told: "[1]",
        lambda told: "[{}]",
        lambda told: changed(told, by=""),
        lambda told: changed(told, by=7),
        lambda told: changed(told, outcome="burn"),
        lambda told: changed(told, reason=""),
        lambda told: changed(told, before="x"),
        lambda told: changed(told, batch="x" * 17),
        lambda told: changed(told, undoes=0),
        lambda told: changed(told, undoes="0"),
        lambda told: changed(told, created_at="yesterday"),
        lambda told: changed(told, created_at="2999-01-01T00:00:00+00:00"),
    ],
)
def test_decisions_that_cannot_be_are_left_out_and_the_comment_stays(
    blog, tmp_path, spoil
):
    comment = PostComment.objects.get(comment="Trop court")
    told = list(decided.told(list(comment.decisions.order_by("pk"))))
    folder = out(tmp_path / "out")
    path = folder / "wordpress.xml"
    text = path.read_text(encoding="utf-8")
    written = json.dumps(told, ensure_ascii=False)
    assert text.count(written) == 1
    path.write_text(text.replace(written, spoil(told)), encoding="utf-8")
    empty()

    report = import_wordpress([path])

    assert report.left_out["decision", "not as exported"] == 1
    comment = PostComment.objects.get(comment="Trop court")
    assert (comment.status, comment.decisions.count()) == ("published", 0)


def test_what_was_decided_elsewhere_is_read_from_no_other_export(blog, tmp_path):
    path = out(tmp_path / "out") / "wordpress.xml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"<ctts:blog>.*</ctts:blog>", "", text, flags=re.S))
    empty()

    import_wordpress([path])

    assert not Decision.objects.exists()
    assert not Commenter.objects.exclude(confirmed_at=None).exists()


def test_without_the_files_pictures_are_led_to_where_they_were(
    blog, tmp_path, settings
):
    folder = out(tmp_path / "out")
    empty()

    import_wordpress([folder / "wordpress.xml"])

    body = Post.objects.get(slug="Pain-au-levain").body_fr
    assert f'<img src="{settings.SITE_URL}/media/pictures/' in body
    assert not Picture.objects.exists()


def test_it_is_the_xml_that_wordpress_reads(blog, tmp_path):
    root = etree.parse(out(tmp_path / "out") / "wordpress.xml").getroot()

    wp = "{http://wordpress.org/export/1.2/}"
    items = root.findall("channel/item")
    numbers = [item.findtext(f"{wp}post_id") for item in items]
    assert len(set(numbers)) == len(numbers) == 8
    by_slug = {item.findtext(f"{wp}post_name"): item for item in items}
    assert {slug: by_slug[slug].findtext(f"{wp}status") for slug in by_slug} | {
        "Pain-au-levain": "publish",
        "train": "publish",
        "brouillon": "draft",
        "demain": "future",
        "a-propos": "publish",
        "hidden": "draft",
    } == {slug: by_slug[slug].findtext(f"{wp}status") for slug in by_slug}
    assert by_slug["brouillon"].findtext(f"{wp}comment_status") == "closed"
    french = by_slug["Pain-au-levain"]
    assert french.findtext("title") == "Le « pain » &lt;b&gt;&amp;amp; l’eau\u202f!"
    meta = {
        row.findtext(f"{wp}meta_key"): row.findtext(f"{wp}meta_value")
        for row in french.findall(f"{wp}postmeta")
    }
    assert meta["bb-post-language"] == "fr"
    summary = blog.summary_en
    assert meta["bb-post-excerpts"] == (
        f'a:1:{{s:2:"en";s:{len(summary.encode())}:"{summary}";}}'
    )
    assert meta["_thumbnail_id"] in numbers
    assert meta["_yoast_wpseo_canonical"] == "https://journal.example/1"
    approved = {
        row.findtext(f"{wp}comment_author"): row.findtext(f"{wp}comment_approved")
        for row in french.findall(f"{wp}comment")
    }
    assert approved["Robot"] == "spam"
    assert approved["Noé &amp; Zoé"] == "1"
    ids = {row.findtext(f"{wp}comment_id") for row in french.findall(f"{wp}comment")}
    parents = {
        row.findtext(f"{wp}comment_parent") for row in french.findall(f"{wp}comment")
    }
    assert parents <= ids | {"0"}
    assert len(ids) == 9


def test_control_characters_and_ends_of_sections_make_no_broken_file(post, tmp_path):
    Post.objects.filter(pk=post.pk).update(body_fr="<p>a\x01\x0b]]></p>\ufffe")

    root = etree.parse(out(tmp_path / "out") / "wordpress.xml").getroot()

    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    assert root.findtext(f"channel/item/{content}") == "<p>a]]></p>"


def test_no_secret_leaves(blog, tmp_path, moderator):
    user = blog.author
    user.set_password("un mot de passe")
    user.save()
    PostComment.objects.update(ip_address="192.0.2.77")
    Follow.objects.create(post=blog, email="follower@mail.example", language="fr")

    text = (out(tmp_path / "out") / "wordpress.xml").read_text(encoding="utf-8")

    assert user.password not in text
    assert "192.0.2.77" not in text
    assert "follower@mail.example" not in text
    # These are what WordPress knows a writer by.
    assert "noe@mail.example" in text


def test_how_many_questions_are_asked_does_not_grow_with_the_comments(
    blog, tmp_path, django_assert_max_num_queries
):
    for number in range(30):
        CommentFactory(post=blog, comment=f"Encore {number}")

    with django_assert_max_num_queries(60):
        out(tmp_path / "out")


def run(*arguments):
    told = StringIO()
    with translation.override("en"):
        call_command("export_blog", *map(str, arguments), stdout=told)
    return told.getvalue()


def test_the_command_writes_several_formats_side_by_side(blog, tmp_path):
    told = run(tmp_path / "out", "--format", "json", "--format", "wordpress")

    assert (tmp_path / "out/json/feed.json").is_file()
    assert (tmp_path / "out/wordpress/wordpress.xml").is_file()
    assert "json: 2 posts, 1 page, 7 comments" in told
    assert "keep it to yourself" in told


def test_the_command_refuses_a_folder_that_is_not_empty(blog, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(CommandError, match="nothing was written"):
        run(tmp_path, "--format", "all")


def test_a_site_that_would_lack_a_page_is_not_written(blog, tmp_path, monkeypatch):
    def fail(*_args):
        raise RuntimeError("a table is gone")

    monkeypatch.setattr("blog.models.Blog.current", fail)

    with pytest.raises(CommandError, match=r"/fr/ could not be made.*nothing was"):
        run(tmp_path / "out", "--format", "html")

    assert list(tmp_path.glob("*out*")) == []
