"""The posts as Markdown with front matter, in folders that are their addresses.

``content/fr/2026/03/04/slug/index.md``, with its pictures and its ``comments.json``
beside it: Hugo calls that a page bundle, and Eleventy keeps the addresses too. Drafts
come along, marked as such; comments that are not public do not.
"""

import json
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext as _

from blog.models import Blog, CommentPolicy, Page, Picture, Post, localized, written
from ctts.addresses import absolute

from .pictures import copy_pictures, with_files_at
from .prose import to_markdown
from .rows import in_batches, name_of

CONTENT = "content"
HUGO = """\
# Enough to build the texts; the layouts are yours to choose (a theme, for example).
baseURL = "{base}/"
title = {title}
defaultContentLanguage = "{language}"

[markup.goldmark.renderer]
unsafe = true  # tables, figures and footnotes are HTML within the Markdown

[markup.goldmark.extensions]
linkify = false
typographer = false
"""
ELEVENTY = """\
// Enough to build the texts; the layouts are yours to choose.
export default function (config) {
  config.addPassthroughCopy("content/**/*.{avif,gif,jpg,png,webp,json}");
  config.addPreprocessor("not yet", "md", (data) =>
    data.draft || data.page.date > new Date() ? false : undefined,
  );
  return { dir: { input: "content" }, markdownTemplateEngine: false };
}
"""


def write(place, conversations, tally):
    """Write a folder for each post and page, and what Hugo and Eleventy need."""
    writer = _Writer(place)
    posts = Post.objects.select_related("author", "series", "lead_picture")
    for batch in in_batches(posts.prefetch_related("tags")):
        public = [post for post in batch if post.is_published]
        under = conversations.public(public)
        for post in batch:
            writer.post(post, under.get(post.pk, []))
        tally.add(posts=len(batch), comments=sum(map(len, under.values())))
    for batch in in_batches(Page.objects.all()):
        for page in batch:
            writer.writing(page, _about(page, "page"))
        tally.add(pages=len(batch))
    for batch in in_batches(Picture.objects.all()):
        rest = [p for p in batch if p.file.name not in writer.copied]
        tally.miss(copy_pictures(place, "pictures/", rest))
    tally.miss(writer.missing)
    _write_settings(place)


def _write_settings(place):
    title = written(Blog.current(), "title")[0]
    place.write(
        "hugo.toml",
        HUGO.format(
            base=settings.SITE_URL, title=_yaml(title), language=settings.LANGUAGE_CODE
        ),
    )
    place.write("eleventy.config.mjs", ELEVENTY)
    place.write("README.md", _read_me())


def _read_me():
    return _(
        "The texts of a blog, in the folder “content”: a folder for each post and "
        "page, named as its address, with the text (index.md), its pictures and what "
        "readers said (comments.json). Folders named “drafts” hold what was not "
        "published.\n\n"
        "hugo.toml and eleventy.config.mjs are a start for those two programs: both "
        "keep the addresses. Pictures that no text shows are in the folder "
        "“pictures”.\n"
    )


class _Writer:
    def __init__(self, place):
        self.place = place
        self.copied = set()
        self.missing = []

    def post(self, post, comments):
        folder = self.writing(post, _about(post, "post") | _about_post(post))
        if comments:
            text = json.dumps(comments, ensure_ascii=False, indent=1)
            self.place.write(f"{folder}comments.json", f"{text}\n")

    def writing(self, writing, about):
        """Write the text in each language it is written in; return the first's folder.

        Both have the pictures beside them: each can be taken without the other.
        """
        first, *others = writing.full_languages or [writing.original_language]
        for language in (first, *others):
            pictures = _Beside(self, _folder(writing, language))
            html = localized(writing, "body_html", language)
            text = to_markdown(with_files_at(html, pictures.name))
            lead = getattr(writing, "lead_picture", None)
            told = about | {
                "title": localized(writing, "title", language),
                "lang": language,
                "summary": localized(writing, "summary", language)
                if isinstance(writing, Post)
                else "",
                "translations": [
                    _address(writing, other)
                    for other in (first, *others)
                    if other != language
                ],
                "picture": lead and pictures.name(lead.file.name),
                "picture_alt": lead and localized(lead, "alt", language),
            }
            self.place.write(
                f"{_folder(writing, language)}index.md", _front_matter(told) + text
            )
        return _folder(writing, first)


class _Beside:
    """The pictures of one text, in its folder, under names that are free there."""

    def __init__(self, writer, folder):
        self.writer = writer
        self.folder = folder
        self.names = {}

    def name(self, stored):
        """Return the name there of a file of the media folder, copied there now.

        None if there is no such file.
        """
        if stored not in self.names:
            name = PurePosixPath(stored).name
            if name in self.names.values():
                name = stored.replace("/", "-")
            self.names[stored] = name if self._copy(stored, name) else None
        return self.names[stored]

    def _copy(self, stored, name):
        try:
            source = default_storage.open(stored)
        except (OSError, SuspiciousFileOperation):
            self.writer.missing.append(stored)
            return False
        with source:
            self.writer.place.copy(f"{self.folder}{name}", source)
        self.writer.copied.add(stored)
        return True


def _address(writing, language):
    """Return the path of what is or will be public; drafts have their own place."""
    with translation.override(language):
        if writing.published_at or isinstance(writing, Page):
            return writing.get_absolute_url()
    return f"/{language}/drafts/{writing.slug}/"


def _folder(writing, language):
    return f"{CONTENT}{_address(writing, language)}"


def _about(writing, kind):
    return {
        "kind": kind,
        "slug": writing.slug,
        "date": writing.published_at,
        "lastmod": writing.modified_at,
        "draft": writing.published_at is None,
        "weight": getattr(writing, "position", 0),
    }


def _about_post(post):
    other = post.other_summary
    return {
        "authors": [post.author.get_full_name() or post.author.get_username()],
        "tags": [name_of(tag, "name") for tag in post.tags.all()],
        "series": [name_of(post.series, "title")] if post.series else [],
        "other_summary": {post.other_language: other} if other else {},
        "source_name": post.source_name,
        "source_url": post.source_url,
        "canonical": post.source_url if post.source_is_canonical else "",
        "comments": "closed" if post.comment_policy == CommentPolicy.CLOSED else "",
        "original": absolute(post.get_absolute_url()) if post.is_published else "",
    }


def _front_matter(fields):
    """Return YAML: JSON is YAML, and quotes what has to be quoted."""
    lines = [f"{name}: {_yaml(value)}" for name, value in fields.items() if value]
    return "\n".join(["---", *lines, "---", "", ""])


def _yaml(value):
    if hasattr(value, "isoformat"):
        return value.isoformat(timespec="seconds")
    return json.dumps(value, ensure_ascii=False)
