from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.utils import timezone, translation
from lxml import html as lxml_html

from blog.models import Page, Tag
from blog.paging import PAGE_SIZE
from comments.models import PostComment
from tests.factories import (
    CommentFactory,
    EnglishPostFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
)

MOMENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ADDRESSES = ("href", "src")


def pages(folder):
    """Return the parsed pages of a site by their paths."""
    return {path: lxml_html.parse(path).getroot() for path in folder.rglob("*.html")}


def dead_links(folder):
    """Return the links of a site that lead to no file, or to no place in it."""
    found, dead = pages(folder), []
    for path, root in found.items():
        for element in root.iter("a", "link", "img", "source", "script", "form"):
            for name in ADDRESSES:
                parts = urlsplit(element.get(name, ""))
                if parts.scheme in {"http", "https", "mailto"}:
                    continue
                target = (path.parent / unquote(parts.path)).resolve()
                target = path if not parts.path else target
                places = found.get(target)
                if not target.is_file() or (
                    parts.fragment
                    and places is not None
                    and not places.xpath("//*[@id=$id]", id=parts.fragment)
                ):
                    dead.append((str(path), element.get(name)))
    return dead


def to_the_host(folder):
    """Return what leads back to the live site, permalinks that say so aside."""
    found = []
    for path, root in pages(folder).items():
        for element in root.iter():
            if element.get("rel") == "canonical" or element.get("property") == "og:url":
                continue
            found += [
                (path.name, value)
                for value in element.attrib.values()
                if settings.SITE_URL in value
            ]
        assert not root.xpath("//script")
        assert not root.xpath("//form")
    return found


