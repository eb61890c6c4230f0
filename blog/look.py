"""The operator's colours: whether they can be read, and the style sheet they make.

Everything is in sRGB, ``#rrggbb``. A colour is readable where its contrast with each
ground it is set on is at least 4.5 (WCAG 2.2, 1.4.3), as the style sheet has them.
"""

import colorsys
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

COLOUR = re.compile(r"#[0-9a-f]{6}")
LEAST_CONTRAST = 4.5
# --paper and --paper-raised of site.css, in each scheme.
GROUNDS = {"light": ("#fdfbf6", "#f5f0e6"), "dark": ("#1b1815", "#25211c")}
# What may be written on the accent: the lightest and the darkest of the design.
INKS = ("#fffaf5", "#1b1815")
STYLE_SHEET = "css/site.css"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a blog: ``accent`` in each scheme, empty for the design's own."""

    light: str = ""
    dark: str = ""

    def __bool__(self):
        return bool(self.light or self.dark)

    @property
    def css(self):
        """The rules that set the colours, for the screen alone: paper stays black."""
        rules = {"light": "@media screen{{{}}}", "dark": (
            "@media screen and (prefers-color-scheme:dark){{{}}}"
        )}  # fmt: skip
        return "".join(
            rules[scheme].format(
                f":root{{--accent:{colour};--accent-ink:{ink_on(colour)}}}"
            )
            for scheme, colour in (("light", self.light), ("dark", self.dark))
            if colour
        )


def contrast(one, other):
    """Return the ratio of luminances of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour, scheme):
    return min(contrast(colour, ground) for ground in GROUNDS[scheme])


def is_readable(colour, scheme):
    return least_contrast(colour, scheme) >= LEAST_CONTRAST


@lru_cache(maxsize=64)
def nearest_readable(colour, scheme):
    """Return ``colour``, made darker (or lighter, on dark) until it can be read.

    The hue stays what it is.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    step = -0.01 if scheme == "light" else 0.01
    while not is_readable(colour, scheme):
        lightness += step
        colour = _written(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def ink_on(colour):
    """Return the ink that stands out most on ``colour``."""
    return max(INKS, key=lambda ink: contrast(colour, ink))


def _parts(colour):
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _written(parts):
    return "#" + "".join(f"{round(min(max(p, 0), 1) * 255):02x}" for p in parts)


def _luminance(colour):
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return sum(
        weight * part
        for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


@lru_cache(maxsize=4)
def style_sheet(look):
    """Return the style sheet of a blog with these colours, and its version.

    The colours are added to the design's own, so a page still asks for one.
    """
    css = Path(finders.find(STYLE_SHEET)).read_bytes() + look.css.encode()
    return css, hashlib.sha256(css).hexdigest()[:12]
