"""The files of the pictures, which go with every format."""

from django.conf import settings

from blog.models import Picture

from .rows import in_batches

MEDIA = f"/{settings.MEDIA_URL.strip('/')}/"


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
