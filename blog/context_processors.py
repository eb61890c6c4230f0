from django.conf import settings
from django.utils.functional import SimpleLazyObject

from .models import Blog, Page


def blog(request):
    """The blog's name and menu, asked for only by the pages that show them.

    ``has_session`` lets a template leave the visitor alone: for a reader without a
    session nothing may ask who they are, or the page could not be kept for the next.
    """
    return {
        "blog": SimpleLazyObject(Blog.current),
        "menu_pages": Page.objects.published()
        .filter(is_in_menu=True)
        .only("slug", "original_language", "title_fr", "title_en"),
        "has_session": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }
