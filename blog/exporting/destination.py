"""Where an export is written: a folder or a ZIP archive, whole or not at all."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.translation import gettext as _

# Packed already; packing them again takes time and gains nothing.
PACKED = {".avif", ".gif", ".jpg", ".png", ".webp"}


class DestinationRefused(Exception):
    """Nothing can be written there; the message says why, in a sentence."""


@contextmanager
def destination(path):
    """Yield a ``Folder`` or, where ``path`` ends in “.zip”, an ``Archive`` to fill.

    What is written gets its name when all of it is there. Raises ``DestinationRefused``
    before anything is written.
    """
    path = Path(path)
    is_archive = path.suffix.lower() == ".zip"
    _check(path, is_archive)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".export-", dir=path.parent))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        made = beside / path.name
        if is_archive:
            with ZipFile(made, "w", ZIP_DEFLATED) as archive:
                yield Archive(archive)
        else:
            made.mkdir()
            yield Folder(made)
            if path.exists():
                path.rmdir()
        made.rename(path)
    finally:
        shutil.rmtree(beside)


def _check(path, is_archive):
    if path.is_dir():
        if is_archive or any(path.iterdir()):
            raise DestinationRefused(
                _(
                    "{path} is a folder with something in it. Name one that is empty, "
                    "or that does not exist yet: nothing was written."
                ).format(path=path)
            )
    elif path.exists():
        raise DestinationRefused(
            _(
                "{path} exists already, and will not be overwritten. Choose another "
                "name: nothing was written."
            ).format(path=path)
        )


def _unwritable(path, error):
    return DestinationRefused(
        _("{path} cannot be written: {reason}.").format(
            path=path, reason=error.strerror or error
        )
    )


class Folder:
    """Files of an export, by names with slashes, in a folder of the disk."""

    def __init__(self, path):
        self.path = path

    def open(self, name):
        """Return a binary file to write ``name`` with, to be closed before the next."""
        file_path = self.path / name
        file_path.parent.mkdir(parents=True, exist_ok=True)
        return file_path.open("xb")

    def write(self, name, content):
        """Write a whole file, of ``bytes`` or ``str``."""
        with self.open(name) as file:
            file.write(content.encode() if isinstance(content, str) else content)

    def copy(self, name, source):
        """Write what the binary file ``source`` holds."""
        with self.open(name) as file:
            shutil.copyfileobj(source, file)


class Archive(Folder):
    """The same, in a ZIP archive that is open for writing."""

    def __init__(self, archive):
        self.archive = archive

    def open(self, name):
        moment = timezone.localtime().timetuple()[:6]
        entry = ZipInfo(name, date_time=moment)
        packed = Path(name).suffix.lower() in PACKED
        entry.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        return self.archive.open(entry, "w", force_zip64=True)


class Part(Folder):
    """A folder within another destination, for one format of several."""

    def __init__(self, whole, name):
        self.whole = whole
        self.name = name

    def open(self, name):
        return self.whole.open(f"{self.name}/{name}")
