"""Absolute addresses, for whatever leaves the site: mails, feeds, sitemaps."""

from django.conf import settings


def absolute(path):
    """Return ``path`` (which starts with a slash) under the address readers know."""
    return f"{settings.SITE_URL}{path}"
