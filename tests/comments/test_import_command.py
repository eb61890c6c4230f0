import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from blog.html import plain_text
from blog.models import Page, Post
from comments.models import Mention, PostComment

pytestmark = pytest.mark.django_db

EXPORT = Path(__file__).parent.parent / "data" / "wordpress" / "deux-langues.xml"


@pytest.fixture(autouse=True)
def _sentences_in_english():
    with translation.override("en"):
        yield


def run(*arguments):
    out = StringIO()
    call_command("import_wordpress", *map(str, arguments), stdout=out)
    return out.getvalue()


def run_json(*arguments):
    return json.loads(run("--json", *arguments))


def test_the_report_counts_what_came_in_and_what_did_not():
    report = run_json(EXPORT)

    items = report.pop("items")
    assert report == {
        "files": [str(EXPORT)],
        "dry_run": False,
        "posts": {
            "found": 4,
            "added": 3,
            "merged": 0,
            "unchanged": 0,
            "left_out": 1,
            "published": 2,
            "scheduled": 0,
            "draft": 1,
        },
        "pages": {
            "found": 1,
            "added": 1,
            "unchanged": 0,
            "left_out": 0,
            "published": 1,
            "scheduled": 0,
            "draft": 0,
        },
        "comments": {
            "found": 4,
            "published": 2,
            "held": 1,
            "rejected": 0,
            "unconfirmed": 0,
            "unchanged": 0,
            "left_out": 1,
        },
        "mentions": {"found": 1, "added": 1, "unchanged": 0, "left_out": 0},
        "languages": {"fr": 3, "en": 1, "guessed": 2},
        "pictures": {"found": 1, "copied": 0, "missing": 0, "refused": 0},
        "authors": 1,
        "commenters": 3,
        "decisions": 0,
        "redirects": 27,
        "series": 0,
        "tags": 2,
        "learned": 0,
        "left_out": [
            {"what": "comment", "why": "spam", "count": 1},
            {"what": "nav_menu_item", "why": "not a post or page", "count": 1},
            {"what": "post", "why": "trash", "count": 1},
        ],
        "notes": {},
        "shortcodes": {},
        "text": {
            "characters": 345,
            "lost": 0,
            "not_text": {"[caption]": 60, "[code]": 13, "[gallery]": 17},
        },
        "missing_pictures": [],
        "refused_pictures": {},
    }
    assert [found["id"] for found in items] == ["11", "12", "13", "14", "17"]
    assert items[0]["comments"] == {
        "published": ["51", "52"],
        "held": ["53"],
        "left_out": ["54"],
        "mentions": ["55"],
        "replies": {"52": "51"},
        "roots": ["51", "53"],
    }


def test_the_blog_reads_as_it_did(client):
    run(EXPORT)

    french, english = Post.objects.published().order_by("published_at")
    words = plain_text(french.body_html_fr)
    assert words.startswith("La mie reste serrée, mais la croûte chante quand je")
    for part in ("La troisième fournée", "Une miche dorée", "La recette :"):
        assert part in words
    assert words.endswith("farine < 500 g && eau > 300 g")
    assert french.summary_en == "My sourdough is three weeks old. The crust sings."
    assert english.summary_fr == "Le train est parti tard ; au réveil, des oliviers."
    assert Page.objects.get().title_fr == "À propos"
    assert [row.user_name for row in PostComment.objects.published().on(french)] == [
        "Basile",
        "Lise",
    ]
    assert Mention.objects.get().title == "Le carnet de Basile » Du pain"


def test_a_second_run_adds_nothing():
    run(EXPORT)

    report = run_json(EXPORT)

    assert report["posts"]["added"] == report["pages"]["added"] == 0
    assert report["posts"]["unchanged"] == 3
    assert report["comments"]["unchanged"] == 3
    assert report["redirects"] == 0
    assert {found["state"] for found in report["items"]} == {"unchanged", "left out"}


def test_a_rehearsal_says_so_and_writes_nothing():
    told = run(EXPORT, "--dry-run")

    assert told.startswith("This was a rehearsal: nothing has been written.")
    assert not Post.objects.exists()


def test_the_report_is_told_in_words():
    told = run(EXPORT)

    assert "Comments: 4 found, 2 published, 1 held for a moderator, 1 left out" in told
    assert "1 × comment: spam" in told


def test_a_broken_file_is_an_error_that_says_where(tmp_path):
    broken = tmp_path / "cut-off.xml"
    broken.write_bytes(EXPORT.read_bytes()[:5000])

    with pytest.raises(
        CommandError, match=r"cut-off\.xml, line \d+:.*Nothing was imported"
    ):
        run(EXPORT, broken)

    assert not Post.objects.exists()
