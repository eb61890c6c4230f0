from django.utils.functional import SimpleLazyObject

from .models import Blog, Page


def blog(request):
    """The blog's name and menu, asked for only by the pages that show them."""
    return {
        "blog": SimpleLazyObject(Blog.current),
        "menu_pages": Page.objects.published().filter(is_in_menu=True),
    }
