import json
from datetime import UTC, datetime

from comments.models import PostComment
from tests.factories import (
    CommentFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
)

MOMENT = datetime(2026, 3, 4, 5, 6, 7, 890, tzinfo=UTC)


def test_a_post_is_a_folder_with_all_that_belongs_to_it(exported, settings):
    picture = PictureFactory()
    post = PostFactory(
        slug="pain",
        published_at=MOMENT,
        title_fr="Le « pain » : deux",
        summary_fr="En bref.",
        body_fr=f'<p>Voici <img src="{picture.file.url}" alt="Une miche"></p>',
        title_en="The bread",
        body_en="<p>Here.</p>",
        lead_picture=picture,
        series=SeriesFactory(),
        source_name="Le Journal",
        source_url="https://journal.example/",
        source_is_canonical=True,
        comment_policy="closed",
    )
    post.tags.add(TagFactory())
    CommentFactory(post=post, comment="Bravo !")
    CommentFactory(post=post, comment="Retenu", status=PostComment.Status.HELD)

    folder = exported("markdown") / "content"

    name = picture.file.name.rpartition("/")[2]
    french = folder / "fr/2026/03/04/pain"
    lines = (french / "index.md").read_text(encoding="utf-8").split("\n")
    modified = post.modified_at.isoformat(timespec="seconds")
    assert lines == [
        "---",
        'kind: "post"',
        'slug: "pain"',
        "date: 2026-03-04T05:06:07+00:00",
        f"lastmod: {modified}",
        'authors: ["Camille"]',
        'tags: ["cuisine"]',
        'series: ["Chroniques du fournil"]',
        f'other_summary: {{"en": "{post.summary_en}"}}',
        'source_name: "Le Journal"',
        'source_url: "https://journal.example/"',
        'canonical: "https://journal.example/"',
        'comments: "closed"',
        f'original: "{settings.SITE_URL}/fr/2026/03/04/pain/"',
        'title: "Le « pain » : deux"',
        'lang: "fr"',
        'summary: "En bref."',
        'translations: ["/en/2026/03/04/pain/"]',
        f'picture: "{name}"',
        'picture_alt: "Une miche dorée"',
        "---",
        "",
        f"Voici ![Une miche](<{name}>)",
        "",
    ]
    assert (french / name).read_bytes() == picture.file.open().read()
    [comment] = json.loads((french / "comments.json").read_text(encoding="utf-8"))
    assert comment["content_html"] == "<p>Bravo !</p>"
    english = (folder / "en/2026/03/04/pain/index.md").read_text(encoding="utf-8")
    assert 'lang: "en"' in english
    assert english.endswith("---\n\nHere.\n")


def test_a_draft_comes_along_and_says_that_it_is_one(exported):
    PostFactory(slug="plus-tard", published_at=None)

    folder = exported("markdown")

    text = (folder / "content/fr/drafts/plus-tard/index.md").read_text(encoding="utf-8")
    assert "draft: true\n" in text
    assert "date:" not in text


def test_pictures_of_one_name_stand_beside_each_other(exported):
    one, two = PictureFactory(), PictureFactory()
    folder = one.file.name.rpartition("/")[0]
    two.file.storage.save("pictures/2000/01/same.jpg", two.file.open())
    one.file.storage.save(f"{folder}/same.jpg", one.file.open())
    PostFactory(
        slug="pain",
        published_at=MOMENT,
        body_fr=(
            f'<p><img src="/media/{folder}/same.jpg" alt="un">'
            '<img src="/media/pictures/2000/01/same.jpg" alt="deux">'
            '<a href="/media/../secret">x</a><a href="/media/rien.jpg">y</a></p>'
        ),
    )

    text = (exported("markdown") / "content/fr/2026/03/04/pain/index.md").read_text()

    assert "![un](<same.jpg>)" in text
    assert "![deux](<pictures-2000-01-same.jpg>)" in text
    assert "[x](/media/../secret)" in text
    assert "[y](/media/rien.jpg)" in text


def test_pictures_that_no_text_shows_are_kept_apart(exported):
    picture = PictureFactory()

    folder = exported("markdown")

    assert (folder / "pictures" / picture.file.name).is_file()
