"""Absolute addresses of what is written here, in a language of the caller's choice."""

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import translation

from ctts.addresses import absolute


def in_language(writing, language):
    """Return the absolute address of ``writing`` under ``/<language>/``."""
    with translation.override(language):
        return absolute(writing.get_absolute_url())


def canonical(post, language):
    """Return the one address search engines should keep for this text of a post.

    ``language`` is the one the text is shown in. Around a text without translation the
    page of the other language is the same page with another frame.
    """
    if post.source_is_canonical and post.source_url:
        return post.source_url
    return in_language(post, language)


def alternates(writing):
    """Return ``{language: address}`` where the text exists in full in both languages.

    Empty otherwise: another frame around the same text is no translation of it.
    """
    languages = writing.full_languages
    if len(languages) < 2:
        return {}
    return {language: in_language(writing, language) for language in languages}


def of_list(request):
    """Return ``canonical`` and ``alternates`` of a list, which both languages have.

    Asked for under another address (``?after=…``), it only says what its own is.
    """
    alternates = {
        language: absolute(translate_url(request.path, language))
        for language, _name in settings.LANGUAGES
    }
    if request.path == reverse("blog:home"):
        # The address without a language asks a reader's browser for one.
        alternates["x-default"] = absolute(reverse("front_door"))
    return {
        "canonical": absolute(request.path),
        "alternates": {} if request.GET else alternates,
    }
