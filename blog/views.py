"""What a reader asks for. Every read starts from what is published."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.redirects.models import Redirect
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.translation import (
    get_language,
    get_supported_language_variant,
    trans_real,
)
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

from . import addresses, listing, neighbours, paging, previewing
from .cards import card_of
from .linked_data import blog_posting
from .models import Blog, Language, Page, Post, Series, Tag, localized
from .typography import set_text

ARCHIVE_PAGE_SIZE = 100
DESCRIPTION_WORDS = 28
# More, and what is new would have no place on the first page.
MOST_PINNED = 3
MEDIA_MAX_AGE = 365 * 24 * 3600
CARD_KEPT = 30 * 24 * 3600  # seconds in our cache; it can be drawn again
# The addresses of a blog that had no others: /?p=123.
OLD_PARAMETERS = ("p", "page_id", "cat", "attachment_id")


@require_safe
def front_door(request):
    """Send a reader to their language, and an old address to what it stood for."""
    moved = _moved(request)
    if moved is not None:
        return moved
    response = HttpResponseRedirect(f"{request.path}{_preferred_language(request)}/")
    patch_vary_headers(response, ("Accept-Language",))
    return response


def _moved(request):
    numbers = {name: request.GET.get(name, "") for name in OLD_PARAMETERS}
    old = [
        f"{request.path}?{name}={number}"
        for name, number in numbers.items()
        if number.isascii() and number.isdecimal()
    ]
    if not old:
        return None
    found = Redirect.objects.filter(old_path__in=old, site_id=settings.SITE_ID).first()
    if found is None:
        return None
    if not found.new_path:
        return render(request, "410.html", status=410)
    return redirect(found.new_path, permanent=True)


def _preferred_language(request):
    header = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    for language, _quality in trans_real.parse_accept_lang_header(header):
        try:
            return get_supported_language_variant(language)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


@require_safe
def home(request):
    return _list(request, "blog/home.html", Post.objects.published(), has_top=True)


@require_safe
def only(request, language):
    posts = Post.objects.published().in_original_language(language)
    return _list(request, "blog/only.html", posts, only=Language(language))


@require_safe
def tag(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    posts = Post.objects.published().filter(tags=tag)
    return _list(request, "blog/tag.html", posts, tag=tag)


@require_safe
def series_list(request):
    published = Count("posts", filter=Q(posts__published_at__lte=timezone.now()))
    all_series = Series.objects.annotate(size=published).filter(size__gt=0)
    context = {"all_series": all_series, **addresses.of_list(request)}
    return render(request, "blog/series_list.html", context)


@require_safe
def series(request, slug):
    series = get_object_or_404(Series, slug=slug)
    posts = Post.objects.published().filter(series=series)
    beginning = posts.for_lists().order_by("published_at", "pk").first()
    return _list(request, "blog/series.html", posts, series=series, beginning=beginning)


@require_safe
def year(request, year):
    posts = _published_in(int(year))
    return _list(
        request, "blog/year.html", posts, size=ARCHIVE_PAGE_SIZE, year=int(year)
    )


@require_safe
def month(request, year, month):
    posts = _published_in(int(year), int(month))
    first_day = datetime(int(year), int(month), 1).date()
    return _list(
        request, "blog/month.html", posts, size=ARCHIVE_PAGE_SIZE, month=first_day
    )


@require_safe
def archive(request):
    months = (
        Post.objects.published()
        .order_by()
        .annotate(month=TruncMonth("published_at"))
        .values("month")
        .annotate(count=Count("pk"))
        .order_by("-month")
    )
    context = {"years": _by_year(months), **addresses.of_list(request)}
    return render(request, "blog/archive.html", context)


@require_safe
def post(request, year, month, day, slug):
    post = get_object_or_404(_whole_posts().published(), slug=slug)
    if request.path != post.get_absolute_url():
        return redirect(post, permanent=True)
    return render(request, "blog/post.html", _reading(post))


@require_safe
def page(request, slug):
    page = get_object_or_404(Page.objects.published(), slug=slug)
    return render(request, "blog/page.html", _page_reading(page))


@never_cache
@login_required
@require_safe
def preview(request, pk):
    """A draft as it will be read, for its author and for those who may change it."""
    post = get_object_or_404(_whole_posts(), pk=pk)
    user = request.user
    may_change = user.has_perm("blog.change_post") and post.is_editable_by(user)
    if not (post.author_id == user.pk or may_change):
        raise Http404("somebody else's draft")
    if post.is_published:
        return redirect(post)
    return _unlisted(render(request, "blog/post.html", _reading(post, preview=True)))


@never_cache
@require_safe
def secret_preview(request, token):
    """A draft as it will be read, for whoever was given its secret link."""
    try:
        key = previewing.key_of(token)
    except signing.SignatureExpired:
        over = render(request, "blog/preview_over.html", status=410)
        return _unlisted(over)
    except signing.BadSignature as error:
        raise Http404("no such link") from error
    post = get_object_or_404(_whole_posts(), pk=key)
    if post.is_published:
        return redirect(post)
    context = _reading(post, preview=True) | {"secret": True}
    return _unlisted(render(request, "blog/post.html", context))


@never_cache
@login_required
@require_safe
def page_preview(request, pk):
    page = get_object_or_404(Page, pk=pk)
    if not request.user.has_perm("blog.change_page"):
        raise Http404("somebody else's draft")
    if page.is_published:
        return redirect(page)
    context = _page_reading(page) | {"preview": True}
    return _unlisted(render(request, "blog/page.html", context))


@require_safe
def media(request, path):
    """Serve an uploaded file, as what its name says and nothing else."""
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, SuspiciousFileOperation) as error:
        # Too long a name, or one outside the folder, is no file of ours.
        raise Http404("no such file") from error
    response["X-Content-Type-Options"] = "nosniff"
    # Each upload gets a name of its own, so a name never changes its content.
    patch_cache_control(response, public=True, max_age=MEDIA_MAX_AGE, immutable=True)
    return response


@require_safe
def card(request, pk, language, key):
    """The picture that goes with a shared link, drawn when it is first asked for."""
    posts = Post.objects.published().select_related("lead_picture")
    post = get_object_or_404(posts, pk=pk)
    if language not in post.full_languages:
        raise Http404("not written in that language")
    card = card_of(post, language, Blog.current())
    if key != card.key:
        # The title has changed since; what was shared before shows the new one.
        return redirect("card", pk=pk, language=language, key=card.key)
    etag = f'"{key}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        drawn = cache.get_or_set(f"card:{key}", card.jpeg, CARD_KEPT)
        response = HttpResponse(drawn, content_type="image/jpeg")
        response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=MEDIA_MAX_AGE, immutable=True)
    return response


def _unlisted(response):
    response["X-Robots-Tag"] = "noindex"
    return response


def _list(request, template, posts, *, size=paging.PAGE_SIZE, has_top=False, **context):
    language = get_language()
    listed = listing.listed(posts, language)
    shown = paging.page_of(listed, request.GET, size=size)
    if has_top and shown.is_first:
        top = list(listed.filter(is_pinned=True)[:MOST_PINNED])
        others = [post for post in shown.posts if post not in top]
        shown = replace(shown, posts=[*top, *others])
        context["top"] = top
    for post in shown.posts:
        post.entry = listing.entry(post, language)
    pictured = next((post for post in shown.posts if post.lead_picture), None)
    context |= {"posts": shown.posts, "shown": shown, "first_pictured": pictured}
    if shown.is_first:
        context |= addresses.of_list(request)
    # A template response: who subclasses or caches a list can still see its posts.
    return TemplateResponse(request, template, context)


def _whole_posts():
    return Post.objects.select_related(
        "author", "series", "lead_picture"
    ).prefetch_related("tags")


def _reading(post, *, preview=False):
    shown = post.shown_language
    summary_language = Language(shown).other.value
    in_series = neighbours.in_series(post)
    beside = (in_series.previous, in_series.following)
    description = localized(post, "summary", shown) or listing.opening(
        post.shown_html, words=DESCRIPTION_WORDS
    )
    return {
        "post": post,
        "summary": set_text(
            localized(post, "summary", summary_language), summary_language
        ),
        "summary_language": summary_language,
        "description": description,
        "in_series": in_series,
        "around": None if preview else neighbours.around(post, without=beside),
        "canonical": "" if preview else addresses.canonical(post, shown),
        "alternates": _alternates(post, preview),
        "preview": preview,
        "address": addresses.in_language(post, shown),
        "linked_data": not preview and blog_posting(post, description=description),
    }


def _alternates(post, preview):
    # Search engines follow one or the other: a page that says it is a copy of another
    # site's cannot also offer itself as a translation.
    if preview or post.source_is_canonical:
        return {}
    return addresses.alternates(post)


def _page_reading(page):
    return {
        "page": page,
        "canonical": addresses.in_language(page, page.shown_language),
        "alternates": addresses.alternates(page),
    }


def _published_in(year, month=None):
    """Return what was published in that year or month, in the blog's time zone."""
    until = (year + 1, 1) if month in (None, 12) else (year, month + 1)
    try:
        first = _midnight(year, 1 if month is None else month)
        last = _midnight(*until)
    except (ValueError, OverflowError) as error:
        raise Http404("no such month") from error
    posts = Post.objects.published().filter(
        published_at__gte=first, published_at__lt=last
    )
    if not posts.exists():
        raise Http404("nothing was published then")
    return posts


def _midnight(year, month):
    """Return the beginning of a month; raise if there is no such moment in UTC."""
    return timezone.make_aware(datetime(year, month, 1)).astimezone(UTC)


def _by_year(months):
    return [
        {"year": f"{year:04}", "months": rows, "count": sum(r["count"] for r in rows)}
        for year, rows in (
            (year, list(rows))
            for year, rows in groupby(months, key=lambda row: row["month"].year)
        )
    ]
