"""The page where a reader looks for something, and how browsers learn of it."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ctts.addresses import absolute

from . import listing, paging
from .feed_formats import for_xml
from .models import Blog, Language, Post
from .search.finding import asked, find
from .search.results import result
from .templatetags.reading import text_of

LONGEST_SHOWN = 200


@require_safe
def search(request):
    query = _readable(request.GET.get("q", ""))
    only = request.GET.get("language", "")
    only = only if only in Language.values else ""
    words = asked(query)
    shown = paging.Page([])
    if words:
        shown = _page(words, only, request.GET)
    context = {"query": query[:LONGEST_SHOWN], "only": only, "words": words}
    return render(
        request, "blog/search.html", {**context, "shown": shown, "posts": shown.posts}
    )


@require_safe
def opensearch(request):
    """Tell a browser how to look for something here, in the language of the page."""
    return render(
        request,
        "blog/opensearch.xml",
        {
            "title": for_xml(text_of(Blog.current(), "title")),
            "address": absolute(reverse("blog:search")),
        },
        content_type="application/opensearchdescription+xml",
    )


def _page(words, only, parameters):
    language = get_language()
    posts = Post.objects.published()
    if only:
        posts = posts.in_original_language(only)
    found = find(listing.listed(posts, language), words)
    shown = paging.page_of(found, parameters, is_ranked=True)
    bodies = _bodies(shown.posts)
    for post in shown.posts:
        post.result = result(post, bodies[post.pk], words, language)
    return shown


def _bodies(posts):
    """Return ``{pk: {language: HTML}}``: the long texts, of what is shown alone."""
    fields = {f"body_html_{language}": language for language in Language.values}
    rows = Post.objects.filter(pk__in=[post.pk for post in posts]).values("pk", *fields)
    return {
        row["pk"]: {fields[name]: row[name] or "" for name in fields} for row in rows
    }


def _readable(query):
    return "".join(c if c.isprintable() else " " for c in query).strip()
