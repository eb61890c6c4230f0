"""The import tried on exports of real blogs, where a machine has them.

They stay where they are: CTTS_SHARED_DATA names their folder, and without it these
tests are skipped.
"""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from PIL import Image

from blog.importing.media import BrokenMedia
from blog.importing.wxr import BrokenExport
from blog.models import Page, Picture, Post, localized
from comments.importing import import_wordpress
from comments.models import Mention, PostComment
from tests.blog.importing.exports import export, item

DATA = Path(settings.SHARED_DATA or "/nowhere")
WORDPRESS = DATA / "wordpress"
HOSTILE = DATA / "hostile" / "files"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not WORDPRESS.is_dir(), reason="CTTS_SHARED_DATA is not set"),
]


@pytest.fixture(autouse=True)
def _sentences_in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("name", "posts", "drafts", "pages", "published", "held", "mentions"),
    [
        ("alienlebarge", 571, 17, 0, 371, 4, 30),
        ("cc-archive", 219, 0, 5, 119, 0, 61),
        ("bhardin", 199, 0, 4, 69, 3, 99),
        ("charleso", 20, 1, 0, 33, 0, 0),
        ("bioops", 127, 1, 4, 57, 0, 0),
        ("fdietz", 119, 0, 5, 6, 0, 4),
        ("bateman", 44, 0, 16, 0, 0, 0),
    ],
)
def test_real_blogs_come_in_as_they_were(
    name, posts, drafts, pages, published, held, mentions
):
    path = WORDPRESS / "real" / f"{name}.xml"

    report = import_wordpress([path])

    assert report.characters
    assert report.lost["text"] == 0
    assert Post.objects.published().count() == posts
    assert Post.objects.filter(published_at=None).count() == drafts
    assert Page.objects.count() == pages
    assert PostComment.objects.published().count() == published
    assert PostComment.objects.held().count() == held
    assert Mention.objects.count() == mentions
    bodies = "".join(
        localized(post, "body_html", language)
        for post in Post.objects.all()
        for language in post.full_languages
    )
    for left in ("[caption", "[gallery", "<!--", "<script", "onerror=", "<p></p>"):
        assert left not in bodies.replace("[gallery]", "")


def test_a_second_run_changes_nothing_of_a_real_blog():
    path = WORDPRESS / "real" / "charleso.xml"
    import_wordpress([path])
    before = [list(m.objects.order_by("pk").values()) for m in (Post, PostComment)]

    report = import_wordpress([path])

    after = [list(m.objects.order_by("pk").values()) for m in (Post, PostComment)]
    assert after == before
    assert (report.posts["added"], report.comments["published"]) == (0, 0)


def test_a_bilingual_blog_comes_in_as_expected():
    folder = WORDPRESS / "basic-bilingual"
    expected = json.loads((folder / "ctts-style.expected.json").read_text())

    data = import_wordpress([folder / "ctts-style.xml"]).to_json()

    assert data["posts"]["found"] == expected["counts"]["post"]
    assert data["pages"]["found"] == expected["counts"]["page"]
    assert data["pictures"]["found"] == expected["counts"]["attachment"]
    told = {item["id"]: item for item in data["items"]}
    assert len(told) == len(expected["posts"])
    for post in expected["posts"]:
        _compare(post, told[str(post["id"])])


def _compare(expected, told):
    """Compare every field that ``expected`` has with the report and the database."""
    assert told["type"] == expected.get("type", "post")
    if "status" in expected:
        assert told["status"] == expected["status"]
    if expected.get("status") == "trash":
        assert told["state"] == "left out"
        return
    if "lang" in expected:
        assert told["language"] == expected["lang"]
    if "guess" in expected.get("note", ""):
        assert told["is_language_guessed"]
    if "translation_of" in expected:
        assert told["translation_of"] == str(expected["translation_of"])
        return
    model = Page if told["type"] == "page" else Post
    row = model.objects.get(import_key=told["key"])
    assert row.is_published == (told["status"] == "published")
    for language, summary in expected.get("summary", {}).items():
        assert localized(row, "summary", language) == summary
    if expected.get("summary") == {}:
        assert row.other_summary == ""
    if "excerpt" in expected:
        assert row.original_summary == expected["excerpt"]
    if "canonical" in expected:
        assert (row.source_url, row.source_is_canonical) == (
            expected["canonical"],
            True,
        )
    for language, title in expected.get("langs", {}).items():
        assert localized(row, "title", language) == title
        assert localized(row, "body", language)
        assert "[:" not in localized(row, "body", language)
    if "permalink_path" in expected:
        paths = [path.lower() for path in told["old_paths"]]
        assert expected["permalink_path"] in paths
    if "title_from" in expected:
        assert row.original_title.startswith("The cat sleeps")
        assert PostComment.objects.on(row).count() == 1
    if "tags" in expected:
        names = {tag.name_fr for tag in row.tags.all()}
        assert names == {*expected["tags"], *expected["categories"]}
    if "comments" in expected:
        _compare_comments(expected["comments"], told["comments"], row)


