"""System checks: configurations that would undo what this application promises."""

from django.core.checks import Error, Tags, register
from django.urls import get_resolver


def _included_modules(resolver):
    for pattern in getattr(resolver, "url_patterns", []):
        module = getattr(pattern, "urlconf_name", None)
        yield getattr(module, "__name__", str(module))
        yield from _included_modules(pattern)


@register(Tags.urls)
def xtd_addresses_stay_out(app_configs=None, **kwargs):
    """Refuse xtd's and django_comments' addresses: they publish without screening."""
    forbidden = ("django_comments_xtd.", "django_comments.")
    return [
        Error(
            f"{name} is included in the site's addresses.",
            hint="It publishes comments unscreened and shows held ones to anybody. "
            "Include comments.urls alone.",
            id="comments.E001",
        )
        for name in set(_included_modules(get_resolver()))
        if name.startswith(forbidden)
    ]