@pytest.fixture
def blog(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "media"
    picture = PictureFactory()
    tag, series = TagFactory(), SeriesFactory()
    old = PostFactory(published_at=MOMENT, slug="ancien", series=series)
    old.tags.add(tag)
    Redirect.objects.create(
        site_id=1, old_path="/?p=7", new_path="/fr/2026/03/04/ancien/"
    )
    Redirect.objects.create(
        site_id=1, old_path="/archives/7", new_path="/fr/2026/03/04/ancien/"
    )
    Page.objects.create(
        title_fr="Caché du menu",
        body_fr="<p>Ici.</p>",
        slug="cache",
        published_at=MOMENT,
        is_in_menu=False,
    )
    post = PostFactory(
        slug="nouveau",
        series=series,
        lead_picture=picture,
        title_en="Both",
        body_en="<p>In both.</p>",
        body_fr=(
            f'<p>Voir <a href="{settings.SITE_URL}/fr/2026/03/04/ancien/#comments">tout'
            '</a>, <a href="/archives/7">avant</a>, <a href="/fr/2026/03/04/rien/">rien'
            '</a>, <a href="/admin/">ici</a>, <a href="https://ailleurs.example/">là</a>'
            f' et <img src="{picture.file.url}" alt=""></p>'
        ),
    )
    first = CommentFactory(post=post)
    CommentFactory(post=post, parent=first, comment="Merci !")
    CommentFactory(post=post, comment="Retenu", status=PostComment.Status.HELD)
    PostFactory(published_at=None, title_fr="Brouillon")
    for number in range(2 * PAGE_SIZE):
        EnglishPostFactory(published_at=timezone.now() - timedelta(days=number + 2))
    return post


def test_every_link_leads_to_a_file_of_the_copy(blog, exported):
    folder = exported("html")

    assert dead_links(folder) == []
    assert to_the_host(folder) == []


def test_the_copy_has_every_page_in_both_languages(blog, exported):
    folder = exported("html")

    tag = Tag.objects.get()
    day = timezone.localdate(blog.published_at).strftime("%Y/%m/%d")
    for language in ("fr", "en"):
        for path in (
            "",
            f"{day}/nouveau/",
            "2026/03/04/ancien/",
            "pages/cache/",
            "archives/",
            "series/",
            f"series/{blog.series.slug}/",
            f"tags/{tag.slug}/",
            "only/fr/",
            "only/en/",
            "2026/",
            "2026/03/",
        ):
            assert (folder / language / path / "index.html").is_file(), path
    for name in ("all.atom", "all.json", "fr.atom", "comments.atom"):
        assert (folder / "feeds" / name).is_file()
    assert (folder / "static/css/site.css").is_file()
    assert (folder / "media" / blog.lead_picture.file.name).is_file()


def test_one_pages_through_all_posts_and_back(blog, exported):
    folder = exported("html")

    path, seen = folder / "fr" / "index.html", []
    while True:
        seen.append(path)
        further = lxml_html.parse(path).xpath("//a[@rel='next']/@href")
        if not further:
            break
        path = (path.parent / further[0]).resolve()
    back = [path]
    while further := lxml_html.parse(path).xpath("//a[@rel='prev']/@href"):
        path = (path.parent / further[0]).resolve()
        back.append(path)
    assert len(seen) == 3
    assert back == seen[::-1]


def test_a_post_is_read_whole_and_answered_no_more(blog, exported):
    folder = exported("html")

    [path] = folder.glob("fr/*/*/*/nouveau/index.html")
    text = path.read_text(encoding="utf-8")
    root = lxml_html.fromstring(text)
    words = " ".join(root.text_content().split())
    assert "Merci !" in words
    assert "Retenu" not in words
    assert "Ceci est une copie du blog" in words
    assert root.xpath("//a[text()='là']/@href") == ["https://ailleurs.example/"]
    to_it = root.xpath("//a[text()='tout' or text()='avant']/@href")
    there = folder / "fr/2026/03/04/ancien/index.html"
    assert [(path.parent / a.partition("#")[0]).resolve() for a in to_it] == [there] * 2
    assert [a.partition("#")[2] for a in to_it] == ["comments", ""]
    # What is not in the copy is no link, and its words stay.
    assert "rien, ici, là" in words
    assert not root.xpath("//a[text()='rien' or text()='ici']")
    assert not root.xpath("//*[contains(@class, 'remark-actions')]")


def test_a_long_conversation_is_copied_to_its_end(blog, exported, monkeypatch):
    monkeypatch.setattr("comments.threads.PAGE_SIZE", 1)
    CommentFactory(post=blog, comment="Je suis la dernière.")

    folder = exported("html")

    texts = [page.text_content() for page in pages(folder).values()]
    assert any("Je suis la dernière." in text for text in texts)
    assert dead_links(folder) == []


def test_nothing_that_is_not_public_is_in_the_copy(blog, exported):
    folder = exported("html")

    texts = [
        path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.suffix in {".html", ".atom", ".json"}
    ]
    assert not any("Brouillon" in text or "Retenu" in text for text in texts)
    assert not any("noemie@mail.example" in text for text in texts)


def test_the_language_of_who_exports_is_theirs_again_afterwards(blog, exported):
    with translation.override("fr"):
        exported("html")

        assert translation.get_language() == "fr"


def test_no_link_that_somebody_writes_keeps_the_copy_from_being_made(
    db, exported, settings
):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://blog.example.org", ["*"]
    links = [
        f"{settings.SITE_URL}{path}"
        for path in (
            "/static/css",
            "/static/css/",
            "/static/css/site.css?a",
            "/static/css/site.css?b",
            "/static/%2e/css/site.css",
            "/static/%2e%2e/secret_key",
            "/static//etc/hosts",
            "/static/%00",
            "/media/",
            "/media/pictures",
            "/media//etc/hosts",
            "/media/%00",
            "/fr/archives/?a=1",
            "/fr/archives/?a-1",
            f"/fr/archives/?{'a' * 300}",
            "/fr/?==",
            "/feeds/all.rss?==",
            "/feeds/all.rss?a=1",
            "/feeds/all.rss?a-1",
        )
    ]
    PictureFactory()
    comment = CommentFactory(comment="\n".join(links))
    assert comment.html.count("href") == len(links)

    folder = exported("html")

    assert dead_links(folder) == []
    assert not list(folder.rglob("secret_key"))
    assert not list(folder.rglob("hosts"))
    assert (folder / "static" / "css" / "site.css").is_file()
    assert not (folder / "fr" / "archives" / "a-1").exists()