def _compare_comments(expected, told, post):
    def numbers(rows):
        return {int(row.import_key.rpartition("-")[2]): row for row in rows}

    public = numbers(PostComment.objects.published().on(post))
    assert public.keys() == set(expected["public"])
    held = numbers(PostComment.objects.held().on(post))
    assert held.keys() == set(expected["pending"])
    left_out = {int(number) for number in told["left_out"]}
    assert left_out == {*expected["not_public"], *expected["not_comments"]}
    mentions = {int(row.import_key.rpartition("-")[2]) for row in post.mentions.all()}
    assert mentions == set(expected["mentions"])
    replies = {str(n): row for n, row in public.items() if row.is_reply}
    assert replies.keys() == expected["reply"].keys()
    for number, parent in expected["reply"].items():
        assert replies[number].parent_id == public[parent].pk


def test_a_truncated_export_is_told_and_nothing_of_it_kept():
    with pytest.raises(BrokenExport, match=r"truncated\.xml, line 79"):
        import_wordpress([WORDPRESS / "basic-bilingual" / "truncated.xml"])

    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "wxr_billion_laughs.xml",
        "wxr_quadratic.xml",
        "gzip_bomb_100MB.xml.gz",
        "zip_bomb_100MB.zip",
        "zip_nested_2GB.zip",
        "svg_xxe.svg",
        "double_ext.php.jpg",
    ],
)
def test_hostile_files_are_refused(name):
    with pytest.raises(BrokenExport, match=rf"{name}, line \d"):
        import_wordpress([HOSTILE / name])

    assert not Post.objects.exists()


def test_a_bomb_among_the_pictures_is_refused_and_no_archive_in_one_is_opened():
    blog = WORDPRESS / "real" / "charleso.xml"

    with pytest.raises(BrokenMedia, match="would unpack to"):
        import_wordpress([blog], media=HOSTILE / "zip_bomb_100MB.zip")
    assert not Post.objects.exists()

    report = import_wordpress([blog], media=HOSTILE / "zip_nested_2GB.zip")
    assert report.pictures["copied"] == report.pictures["refused"] == 0


def test_each_hostile_picture_gets_what_its_manifest_says(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    rows = (HOSTILE.parent / "files_manifest.jsonl").read_text().splitlines()
    expected = {
        Path(row["payload"]).name: row["expect"].startswith(("accept", "stored"))
        for row in map(json.loads, rows)
        if not Path(row["payload"]).name.startswith(("wxr_", "zip_", "gzip_"))
    }
    assert expected.pop("tiny_tga.tga") is False  # no address of a picture ends so
    path = tmp_path / "export.xml"
    path.write_text(
        export(
            *(
                item(
                    number,
                    post_type="attachment",
                    status="inherit",
                    more="<wp:attachment_url>https://carnet.example/wp-content/uploads/"
                    f"{name}</wp:attachment_url>",
                )
                for number, name in enumerate(expected, start=1)
            )
        )
    )

    report = import_wordpress([path], media=HOSTILE)

    assert len(expected) > 9
    for name, is_accepted in expected.items():
        assert (name not in report.refused) == is_accepted, name
    assert report.pictures["copied"] == sum(expected.values())
    for picture in Picture.objects.all():
        with Image.open(picture.file.path) as image:
            assert not image.getexif()
            assert picture.file.name.endswith((".jpg", ".png"))
        content = Path(picture.file.path).read_bytes()
        assert b"<script" not in content
        assert b"<?php" not in content


@pytest.mark.parametrize(
    ("name", "posts"),
    [
        ("wxr_control_chars.xml", 1),
        ("wxr_duplicate_slugs.xml", 19),
        ("wxr_html_in_comment.xml", 1),
        ("wxr_utf16.xml", 1),
    ],
)
def test_damaged_files_come_in_as_far_as_they_go(name, posts):
    import_wordpress([HOSTILE / name])
    report = import_wordpress([HOSTILE / name])

    assert Post.objects.count() == posts
    assert Post.objects.values("slug").distinct().count() == posts
    assert report.posts["added"] == 0


def official(malformed):
    files = (WORDPRESS / "official").glob("*.xml") if WORDPRESS.is_dir() else []
    return sorted(path for path in files if ("malformed" in path.name) == malformed)


@pytest.mark.parametrize("path", official(False), ids=lambda path: path.name)
def test_wordpress_s_own_test_files_come_in(path):
    report = import_wordpress([path])

    public = Post.objects.published().count() + Page.objects.published().count()
    assert public == report.posts["published"] + report.pages["published"]
    assert report.posts["found"] == Post.objects.count() + report.posts["left out"]
    assert report.lost["text"] == 0


@pytest.mark.parametrize("path", official(True), ids=lambda path: path.name)
def test_wordpress_s_own_malformed_files_are_told(path):
    with pytest.raises(BrokenExport, match=rf"{path.name}, line \d"):
        import_wordpress([path])

    assert not Post.objects.exists()
