"""The picture that goes with a link to a post where somebody shares it.

It is drawn in the type of the pages: the title as large as it fits, the blog's name,
the language, the operator's colour, and the lead picture where there is one. The
letters are in ``type/``, because a server has none of its own.
"""

import hashlib
import json
from bisect import bisect_right
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

from . import images, renditions
from .models import localized
from .typography import set_text

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
BAND = 18  # of the operator's colour, at the left
PICTURE_WIDTH = 440
TITLE_TOP, TITLE_HEIGHT = 160, 340
LARGEST, SMALLEST, STEP = 112, 24, 2
# A word that is too long is broken rather than everything made smaller than this.
BROKEN_FROM = 56
LINE_HEIGHT = 1.16
INK, INK_SOFT, PAPER = "#211d18", "#635c52", "#fdfbf6"
ACCENT = "#8f2f1d"
TYPE = Path(__file__).parent / "type"
# Raise it when the drawing changes: cards are kept under what they were drawn from.
DRAWING = 1
ELLIPSIS = "…"


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a card says. ``picture`` is the name of a stored file, or nothing."""

    title: str
    blog: str
    language: str
    accent: str = ACCENT
    picture: str = ""

    @cached_property
    def key(self):
        """Sixteen characters that change when the card would look different."""
        said = json.dumps([DRAWING, asdict(self)], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def text_width(self):
        right = PICTURE_WIDTH if self.picture else 0
        return WIDTH - right - 2 * MARGIN

    def jpeg(self):
        """Draw it; a picture that cannot be read is left out."""
        image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, BAND - 1, HEIGHT), fill=self.accent)
        if self.picture:
            _paste(image, self.picture)
        small = font("Regular", 38)
        name = _shortened(drawable(self.blog), small, self.text_width)
        draw.text((MARGIN, 84), name, INK_SOFT, small, "ls")
        title = drawable(self.title) or drawable(self.blog)
        size, lines = fitted(title, self.text_width, TITLE_HEIGHT)
        large = font("SemiBold", size)
        for number, line in enumerate(lines, 1):
            at = (MARGIN, TITLE_TOP + round(number * size * LINE_HEIGHT - 0.2 * size))
            draw.text(at, line, INK, large, "ls")
        foot = HEIGHT - MARGIN + 12
        draw.text((MARGIN, foot), f"[{self.language}]", self.accent, small, "ls")
        content = BytesIO()
        image.save(content, "JPEG", quality=90, subsampling=0, optimize=True)
        return content.getvalue()


def card_of(post, language, blog):
    """Return the ``Card`` of the text of ``post`` in ``language``."""
    picture = post.lead_picture
    return Card(
        title=set_text(localized(post, "title", language), language),
        blog=set_text(localized(blog, "title", language) or str(blog), language),
        language=language,
        accent=blog.accent or ACCENT,
        picture=_lightest(picture) if picture else "",
    )


def _lightest(picture):
    """Return the name of the smallest copy of a picture that fills its place."""
    for width in (picture.renditions or {}).get("webp", ()):
        height = picture.height * width / picture.width
        if width >= PICTURE_WIDTH and height >= HEIGHT:
            return renditions.name_of(picture.file.name, width, "webp")
    return picture.file.name


@lru_cache(maxsize=64)
def font(weight, size):
    # The basic layout, because the other depends on what a machine has installed.
    path = TYPE / f"CardSerif-{weight}.ttf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def fitted(text, width, height):
    """Return the largest size, in pixels, at which ``text`` fits, and its lines.

    Lines are about as long as each other. What is too long in the smallest size ends in
    an ellipsis.
    """
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        lines = _lines(text, font("SemiBold", size), width)
        most = int(height // (size * LINE_HEIGHT))
        if len(lines) <= most and (size <= BROKEN_FROM or not _is_torn(text, lines)):
            return size, _balanced(text, font("SemiBold", size), width, lines)
    return SMALLEST, _cut(lines, most, font("SemiBold", SMALLEST), width)


def drawable(text):
    """Return ``text`` without the signs that our letters lack, emoji for instance."""
    left = "".join(c for c in text if _is_drawn(c))
    return " ".join(word for word in left.split(" ") if word)


@lru_cache(maxsize=2048)
def _is_drawn(character):
    letters = font("Regular", 24)
    return character.isspace() or bytes(letters.getmask(character)) != bytes(
        letters.getmask("\uffff")
    )


def _lines(text, letters, width):
    """Break ``text`` at its spaces, and a word that is too wide wherever it must."""
    lines = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and letters.getlength(joined) <= width:
            lines[-1] = joined
            continue
        while letters.getlength(word) > width:
            fits = max(1, _beginning(word, letters, width))
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return lines


def _beginning(text, letters, width):
    """Return how many characters from the first fit in ``width``."""
    lengths = range(1, len(text) + 1)
    return bisect_right(lengths, width, key=lambda n: letters.getlength(text[:n]))


def _is_torn(text, lines):
    return " ".join(lines) != text


def _balanced(text, letters, width, lines):
    """Return as many lines as there are, in the least width that allows it."""
    narrow, wide = width // 2, width
    while wide - narrow > 8:
        middle = (narrow + wide) // 2
        tried = _lines(text, letters, middle)
        if len(tried) <= len(lines) and not _is_torn(text, tried):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def _cut(lines, most, letters, width):
    return [*lines[: most - 1], _shortened(" ".join(lines[most - 1 :]), letters, width)]


def _shortened(text, letters, width):
    if letters.getlength(text) <= width:
        return text
    room = width - letters.getlength(ELLIPSIS)
    return text[: _beginning(text, letters, room)].rstrip() + ELLIPSIS


def _paste(image, name):
    try:
        with default_storage.open(name) as file:
            picture = images.opened(file)
            picture.draft("RGB", (PICTURE_WIDTH, HEIGHT))
            picture = ImageOps.fit(picture.convert("RGB"), (PICTURE_WIDTH, HEIGHT))
    except (OSError, images.PictureRefused):
        return
    image.paste(picture, (WIDTH - PICTURE_WIDTH, 0))
