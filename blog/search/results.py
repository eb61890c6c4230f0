"""What a page of results says of each post: its title and the words around a find."""

from dataclasses import dataclass

from ..html import plain_text
from ..listing import entry
from ..typography import set_text
from .excerpts import Piece, excerpt, marked


@dataclass(frozen=True, slots=True)
class Result:
    """A title and a text, each in pieces and with its language."""

    title: list
    language: str
    text: list
    text_language: str


def result(post, bodies, words, language):
    """Return what a page in ``language`` says of a post found by ``words``.

    ``bodies`` maps each language to the HTML of the post in it, or to nothing.

    The text is the passage that has most of the words; where several have as many, the
    post itself goes before its summaries, and the language of the title first.
    """
    listed = entry(post, language)
    best, text_language, most = [Piece(listed.text)], listed.text_language, 0
    for text, spoken in _candidates(post, bodies, listed.language):
        pieces, count = excerpt(text, spoken, words)
        if count > most:
            best, text_language, most = pieces, spoken, count
    return Result(
        title=marked(listed.title, listed.language, words),
        language=listed.language,
        text=best,
        text_language=text_language,
    )


def _candidates(post, bodies, first):
    languages = sorted(bodies, key=lambda language: language != first)
    for language in languages:
        yield set_text(plain_text(bodies[language]), language), language
    for language in languages:
        summary = getattr(post, f"summary_{language}") or ""
        yield set_text(summary, language), language
