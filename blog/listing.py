"""What a list says of a post: one title and one text, each with its language."""

from dataclasses import dataclass

from django.db.models import Case, Q, When
from django.db.models.functions import Left

from .html import plain_text
from .models import Language, localized
from .typography import set_text

# Of the stored HTML; enough for the words below whatever the markup around them, that
# of a picture in all its sizes among it.
OPENING_CHARACTERS = 4000
OPENING_WORDS = 45


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    language: str
    text: str
    text_language: str
    is_opening: bool = False


def listed(posts, language):
    """Return ``posts`` with all that ``entry`` needs, without their long texts."""
    is_full_here = Q(**{f"title_{language}__gt": "", f"body_{language}__gt": ""})
    other = Language(language).other
    return posts.for_lists().annotate(
        is_full_here=is_full_here,
        opening=Case(
            When(is_full_here, then=Left(f"body_html_{language}", OPENING_CHARACTERS)),
            default=Left(f"body_html_{other}", OPENING_CHARACTERS),
        ),
    )


def entry(post, language):
    """Return what a list in ``language`` says of a post that came through ``listed``.

    The summary in the page's own language if somebody wrote one, else the text's own
    beginning: never a text in a language it does not say it is in.
    """
    written_in = language if post.is_full_here else Language(language).other.value
    summary = localized(post, "summary", language)
    text_language = language if summary else written_in
    return Entry(
        title=set_text(localized(post, "title", written_in), written_in),
        language=written_in,
        text=set_text(summary or opening(post.opening), text_language),
        text_language=text_language,
        is_opening=not summary,
    )


def opening(html, *, words=OPENING_WORDS):
    """Return the first words of ``html``, which may have been cut within a tag."""
    html = html or ""
    if html.rfind("<") > html.rfind(">"):
        html = html[: html.rfind("<")]
    found = plain_text(html).split()
    if len(found) <= words:
        return " ".join(found)
    return " ".join(found[:words]).rstrip(" .,;:—–") + "…"
