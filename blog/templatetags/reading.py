"""What the templates of the site need to say things in the right language."""

import json

from django import template
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from blog import cards, figures
from blog.dates import long_date, long_day, written_moment
from blog.look_views import icons, style_sheet_address
from blog.models import written
from blog.typography import set_text
from ctts.addresses import absolute

register = template.Library()
register.filter("long_date", long_date)
register.filter("absolute", absolute)
# What would end a script element, or begin a comment in it, as JSON may also say it.
UNSAFE_IN_SCRIPT = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
register.filter("long_day", long_day)


@register.filter
def iso(value):
    """For ``datetime``: HTML takes no more than three digits of a second."""
    return timezone.localtime(value).isoformat(timespec="seconds")


register.filter("icons", icons)
register.simple_tag(style_sheet_address, name="style_sheet")


@register.simple_tag
def picture(picture, *, alt=None, **options):
    """A picture in the sizes there are of it, described in the page's language."""
    if alt is None:
        alt = "" if picture.is_decorative else written(picture, "alt")[0]
    return figures.markup(picture, alt=alt, **options)


@register.filter
def picture_address(picture):
    """Where others may show a picture from: one that every program can read."""
    return absolute(figures.address(picture))


@register.filter
def moment(value):
    """Day and time, for a page where the time matters, as an HTML ``time``."""
    return format_html(
        '<time datetime="{}">{}</time>', iso(value), written_moment(value)
    )


@register.simple_tag
def linked_data_script(data, blog, comment_count):
    """JSON-LD: data in a script element, which no browser runs."""
    whole = {
        **data,
        "isPartOf": {"@type": "Blog", "name": text_of(blog, "title")},
        "commentCount": comment_count,
    }
    text = json.dumps(whole, ensure_ascii=False)
    # S308: no character is left that could end the element.
    safe = mark_safe(text.translate(UNSAFE_IN_SCRIPT))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', safe)


@register.simple_tag
def social_card(post, blog):
    """The address, size and description of what is shown where a post is shared."""
    language = post.shown_language
    card = cards.card_of(post, language, blog)
    address = reverse("card", args=[post.pk, language, card.key])
    with override(language):
        alt = _("“%(title)s”, on %(blog)s") % {"title": card.title, "blog": card.blog}
    return {
        "address": absolute(address),
        "width": cards.WIDTH,
        "height": cards.HEIGHT,
        "alt": alt,
    }


LOCALES = {"fr": "fr_FR", "en": "en_GB"}


@register.filter
def locale(language):
    """A language as OpenGraph names it."""
    return LOCALES[language]


@register.filter
def is_editable_by(post, user):
    return post.is_editable_by(user)


# Each says it in the language it speaks of, whatever the page around it.
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
READ_IN = {"fr": "Lire en français", "en": "Read in English"}
BRIEFLY = {"fr": "En français, en bref", "en": "In English, briefly"}


@register.filter
def briefly(language):
    """The invitation before a summary: “In English, briefly”."""
    return BRIEFLY[language]


@register.filter
def read_in(language):
    """The invitation to a full translation, to those who want that language."""
    return READ_IN[language]


@register.filter
def language_name(language):
    return LANGUAGE_NAMES[language]


@register.filter
def text_of(instance, field):
    """The text of ``field``, in the page's language if it can be."""
    return set_text(*written(instance, field)) or getattr(instance, "slug", "")


@register.filter
def marked_text_of(instance, field):
    """The same, marked with its language where that is not the page's."""
    text, language = written(instance, field)
    text = set_text(text, language)
    if language == get_language():
        return text or getattr(instance, "slug", "")
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag(takes_context=True)
def language_links(context):
    """The same page in each language; the front page where there is no such page."""
    request = context.get("request")
    # Django's handlers of errors say which one they handle.
    exists = request and request.resolver_match and "exception" not in context
    return [
        {
            "code": code,
            "name": name,
            "url": _same_page(request, code) if exists else _home(code),
            "is_current": code == get_language(),
        }
        for code, name in LANGUAGE_NAMES.items()
    ]


def _home(language):
    with override(language):
        return reverse("blog:home")


def _same_page(request, language):
    url = translate_url(request.path, language)
    if url == request.path and language != get_language():
        return _home(language)  # a page without a language in its address
    query = request.META.get("QUERY_STRING", "")
    return f"{url}?{query}" if query and request.method == "GET" else url
