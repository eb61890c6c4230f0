"""Uploaded pictures: checked, then made anew, so that nothing but the picture is kept.

What comes in may be broken, hostile, or tell where it was taken. What goes out is an
image in one of a few formats, upright, in sRGB, without any other data, under a name of
our own.
"""

import secrets
import warnings
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils.translation import gettext_noop
from PIL import Image, ImageCms, ImageOps, ImageSequence

from ctts.sentences import Told

MAX_BYTES = 25 * 1024 * 1024
# A file of 20 kB can declare far more, and each pixel takes 4 bytes once decoded.
MAX_PIXELS = 40_000_000
# However small, a frame costs as much to handle: 25 MB hold a million of them.
LEAST_OF_A_FRAME = 20_000
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
SAVED_WITH = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 86},
    "AVIF": {"quality": 75},
}
MOVING = {"GIF", "WEBP"}
WITH_COLOUR_PROFILE = {"RGB", "RGBA", "CMYK"}


class PictureRefused(Told, ValueError):
    """A file that will not be kept."""


def remake(file):
    """Return a new file with the picture of ``file``, and nothing else of it.

    ``file`` is a seekable binary file. Raises ``PictureRefused``.
    """
    if file.seek(0, 2) > MAX_BYTES:
        raise PictureRefused(
            gettext_noop(
                "This file is heavier than {limit} MB. Save it smaller, and try again."
            ),
            limit=MAX_BYTES // 1024**2,
        )
    file.seek(0)
    image = opened(file)
    # Many telephones write JPEG files with a second, smaller picture inside.
    kind = "JPEG" if image.format == "MPO" else image.format
    try:
        frames = image.n_frames if kind in MOVING else 1
        _check_size(image, frames)
        content = _moving(image, kind) if frames > 1 else _still(image, kind)
    except PictureRefused:
        raise
    except Exception as error:
        # A decoder fed broken bytes may raise nearly anything.
        raise PictureRefused(
            gettext_noop(
                "This picture is damaged or cut short: it cannot be read to the end."
            )
        ) from error
    return ContentFile(content, name=f"{secrets.token_hex(8)}.{EXTENSIONS[kind]}")


def opened(file):
    """Return the undecoded ``Image`` in ``file``, of a format we know.

    Raises ``PictureRefused``.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns from 89 megapixels on; our own bound is lower.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(file, formats=list(EXTENSIONS))
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:
        raise PictureRefused(
            gettext_noop(
                "This is not a picture we can keep. JPEG, PNG, WebP, GIF and AVIF are "
                "welcome; SVG drawings and other files are not."
            )
        ) from error


def _check_size(image, frames):
    width, height = image.size
    least = LEAST_OF_A_FRAME if frames > 1 else 0
    if max(width * height, least) * frames > MAX_PIXELS:
        raise _too_large()


def _too_large():
    return PictureRefused(
        gettext_noop(
            "This picture is too large: {limit} megapixels at most, all the frames of "
            "an animation together."
        ),
        limit=MAX_PIXELS // 1_000_000,
    )


def _still(image, kind):
    upright = ImageOps.exif_transpose(image)
    clean = _bare(_in_srgb(upright), keeps_alpha=kind != "JPEG")
    content = BytesIO()
    clean.save(content, kind, **SAVED_WITH.get(kind, {}))
    return content.getvalue()


def _moving(image, kind):
    frames, durations = [], []
    pixels = 0
    for frame in ImageSequence.Iterator(image):
        # A GIF says its size at the beginning, and may draw a larger frame later.
        pixels += frame.width * frame.height
        if pixels > MAX_PIXELS:
            raise _too_large()
        frames.append(_bare(frame, keeps_alpha=True))
        durations.append(frame.info.get("duration", 100))
    content = BytesIO()
    frames[0].save(
        content,
        kind,
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=image.info.get("loop", 0),
    )
    return content.getvalue()


def _in_srgb(image):
    """Return the picture in the colours a browser assumes when no profile is left."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in WITH_COLOUR_PROFILE:
        return image
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if image.mode == "RGBA" else "RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile: the colours as they are


def _bare(image, *, keeps_alpha):
    """Return the pixels alone: comments, EXIF, GPS, XMP and profiles stay behind."""
    if image.has_transparency_data and keeps_alpha:
        mode = "RGBA"
    else:
        mode = "L" if image.mode in {"1", "L"} else "RGB"
    converted = image.convert(mode)
    bare = Image.new(mode, image.size)
    bare.paste(converted)
    return bare
