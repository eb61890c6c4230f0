"""What a reader asks for, and the posts that have it."""

from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from django.db.models.expressions import RawSQL

from . import postgres, sqlite
from .words import STEMMERS, STOP_WORDS, WORD, folded, token

ENGINES = {"sqlite": sqlite, "postgresql": postgres}
# What is longer is no question, and a database need not answer it.
MOST_TYPED, MOST_WORDS = 100, 12


def asked(query):
    """Return the words of ``query``, each as the tuple of tokens that answer to it.

    Nobody says in which language they ask: each word is taken in both. Particles count
    only where there is nothing else.
    """
    typed = WORD.findall(query)[:MOST_TYPED]
    telling = [word for word in typed if folded(word) not in STOP_WORDS]
    words = []
    for word in telling or typed:
        found = (token(word, language) for language in STEMMERS)
        alternatives = tuple(name for name in found if name)
        if alternatives and alternatives not in words:
            words.append(alternatives)
    return words[:MOST_WORDS]


def find(posts, words):
    """Return those of ``posts`` that have all ``words``, with their ``rank``.

    2: all in the title; 1: in the title, a summary, a tag or often in the text; 0:
    somewhere. A rank depends on the post alone, so that a page that begins after a post
    begins there tomorrow too.
    """
    if not words:
        return posts.none()
    return posts.filter(pk__in=_matching(words, "body")).annotate(
        rank=Case(
            When(pk__in=_matching(words, "title"), then=Value(2)),
            When(pk__in=_matching(words, "about"), then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
    )


def _matching(words, column):
    engine = ENGINES[connection.vendor]
    # S611: a constant of ours; what was typed is a parameter, and no more than tokens.
    return RawSQL(engine.MATCH, [engine.expression(words, column)])  # noqa: S611
