from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.shortcuts import render


class OldAddressMiddleware(RedirectFallbackMiddleware):
    """Django's own, with a page for what is gone where it would answer with nothing."""

    def process_response(self, request, response):
        found = super().process_response(request, response)
        if found.status_code == 410 and not found.content:
            return render(request, "410.html", status=410)
        return found
