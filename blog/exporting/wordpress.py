"""The blog as a WordPress export (WXR 1.2), for WordPress and for another CTTS.

It is written as it is read from the database, so that its size costs no memory. What
WordPress has no place for goes beside it (see ``importing.ours``).
"""

import json
import re
from datetime import UTC
from email.utils import format_datetime
from html import escape

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.redirects.models import Redirect
from django.utils import translation
from django.utils.translation import get_language

from blog import addresses
from blog.feed_formats import for_xml, stable_id
from blog.importing import ours, php
from blog.models import (
    Blog,
    CommentPolicy,
    Language,
    Page,
    Picture,
    Post,
    Series,
    Tag,
    localized,
    written,
)
from ctts.addresses import absolute

from .pictures import MEDIA, copy_pictures
from .rows import in_batches, name_of
from .wordpress_dates import gmt, local

NAME = "wordpress.xml"
# WordPress numbers all its items in one row; ours have a row of numbers for each kind.
KINDS = (Post, Page, Picture)
# Before an address of a file, in what was written by hand too.
OWN_FILES = re.compile(rf"""\b(?:src|href)\s*=\s*["'](?={re.escape(MEDIA)})""")

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:ctts="{namespace}">
<channel>
"""
TAIL = "</channel>\n</rss>\n"


def write(place, conversations, tally):
    """Write the export and the pictures. ``tally`` counts what was written.

    ``conversations`` is as ``blog.exporting`` says.
    """
    with place.open(NAME) as file:
        for piece in _document(conversations, tally):
            file.write(for_xml(piece).encode())
    tally.miss(copy_pictures(place, MEDIA.lstrip("/")))


def number(instance):
    """Return the number of a post, page or picture among the items of an export."""
    return len(KINDS) * instance.pk + KINDS.index(type(instance))


def _document(conversations, tally):
    redirects = _Redirects()
    yield HEAD.format(namespace=ours.NAMESPACE)
    yield from _channel()
    # First, so that texts which show them find them here when they come back.
    for pictures in in_batches(Picture.objects.all()):
        yield from (piece for picture in pictures for piece in _picture(picture))
        tally.add(pictures=len(pictures))
    for posts in in_batches(_posts()):
        under = conversations.whole(posts)
        for post in posts:
            yield from _post(post, under.get(post.pk, ()), redirects)
        tally.add(posts=len(posts), comments=sum(map(len, under.values())))
    for pages in in_batches(Page.objects.all()):
        for page in pages:
            yield from _page(page, redirects)
        tally.add(pages=len(pages))
    yield _blog(redirects)
    yield TAIL


def _posts():
    related = Post.objects.select_related("author", "series", "lead_picture")
    return related.prefetch_related("tags")


class _Redirects:
    """Old addresses by those they lead to; each is told once."""

    def __init__(self):
        self.by_target = {}
        rows = Redirect.objects.filter(site_id=settings.SITE_ID).order_by("pk")
        for old, new in rows.values_list("old_path", "new_path").iterator():
            self.by_target.setdefault(new, []).append(old)

    def take(self, writing):
        """Yield ``(language, old path)`` of what leads to ``writing``."""
        for language in Language.values:
            with translation.override(language):
                path = writing.get_absolute_url()
            for old in self.by_target.pop(path, ()):
                yield language, old

    def rest(self):
        return [[old, new] for new, olds in self.by_target.items() for old in olds]


def _channel():
    blog = Blog.current()
    yield _element("title", escape(written(blog, "title")[0], quote=False))
    yield _element("link", settings.SITE_URL)
    yield _element("description", escape(written(blog, "tagline")[0], quote=False))
    yield _element("language", settings.LANGUAGE_CODE)
    yield _element("wp:wxr_version", "1.2")
    yield _element("wp:base_site_url", settings.SITE_URL)
    yield _element("wp:base_blog_url", settings.SITE_URL)
    yield _element("generator", ours.GENERATOR)
    users = get_user_model().objects.exclude(
        posts=None, comment_comments=None, decisions=None
    )
    for user in users.distinct().order_by("pk").iterator():
        yield _nested(
            "wp:author",
            ("wp:author_id", user.pk),
            ("wp:author_login", user.get_username()),
            ("wp:author_email", user.email),
            ("wp:author_display_name", user.get_full_name() or user.get_username()),
            ("wp:author_first_name", user.first_name),
            ("wp:author_last_name", user.last_name),
        )
    for tag in Tag.objects.order_by("pk").iterator():
        yield _nested(
            "wp:tag",
            ("wp:term_id", 2 * tag.pk),
            ("wp:tag_slug", tag.slug),
            ("wp:tag_name", name_of(tag, "name")),
        )
    for series in Series.objects.order_by("pk").iterator():
        yield _nested(
            "wp:term",
            ("wp:term_id", 2 * series.pk + 1),
            ("wp:term_taxonomy", "series"),
            ("wp:term_slug", series.slug),
            ("wp:term_name", name_of(series, "title")),
        )


def _blog(redirects):
    """What is about no single post, as JSON."""
    blog = Blog.objects.first()
    data = {
        "blog": dict(ours.told(blog)) if blog else None,
        "tags": [dict(ours.told(tag)) for tag in Tag.objects.order_by("pk")],
        "series": [dict(ours.told(row)) for row in Series.objects.order_by("pk")],
        "redirects": redirects.rest(),
    }
    return _element("ctts:blog", json.dumps(data, ensure_ascii=False))


def _post(post, comments, redirects):
    language = post.original_language
    meta = [
        ("bb-post-language", language),
        ("bb-post-excerpts", _excerpts(post)),
        *_meta(post, redirects),
    ]
    if post.lead_picture:
        meta.append(("_thumbnail_id", number(post.lead_picture)))
    if post.source_is_canonical:
        meta.append(("_yoast_wpseo_canonical", post.source_url))
    is_closed = post.comment_policy == CommentPolicy.CLOSED
    yield "<item>\n"
    yield from _writing(post, "post", comment_status="closed" if is_closed else "open")
    yield _element("dc:creator", post.author.get_username())
    yield _element("excerpt:encoded", escape(post.original_summary, quote=False))
    yield _element("wp:menu_order", 0)
    for tag in post.tags.all():
        yield _category("post_tag", tag.slug, name_of(tag, "name"))
    if post.series:
        yield _category("series", post.series.slug, name_of(post.series, "title"))
    yield from _metadata("wp:postmeta", meta)
    for comment in comments:
        yield from _comment(comment)
    yield "</item>\n"


def _page(page, redirects):
    yield "<item>\n"
    yield from _writing(page, "page", comment_status="closed")
    yield _element("wp:menu_order", page.position)
    meta = [("bb-post-language", page.original_language), *_meta(page, redirects)]
    yield from _metadata("wp:postmeta", meta)
    yield "</item>\n"


def _writing(writing, kind, *, comment_status):
    """What posts and pages share. A draft has no day; WordPress wants one."""
    language = writing.original_language
    is_public = writing.is_published or writing.is_scheduled
    day = writing.published_at or writing.modified_at
    status = "publish" if writing.is_published else "future" if is_public else "draft"
    body = localized(writing, "body", language)
    yield _element("title", escape(writing.original_title, quote=False))
    yield _element(
        "link",
        addresses.in_language(writing, language)
        if is_public
        else absolute(f"/?p={number(writing)}"),
    )
    yield _element("pubDate", format_datetime(day.astimezone(UTC)))
    yield (f'<guid isPermaLink="false">{stable_id(kind, writing.pk)}</guid>\n')
    yield _element("description", "")
    yield _element("content:encoded", _with_addresses_of_files(body))
    yield _element("wp:post_id", number(writing))
    yield _element("wp:post_date", local(day))
    yield _element("wp:post_date_gmt", gmt(day if is_public else None))
    yield _element("wp:post_modified", local(writing.modified_at))
    yield _element("wp:post_modified_gmt", gmt(writing.modified_at))
    yield _element("wp:comment_status", comment_status)
    yield _element("wp:ping_status", "closed")
    yield _element("wp:post_name", writing.slug)
    yield _element("wp:status", status)
    yield _element("wp:post_parent", 0)
    yield _element("wp:post_type", kind)
    yield _element("wp:post_password", "")
    yield _element("wp:is_sticky", int(getattr(writing, "is_pinned", False)))


def _meta(writing, redirects):
    """What WordPress has no place for: the full translation, exact times, and so on."""
    other = writing.other_language
    for name in ("title", "body"):
        if localized(writing, name, other):
            text = localized(writing, name, other)
            yield f"{ours.PREFIX}{name}", _with_addresses_of_files(text)
    for name in ("published_at", "modified_at"):
        moment = getattr(writing, name)
        if moment:
            yield f"{ours.PREFIX}{name}", moment.isoformat()
    for name, text in ours.told(writing):
        yield f"{ours.PREFIX}{name}", text
    for language, old in redirects.take(writing):
        yield f"{ours.PREFIX}old_path_{language}", old


def _with_addresses_of_files(html):
    """Return a text whose pictures can be fetched from where they are."""
    return OWN_FILES.sub(rf"\g<0>{settings.SITE_URL}", html)


def _excerpts(post):
    """The summary in the other language, as Basic Bilingual keeps it."""
    summary = {post.other_language: post.other_summary} if post.other_summary else {}
    return php.dumps(summary)


def _picture(picture):
    address = absolute(picture.file.url)
    alt = localized(picture, "alt", get_language())
    yield "<item>\n"
    yield _element("title", escape(str(picture), quote=False))
    yield _element("link", address)
    yield _element("pubDate", format_datetime(picture.created_at.astimezone(UTC)))
    yield f'<guid isPermaLink="false">{stable_id("picture", picture.pk)}</guid>\n'
    yield _element("content:encoded", "")
    yield _element(
        "excerpt:encoded", escape(written(picture, "caption")[0], quote=False)
    )
    yield _element("wp:post_id", number(picture))
    yield _element("wp:post_date", local(picture.created_at))
    yield _element("wp:post_date_gmt", gmt(picture.created_at))
    yield _element("wp:comment_status", "closed")
    yield _element("wp:ping_status", "closed")
    yield _element("wp:post_name", f"picture-{picture.pk}")
    yield _element("wp:status", "inherit")
    yield _element("wp:post_parent", 0)
    yield _element("wp:menu_order", 0)
    yield _element("wp:post_type", "attachment")
    yield _element("wp:attachment_url", address)
    meta = [
        ("_wp_attached_file", picture.file.name),
        ("_wp_attachment_image_alt", alt),
        (f"{ours.PREFIX}created_at", picture.created_at.isoformat()),
        *((f"{ours.PREFIX}{name}", text) for name, text in ours.told(picture)),
    ]
    yield from _metadata("wp:postmeta", meta)
    yield "</item>\n"


def _comment(comment):
    yield "<wp:comment>\n"
    for name, text in (
        ("id", comment.comment_id),
        ("author", comment.author),
        ("author_email", comment.email),
        ("author_url", comment.url),
        ("author_IP", ""),
        ("date", comment.date),
        ("date_gmt", comment.date_gmt),
        ("content", comment.content),
        ("approved", comment.approved),
        ("type", comment.type),
        ("parent", comment.parent),
        ("user_id", comment.user_id),
    ):
        yield _element(f"wp:comment_{name}", text)
    yield from _metadata("wp:commentmeta", comment.meta)
    yield "</wp:comment>\n"


def _metadata(element, pairs):
    for key, value in pairs:
        yield _nested(element, ("wp:meta_key", key), ("wp:meta_value", value))


def _category(domain, slug, name):
    return (
        f'<category domain="{domain}" nicename="{escape(slug)}">'
        f"{_cdata(name)}</category>\n"
    )


def _nested(name, *fields):
    inner = "".join(_element(*field) for field in fields)
    return f"<{name}>\n{inner}</{name}>\n"


def _element(name, value):
    return f"<{name}>{_cdata(str(value))}</{name}>\n"


def _cdata(text):
    if not text or text.isalnum():
        return text
    return "<![CDATA[{}]]>".format(text.replace("]]>", "]]]]><![CDATA[>"))
