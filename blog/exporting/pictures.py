"""The files of the pictures, which go with every format."""

import re
from urllib.parse import unquote

from django.conf import settings

from blog.figures import COPY, in_one_size
from blog.models import Picture

from .rows import in_batches

MEDIA = f"/{settings.MEDIA_URL.strip('/')}/"
# In clean HTML “<” is always written “&lt;” in texts.
OWN_FILE = re.compile(
    rf'(<(?:a|img)\s[^<]*?\b(?:href|src)="){re.escape(MEDIA)}(?P<name>[^"?#]+)'
)


def copy_pictures(place, folder, pictures=None):
    """Copy the files of ``pictures`` (all of them, unless told) into ``folder``.

    Yields the name of each that is missing on the disk; an export is no worse for it.
    """
    for batch in in_batches(Picture.objects.all()) if pictures is None else [pictures]:
        for picture in batch:
            try:
                source = picture.file.open("rb")
            except OSError:
                yield picture.file.name
                continue
            with source:
                place.copy(f"{folder}{picture.file.name}", source)


def with_files_at(html, where):
    """Return clean HTML whose pictures are plain, and where ``where`` leads.

    ``where`` returns the new address of a file by its name in the media folder, or
    nothing; a smaller copy of a picture is named by the whole one.
    """

    def led(match):
        address = where(COPY.sub("", unquote(match["name"])))
        return match[1] + address if address else match[0]

    return OWN_FILE.sub(led, in_one_size(html))
