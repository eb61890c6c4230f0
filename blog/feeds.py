"""The posts as RSS and Atom: whole texts, each with its language."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import format_html
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ctts.addresses import absolute

from . import addresses
from .models import Blog, Language, Post, localized
from .templatetags.reading import BRIEFLY, LANGUAGE_NAMES, text_of

FEED_SIZE = 20
KINDS = ("all", *Language.values)
# An address of this site in clean HTML: in text, “<” is always written “&lt;”.
OWN_ADDRESS = re.compile(r'(<(?:a|img)\s[^<]*?\b(?:href|src)=")/(?!/)')
# What XML 1.0 cannot hold, even escaped.
FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class AtomFeed(Atom1Feed):
    """Atom whose entries carry their language, text and the other one's summary."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["summary"]:
            handler.addQuickElement(
                "summary", item["summary"], {"xml:lang": item["summary_language"]}
            )
        handler.addQuickElement("content", item["content"], {"type": "html"})


class RssFeed(Rss201rev2Feed):
    """RSS 2.0 with Dublin Core's author and language, and the whole text."""

    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["language"])
        handler.addQuickElement("content:encoded", item["content"])


FORMATS = {"atom": AtomFeed, "rss": RssFeed}


class PostsFeed(Feed):
    """One feed: ``kind`` is “all” or a language, ``extension`` one of ``FORMATS``."""

    def __init__(self, kind, extension):
        self.kind = kind
        self.feed_type = FORMATS[extension]
        self.feed_url = absolute(reverse("feed", args=[kind, extension]))

    def title(self):
        title = for_xml(text_of(Blog.current(), "title"))
        if self.kind == "all":
            return title
        return f"{title} · {LANGUAGE_NAMES[self.kind]}"

    def subtitle(self):
        return for_xml(text_of(Blog.current(), "tagline"))

    def description(self):
        # RSS requires one.
        return self.subtitle() or self.title()

    def link(self):
        return absolute(reverse("blog:home"))

    def items(self):
        posts = Post.objects.published().select_related("author", "series")
        if self.kind != "all":
            posts = posts.in_original_language(self.kind)
        newest_first = posts.prefetch_related("tags").order_by("-published_at", "-pk")
        return newest_first[:FEED_SIZE]

    def item_title(self, post):
        return for_xml(post.original_title)

    def item_description(self, post):
        # The text goes out as content; this would be a second copy of it.
        return None

    def item_link(self, post):
        return addresses.in_language(post, post.original_language)

    def item_guid(self, post):
        # No address: it stays the same when the post gets a better slug or date.
        return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:post-{post.pk}"

    item_guid_is_permalink = False

    def item_author_name(self, post):
        return for_xml(post.author.get_full_name() or post.author.get_username())

    def item_pubdate(self, post):
        return post.published_at

    def item_updateddate(self, post):
        return post.modified_at

    def item_categories(self, post):
        return [for_xml(text_of(tag, "name")) for tag in post.tags.all()]

    def item_extra_kwargs(self, post):
        return {
            "language": post.original_language,
            "summary": for_xml(post.other_summary),
            "summary_language": post.other_language,
            "content": for_xml(_content(post)),
        }


@require_safe
def posts(request, kind, extension):
    language = settings.LANGUAGE_CODE if kind == "all" else kind
    with override(language):
        return PostsFeed(kind, extension)(request)


def _content(post):
    """Return the HTML of a post for readers elsewhere: summary first, then the text."""
    summary = post.other_summary and format_html(
        '<p lang="{}"><em>{}</em> {}</p>',
        post.other_language,
        BRIEFLY[post.other_language],
        post.other_summary,
    )
    html = localized(post, "body_html", post.original_language)
    html = OWN_ADDRESS.sub(rf"\g<1>{settings.SITE_URL}/", html)
    return f'{summary}<div lang="{post.original_language}">{html}</div>'


def for_xml(text):
    return FORBIDDEN_IN_XML.sub("", text)
