"""The smaller copies of a picture that a browser chooses from.

They are made when the picture is saved, in a few fixed widths and formats, so nobody
can order others; ``manage.py make_renditions`` makes those that are missing. Which
exist is kept with the picture, as ``{extension: [width, …]}``: a page offers no other.
"""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from . import images

# In pixels. A column of text is 570 CSS pixels wide at most, the whole sheet 960.
WIDTHS = (480, 800, 1200, 1920)
# From the lightest: a browser takes the first it knows.
MODERN = {
    "avif": ("AVIF", {"quality": 55, "speed": 8}),
    "webp": ("WEBP", {"quality": 78}),
}
# For whatever knows neither, as some feed readers; only where the picture is wider.
FALLBACK_WIDTH = 1200
FALLBACKS = {
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
    "png": ("PNG", {"optimize": True}),
}


def name_of(name, width, extension):
    """Return the name, in the storage, of a copy of the picture called ``name``."""
    return f"{name}.{width}.{extension}"


def names(name, renditions):
    """Return the names of all copies that ``renditions`` says exist."""
    return [
        name_of(name, width, extension)
        for extension, widths in (renditions or {}).items()
        for width in widths
    ]


def make(file):
    """Make the copies of a stored picture, and return which there are now.

    A format whose widest copy would be as heavy as the picture itself is left out, and
    so are all copies of an animation, which would stand still. Raises ``OSError`` or
    ``PictureRefused`` if the file cannot be read.
    """
    with file.storage.open(file.name) as source:
        weight = source.seek(0, 2)
        source.seek(0)
        image = images.opened(source)
        if getattr(image, "n_frames", 1) > 1:
            return {}
        own_width = image.width
        # A JPEG is decoded no larger than it has to be.
        image.draft(None, _reduced(image.size, min(own_width, max(WIDTHS))))
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    made = {}
    for extension, widths, kind, options in _wanted(own_width, image.mode):
        copies = {}
        for width in widths:
            content = BytesIO()
            size = _reduced(image.size, width)
            small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
            small.save(content, kind, **options)
            copies[width] = content
        if copies[max(widths)].tell() < weight:
            for width, content in copies.items():
                _store(file.storage, name_of(file.name, width, extension), content)
            made[extension] = widths
    return made


def _wanted(own_width, mode):
    largest = min(own_width, max(WIDTHS))
    widths = [*(width for width in WIDTHS if width < largest), largest]
    for extension, (kind, options) in MODERN.items():
        yield extension, widths, kind, options
    if own_width > FALLBACK_WIDTH:
        extension = "png" if mode == "RGBA" else "jpg"
        yield extension, [FALLBACK_WIDTH], *FALLBACKS[extension]


def _reduced(size, width):
    return width, max(1, round(size[1] * width / size[0]))


def _store(storage, name, content):
    # Under this name and no other: the storage would add letters to one that is taken.
    storage.delete(name)
    storage.save(name, ContentFile(content.getvalue()))
