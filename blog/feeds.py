"""The posts as feeds: of the blog, of one language, of a tag, of a series."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ctts.addresses import absolute

from . import addresses, figures
from .feed_formats import FORMATS, for_xml, stable_id, with_absolute_addresses
from .models import Blog, Language, Post, Series, Tag, localized
from .templatetags.reading import BRIEFLY, LANGUAGE_NAMES, text_of

FEED_SIZE = 20
KINDS = ("all", *Language.values)


class BlogFeed(Feed):
    """What all feeds of the blog share; ``subject`` says which part of it this is."""

    item_guid_is_permalink = False

    def __init__(self, address, extension, *, subject=""):
        self.feed_type = FORMATS[extension]
        self.feed_url = absolute(address)
        self.subject = subject
        self.blog = Blog.current()

    def title(self):
        parts = (text_of(self.blog, "title"), self.subject)
        return for_xml(" · ".join(part for part in parts if part))

    def subtitle(self):
        return for_xml(text_of(self.blog, "tagline"))

    def description(self):
        # RSS requires one.
        return self.subtitle() or self.title()

    def link(self):
        return absolute(reverse("blog:home"))

    def item_description(self, item):
        # The text goes out as content; this would be a second copy of it.
        return None


class PostsFeed(BlogFeed):
    """The latest of ``published``; ``home`` is the page that shows the same posts."""

    def __init__(self, address, extension, *, published, home="", subject=""):
        super().__init__(address, extension, subject=subject)
        self.published = published
        self.home = home

    def link(self):
        return absolute(self.home) if self.home else super().link()

    def items(self):
        posts = self.published.select_related("author", "lead_picture")
        newest_first = posts.prefetch_related("tags").order_by("-published_at", "-pk")
        return newest_first[:FEED_SIZE]

    def item_title(self, post):
        return for_xml(post.original_title)

    def item_link(self, post):
        return addresses.in_language(post, post.original_language)

    def item_guid(self, post):
        return stable_id("post", post.pk)

    def item_author_name(self, post):
        return for_xml(post.author.get_full_name() or post.author.get_username())

    def item_pubdate(self, post):
        return post.published_at

    def item_updateddate(self, post):
        return post.modified_at

    def item_categories(self, post):
        return [for_xml(text_of(tag, "name")) for tag in post.tags.all()]

    def item_extra_kwargs(self, post):
        picture = post.lead_picture
        return {
            "language": post.original_language,
            "summary": for_xml(post.other_summary),
            "summary_language": post.other_language,
            "content": for_xml(_content(post)),
            "external_url": post.source_url,
            "image": absolute(figures.address(picture)) if picture else "",
        }


@require_safe
def posts(request, kind, extension):
    address = reverse("feed", args=[kind, extension])
    published = Post.objects.published()
    if kind == "all":
        with override(settings.LANGUAGE_CODE):
            return PostsFeed(address, extension, published=published)(request)
    with override(kind):
        return PostsFeed(
            address,
            extension,
            published=published.in_original_language(kind),
            subject=LANGUAGE_NAMES[kind],
        )(request)


@require_safe
def tag(request, slug, extension):
    return _of(
        request,
        get_object_or_404(Tag, slug=slug),
        reverse("tag_feed", args=[slug, extension]),
        extension,
        name="name",
    )


@require_safe
def series(request, slug, extension):
    return _of(
        request,
        get_object_or_404(Series, slug=slug),
        reverse("series_feed", args=[slug, extension]),
        extension,
        name="title",
    )


def _of(request, subject, address, extension, *, name):
    """Answer with the feed of a tag or series, whose ``name`` field says its name."""
    keys = subject.posts.values("pk")
    with override(settings.LANGUAGE_CODE):
        feed = PostsFeed(
            address,
            extension,
            published=Post.objects.published().filter(pk__in=keys),
            home=subject.get_absolute_url(),
            subject=text_of(subject, name),
        )
        return feed(request)


def _content(post):
    """Return the HTML of a post for readers elsewhere: summary first, then the text."""
    summary = post.other_summary and format_html(
        '<p lang="{}"><em>{}</em> {}</p>',
        post.other_language,
        BRIEFLY[post.other_language],
        post.other_summary,
    )
    html = localized(post, "body_html", post.original_language)
    html = with_absolute_addresses(html)
    return f'{summary}<div lang="{post.original_language}">{html}</div>'
