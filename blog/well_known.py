"""What browsers, robots and other programs ask every site for."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ctts.addresses import absolute

from .look_views import icons
from .models import Blog
from .templatetags.reading import text_of

# A security.txt has to say until when it holds, and for no more than a year.
SECURITY_CONTACT_DAYS = 180


@require_safe
def robots(request):
    return _text(
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /moderation/",
        f"Sitemap: {absolute(reverse('sitemap'))}",
    )


@require_safe
def favicon(request):
    """Answer those who ask for an icon without reading the page first."""
    return redirect(icons(Blog.current())[0]["src"])


@require_safe
def security_contact(request):
    """Say whom to tell of a weakness (RFC 9116), if the operator has said so."""
    if not settings.SECURITY_CONTACT:
        raise Http404("nobody is named in SECURITY_CONTACT")
    until = datetime.now(UTC).date() + timedelta(days=SECURITY_CONTACT_DAYS)
    return _text(
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.isoformat()}T00:00:00Z",
        "Preferred-Languages: fr, en",
        f"Canonical: {absolute(request.path)}",
    )


@require_safe
def manifest(request):
    """Tell a browser how to keep the blog on a telephone's first page."""
    blog = Blog.current()
    home = reverse("blog:home")
    return JsonResponse(
        {
            "name": text_of(blog, "title"),
            "description": text_of(blog, "tagline"),
            "lang": get_language(),
            "id": home,
            "start_url": home,
            "display": "minimal-ui",
            "icons": [
                {key: icon[key] for key in ("src", "sizes", "type")}
                for icon in icons(blog, sizes=(192, 512))
            ],
        },
        content_type="application/manifest+json",
    )


def _text(*lines):
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")
