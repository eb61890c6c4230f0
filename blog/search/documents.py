"""Which words of a post weigh how much, in three columns of tokens."""

from collections import Counter

from ..html import plain_text
from .words import STEMMERS, tokens

# A word said so often, and so much of a text, is what the text is about.
OFTEN = 3
SHARE = 0.005
# PostgreSQL takes no more than a megabyte of different words with their places.
LONGEST_TEXT, LONGEST_ABOUT = 20_000, 5_000


def columns(post):
    """Return ``{"title": …, "about": …, "body": …}``: tokens parted by spaces.

    ``about`` holds the summaries, the tags, where a post appeared first, and what its
    text says often.
    """
    title, about, body = [], [], []
    for language in STEMMERS:
        title += tokens(_written(post, "title", language), language)
        about += tokens(_written(post, "summary", language), language)
        for tag in post.tags.all():
            about += tokens(_written(tag, "name", language), language)
        text = plain_text(_written(post, "body_html", language))
        found = tokens(text, language)
        about += _said_often(found)
        body += found[: LONGEST_TEXT - len(body)]
    about += tokens(post.source_name, post.original_language)
    return {
        "title": " ".join(title),
        "about": " ".join(about[:LONGEST_ABOUT]),
        "body": " ".join(body),
    }


def _written(instance, field, language):
    return getattr(instance, f"{field}_{language}") or ""


def _said_often(found):
    least = max(OFTEN, SHARE * len(found))
    return [name for name, count in Counter(found).items() if count >= least]
