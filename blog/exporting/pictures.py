"""The files of the pictures, which go with every format."""

import re

from django.conf import settings

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


def with_files_at(html, folder):
    """Return clean HTML whose pictures are those in ``folder``, beside it."""
    return OWN_FILE.sub(rf"\g<1>{folder}\g<name>", html)
