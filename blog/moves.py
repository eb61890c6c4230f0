"""What was published under an address stays to be found there: redirects."""

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from .models import Language, Post, SearchText, Series, Tag

FEED_EXTENSIONS = ("rss", "atom", "json")
FEED_NAMES = {Tag: "tag_feed", Series: "series_feed"}


def addresses(thing):
    """Return every path ``thing`` is read at, as ``{name of the place: path}``."""
    paths = {}
    for language in Language.values:
        with translation.override(language):
            paths[language] = thing.get_absolute_url()
    if type(thing) in FEED_NAMES:
        for extension in FEED_EXTENSIONS:
            paths[extension] = reverse(
                FEED_NAMES[type(thing)],
                kwargs={"slug": thing.slug, "extension": extension},
            )
    return paths


def known_addresses(thing):
    """Return the addresses readers may know: none of what never was public."""
    if thing is None or getattr(thing, "is_published", True) is False:
        return {}
    return addresses(thing)


@transaction.atomic
def lead_on(before, after):
    """Lead from each address in ``before`` to the one of the same name in ``after``.

    What led to an old address leads to the new one at once, and nothing leads away from
    an address that is in use again. Addresses that did not change are left alone.
    """
    rows = Redirect.objects.filter(site_id=settings.SITE_ID)
    for name, old in before.items():
        new = after[name]
        if old == new:
            continue
        rows.filter(old_path=new).delete()
        rows.filter(new_path=old).update(new_path=new)
        rows.update_or_create(
            old_path=old, site_id=settings.SITE_ID, defaults={"new_path": new}
        )


@transaction.atomic
def merge(kept, others):
    """Bring the posts of ``others`` under ``kept``, lead there, and delete them.

    All are tags, or all are series.
    """
    for other in others:
        posts = list(Post.objects.filter(pk__in=other.posts.values("pk")))
        if isinstance(kept, Tag):
            kept.posts.add(*posts)
        else:
            other.posts.update(series=kept)
        lead_on(addresses(other), addresses(kept))
        other.delete()
        SearchText.write(Post.objects.filter(pk__in=[post.pk for post in posts]))
