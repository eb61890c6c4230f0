"""Pages of a list read by key: no OFFSET, and nothing counted on the way.

A page begins where another ended, at ``<published_at>_<pk>`` of its last post, so that
its cost does not grow with its depth and a new post moves nothing while somebody reads.
In a ranked list (``rank`` annotated, the highest first) the key begins with the rank.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.http import Http404

PAGE_SIZE = 10
KEY = re.compile(
    r"(?:([0-9])_)?([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z)_([0-9]{1,18})"
)


@dataclass(frozen=True, slots=True)
class Page:
    """Some posts of a list, newest first, and where the list goes on, if it does."""

    posts: list
    older: str = ""
    newer: str = ""
    is_first: bool = False


def key_of(post):
    moment = post.published_at.astimezone(UTC).replace(tzinfo=None)
    key = f"{moment.isoformat()}Z_{post.pk}"
    return f"{post.rank}_{key}" if hasattr(post, "rank") else key


def page_of(posts, parameters, *, size=PAGE_SIZE, is_ranked=False):
    """Return the page of ``posts`` that ``parameters`` (of the query string) ask for.

    ``before`` and ``after`` hold the key of a post on the neighbouring page. Raises
    ``Http404`` when it is no key.
    """
    rank = ["rank"] if is_ranked else []
    if "after" in parameters:
        later = _after(posts, parameters["after"], is_ranked)
        found = list(later.order_by(*rank, "published_at", "pk")[: size + 1])
        if len(found) > size:
            shown = found[:size][::-1]
            return Page(shown, older=key_of(shown[-1]), newer=key_of(shown[0]))
        # Nothing is newer than these: this is the first page, which has one address.
        parameters = {}
    is_first = "before" not in parameters
    older = posts if is_first else _before(posts, parameters["before"], is_ranked)
    order = [f"-{field}" for field in (*rank, "published_at", "pk")]
    found = list(older.order_by(*order)[: size + 1])
    shown = found[:size]
    return Page(
        shown,
        older=key_of(shown[-1]) if len(found) > size else "",
        newer=key_of(shown[0]) if shown and not is_first else "",
        is_first=is_first,
    )


def _before(posts, key, is_ranked):
    rank, moment, pk = _parsed(key, is_ranked)
    by_date = Q(published_at__lte=moment) & (Q(published_at__lt=moment) | Q(pk__lt=pk))
    if not is_ranked:
        return posts.filter(by_date)
    return posts.filter(Q(rank__lt=rank) | Q(rank=rank) & by_date)


def _after(posts, key, is_ranked):
    rank, moment, pk = _parsed(key, is_ranked)
    by_date = Q(published_at__gte=moment) & (Q(published_at__gt=moment) | Q(pk__gt=pk))
    if not is_ranked:
        return posts.filter(by_date)
    return posts.filter(Q(rank__gt=rank) | Q(rank=rank) & by_date)


def _parsed(key, is_ranked):
    match = KEY.fullmatch(key)
    if match is None or (match[1] is not None) != is_ranked:
        raise Http404("no key of a page")
    try:
        return int(match[1] or 0), datetime.fromisoformat(match[2]), int(match[3])
    except ValueError as error:
        raise Http404("no date in the key of a page") from error
