import re

from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import has_vary_header, patch_cache_control

TEXT = re.compile(r"text/|application/([\w.-]+\+)?(xml|json)\b|image/svg\+xml")


class CompressedTextMiddleware(GZipMiddleware):
    """Django's own, for texts alone: a picture would only lose its length by it.

    What it adds at random keeps the length of a page from telling what is in it.
    """

    def process_response(self, request, response):
        if TEXT.match(response.get("Content-Type", "")):
            return super().process_response(request, response)
        return response


class PrivatePagesMiddleware:
    """Keeps a page that was made for one person out of the caches of everybody.

    That is every page for which a session was read, unless its view says how it may be
    kept. “Vary: Cookie” alone is not heeded by all of them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if has_vary_header(response, "Cookie") and "Cache-Control" not in response:
            patch_cache_control(response, private=True)
        return response


class OldAddressMiddleware(RedirectFallbackMiddleware):
    """Django's own, with a page for what is gone where it would answer with nothing."""

    def process_response(self, request, response):
        found = super().process_response(request, response)
        if found.status_code == 410 and not found.content:
            return render(request, "410.html", status=410)
        return found
