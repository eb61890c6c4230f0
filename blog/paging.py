"""Pages of a list read by key: no OFFSET, and nothing counted on the way.

A page begins where another ended, at ``<published_at>_<pk>`` of its last post, so that
its cost does not grow with its depth and a new post moves nothing while somebody reads.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.http import Http404

PAGE_SIZE = 10
KEY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z)_([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Page:
    """Some posts of a list, newest first, and where the list goes on, if it does."""

    posts: list
    older: str = ""
    newer: str = ""
    is_first: bool = False


def key_of(post):
    moment = post.published_at.astimezone(UTC).replace(tzinfo=None)
    return f"{moment.isoformat()}Z_{post.pk}"


def page_of(posts, parameters, *, size=PAGE_SIZE):
    """Return the page of ``posts`` that ``parameters`` (of the query string) ask for.

    ``before`` and ``after`` hold the key of a post on the neighbouring page. Raises
    ``Http404`` when it is no key.
    """
    if "after" in parameters:
        found = list(_after(posts, parameters["after"])[: size + 1])
        if len(found) > size:
            shown = found[:size][::-1]
            return Page(shown, older=key_of(shown[-1]), newer=key_of(shown[0]))
        # Nothing is newer than these: this is the first page, which has one address.
        parameters = {}
    is_first = "before" not in parameters
    older = posts if is_first else _before(posts, parameters["before"])
    found = list(older.order_by("-published_at", "-pk")[: size + 1])
    shown = found[:size]
    return Page(
        shown,
        older=key_of(shown[-1]) if len(found) > size else "",
        newer=key_of(shown[0]) if shown and not is_first else "",
        is_first=is_first,
    )


def _before(posts, key):
    moment, pk = _parsed(key)
    return posts.filter(published_at__lte=moment).filter(
        Q(published_at__lt=moment) | Q(pk__lt=pk)
    )


def _after(posts, key):
    moment, pk = _parsed(key)
    return (
        posts.filter(published_at__gte=moment)
        .filter(Q(published_at__gt=moment) | Q(pk__gt=pk))
        .order_by("published_at", "pk")
    )


def _parsed(key):
    match = KEY.fullmatch(key)
    if match is None:
        raise Http404("no key of a page")
    try:
        return datetime.fromisoformat(match[1]), int(match[2])
    except ValueError as error:
        raise Http404("no date in the key of a page") from error
