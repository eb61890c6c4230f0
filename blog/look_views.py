"""What the operator's colours and icon are, as files that browsers ask for."""

from io import BytesIO

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from PIL import Image, ImageOps

from . import images, look
from .models import Blog, Picture

MAX_AGE = 365 * 24 * 3600
ICON_KEPT = 30 * 24 * 3600  # seconds in our cache; it can be made again
# The tab of a browser, and the first page of an iPhone.
PAGE_ICONS = {32: "icon", 180: "apple-touch-icon"}
BUBBLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="{}" '
    'd="M4 3h24a3 3 0 0 1 3 3v15a3 3 0 0 1-3 3H15l-7 6v-6H4a3 3 0 0 1-3-3V6a3 3 0 0 1 '
    '3-3z"/><path fill="none" stroke="{}" stroke-width="2.4" stroke-linecap="round" '
    'd="M8 10.5h9M8 16.5h16"/></svg>'
)


def style_sheet_address(blog):
    """Return where the one style sheet is: a static file, or one with their colours."""
    if not blog.look:
        return static(look.STYLE_SHEET)
    _css, version = look.style_sheet(blog.look)
    return reverse("style_sheet", args=[version])


def icons(blog, sizes=tuple(PAGE_ICONS)):
    """Return the blog's icons, each with ``rel``, ``src``, ``sizes`` and ``type``."""
    if blog.icon_id:
        return [
            {
                "rel": PAGE_ICONS.get(size, "icon"),
                "src": reverse("icon", args=[blog.icon_id, size]),
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for size in sizes
        ]
    src = static("img/icon.svg")
    if blog.accent:
        src = reverse("tinted_icon", args=[blog.accent.removeprefix("#")])
    return [{"rel": "icon", "src": src, "sizes": "any", "type": "image/svg+xml"}]


@require_safe
def style_sheet(request, version):
    blog = Blog.current()
    address = style_sheet_address(blog)
    if request.path != address:
        return redirect(address)  # the colours have changed since that page was made
    css, _version = look.style_sheet(blog.look)
    return _kept(HttpResponse(css, content_type="text/css"))


@require_safe
def tinted_icon(request, colour):
    """The design's speech bubble in a colour; each is its own file."""
    svg = BUBBLE.format(f"#{colour}", look.ink_on(f"#{colour}"))
    return _kept(HttpResponse(svg, content_type="image/svg+xml"))


@require_safe
def icon(request, pk, size):
    """The operator's icon as a square of ``size`` pixels."""
    if int(pk) != Blog.current().icon_id:
        raise Http404("not the icon of this blog")
    picture = get_object_or_404(Picture, pk=pk)
    png = cache.get_or_set(
        f"icon:{pk}-{size}", lambda: _square(picture.file, int(size)), ICON_KEPT
    )
    return _kept(HttpResponse(png, content_type="image/png"))


def _square(file, size):
    try:
        with file.open("rb") as source:
            image = images.opened(source).convert("RGBA")
    except (OSError, images.PictureRefused) as error:
        raise Http404("the picture is gone") from error
    content = BytesIO()
    small = ImageOps.fit(image, (size, size), Image.Resampling.LANCZOS)
    small.save(content, "PNG", optimize=True)
    return content.getvalue()


def _kept(response):
    patch_cache_control(response, public=True, max_age=MAX_AGE, immutable=True)
    return response
