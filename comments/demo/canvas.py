"""What the demo's pictures are drawn with: gradients, ridges, glows, soft shadows.

Places and lengths are in units of a picture 1600 wide and 1000 high, whatever its size
in pixels. Drawing is done at twice that size, then reduced, which smooths the edges.
"""

import io
import math
import random

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1000
OVERSAMPLING = 2


class Canvas:
    def __init__(self, width, *, seed):
        self.scale = width * OVERSAMPLING / WIDTH
        self.pixels = (width * OVERSAMPLING, width * HEIGHT // WIDTH * OVERSAMPLING)
        self.random = random.Random(seed)  # noqa: S311 (it draws, it guards nothing)
        self.image = Image.new("RGB", self.pixels)

    def gradient(self, *stops, box=(0, 0, WIDTH, HEIGHT)):
        """Fill ``box`` downwards; a stop is ``(place from 0 to 1, colour)``."""
        left, top, right, bottom = (round(value * self.scale) for value in box)
        places = [place for place, _ in stops]
        colours = np.array([ImageColor.getrgb(colour) for _, colour in stops])
        rows = np.linspace(0, 1, max(bottom - top, 1))
        column = np.stack(
            [np.interp(rows, places, colours[:, band]) for band in range(3)], axis=1
        )
        pixels = np.repeat(column[:, None, :], max(right - left, 1), axis=1)
        self.image.paste(Image.fromarray(pixels.astype(np.uint8)), (left, top))

    def polygon(self, points, colour, *, opacity=1.0, blur=0):
        points = self._at(points)
        self._stamp("polygon", points, colour, opacity, blur)

    def ellipse(self, box, colour, *, opacity=1.0, blur=0):
        self._stamp("ellipse", self._corners(box), colour, opacity, blur)

    def rectangle(self, box, colour, *, radius=0, opacity=1.0, blur=0):
        box = self._corners(box)
        corner = radius * self.scale
        self._stamp("rounded_rectangle", box, colour, opacity, blur, radius=corner)

    def line(self, points, colour, width, *, opacity=1.0, blur=0):
        width = max(1, round(width * self.scale))
        points = self._at(points)
        self._stamp("line", points, colour, opacity, blur, width=width, joint="curve")

    def glow(self, x, y, radius, colour, opacity):
        """Light that is strongest at its centre and gone at ``radius``."""
        box = (x - radius / 2, y - radius / 2, x + radius / 2, y + radius / 2)
        self.ellipse(box, colour, opacity=opacity, blur=radius / 4)

    def ridge(self, height, roughness, *, step=8, waves=7, longest=900):
        """Return points of a mountain line around ``height``, from left to right."""
        parts = [
            (longest / 1.9**n, roughness / 1.75**n, self.random.uniform(0, math.tau))
            for n in range(waves)
        ]
        return [
            (x, height - sum(
                size * (1 - 2 * abs(math.sin(x * math.pi / length + phase)))
                for length, size, phase in parts
            ))
            for x in range(-step, WIDTH + 2 * step, step)
        ]  # fmt: skip

    def below(self, ridge, colour, **options):
        """Fill everything under a line of points."""
        self.polygon([*ridge, (WIDTH + 9, HEIGHT), (-9, HEIGHT)], colour, **options)

    def jpeg(self):
        """Return the finished picture as the bytes of a JPEG file."""
        size = tuple(side // OVERSAMPLING for side in self.pixels)
        small = self.image.resize(size, Image.Resampling.BOX)
        # A little grain, without which a sky shows steps between its colours.
        grain = np.random.default_rng(1).normal(0, 1.2, (size[1], size[0], 1))
        pixels = np.clip(np.asarray(small) + grain, 0, 255).astype(np.uint8)
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=84, optimize=True)
        return file.getvalue()

    def _stamp(self, shape, points, colour, opacity, blur, **options):
        """Lay a shape on the picture through a mask no larger than it needs."""
        blur *= self.scale
        margin = 3 * blur + options.get("width", 0) + 2
        left = max(0, int(min(x for x, _ in points) - margin))
        top = max(0, int(min(y for _, y in points) - margin))
        right = min(self.pixels[0], int(max(x for x, _ in points) + margin))
        bottom = min(self.pixels[1], int(max(y for _, y in points) + margin))
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        moved = [(x - left, y - top) for x, y in points]
        getattr(ImageDraw.Draw(mask), shape)(moved, fill=255, **options)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur))
        if opacity < 1:
            mask = mask.point([round(value * opacity) for value in range(256)])
        self.image.paste(colour, (left, top, right, bottom), mask)

    def _at(self, points):
        return [(x * self.scale, y * self.scale) for x, y in points]

    def _corners(self, box):
        return self._at([box[:2], box[2:]])
