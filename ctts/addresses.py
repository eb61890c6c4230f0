"""Addresses of the site, as whatever leaves it needs them; and of those who call."""

from django.conf import settings


def absolute(path):
    """Return ``path`` (which starts with a slash) under the address readers know."""
    return f"{settings.SITE_URL}{path}"


def client_ip(request):
    """Return who called the proxy in front of us: the last address it wrote down.

    Those before it are the caller's own word.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR")
