"""The files of the old blog: in a folder, or in an archive that is never unpacked.

WordPress keeps them under “uploads/2010/05/”, and their addresses end the same way. So
a file is found by the end of its address, however its folder was saved.
"""

import os
import stat
import struct
import unicodedata
import zipfile
from abc import ABC, abstractmethod
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_noop

from blog.images import MAX_BYTES
from ctts.sentences import Told

from .wxr import why_unreadable

UPLOADS = "/uploads/"
# Pictures are packed as small as they get; what shrinks more is made to burst.
MAX_RATIO = 50
# The list of an archive's files is read into memory; this one is of some 300,000.
MAX_LIST = 32 * 1024 * 1024
END_OF_LIST = struct.Struct("<4s4H2LH")
END_OF_LIST_64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR_64 = struct.Struct("<4sLQL")


class BrokenMedia(Told):
    """There is no such folder or archive, or it is no good."""


def open_media(path):
    """Return the ``Media`` at ``path``, a folder or a ZIP archive. Close it after use.

    Raises ``BrokenMedia``.
    """
    path = Path(path)
    return Folder(path) if path.is_dir() else Archive(path)


class Media(ABC):
    """Files by their path in the folder; ``find`` and ``read`` are what it is for."""

    def __init__(self, paths):
        self.by_name = {}
        for path in paths:
            parts = _comparable(path).split("/")
            self.by_name.setdefault(parts[-1], []).append((parts, path))

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def find(self, url):
        """Return the path of the file that was at ``url``; None if it is not here.

        “2010/05/a.jpg” is found as “uploads/2010/05/a.jpg” too, and as “a.jpg” where
        all files lie side by side; never by its name alone in another month.
        """
        wanted = _comparable(address_in_uploads(url)).split("/")
        fitting = [
            (-min(len(parts), len(wanted)), len(parts), path)
            for parts, path in self.by_name.get(wanted[-1], ())
            if parts[-len(wanted) :] == wanted or wanted[-len(parts) :] == parts
        ]
        return min(fitting)[2] if fitting else None

    @abstractmethod
    def read(self, path):
        """Return the bytes of a file, in a seekable file; one byte too many at most.

        Raises ``OSError`` where it cannot be read.
        """

    @abstractmethod
    def close(self):
        """Let go of what is open."""


class Folder(Media):
    def __init__(self, folder):
        self.folder = folder
        super().__init__(self._paths())

    def _paths(self):
        for place, _folders, names in os.walk(self.folder):
            for name in names:
                yield (Path(place) / name).relative_to(self.folder).as_posix()

    def read(self, path):
        found = (self.folder / path).resolve()
        if not found.is_relative_to(self.folder.resolve()) or not stat.S_ISREG(
            found.stat().st_mode
        ):
            raise OSError(path)  # a link that leads out, or no file
        with found.open("rb") as file:
            return BytesIO(file.read(MAX_BYTES + 1))

    def close(self):
        """Nothing is open in a folder."""


class Archive(Media):
    def __init__(self, path):
        try:
            with path.open("rb") as file:
                size = _size_of_list(file)
            if size > MAX_LIST:
                raise BrokenMedia(
                    gettext_noop("{file} lists more files than a blog has."),
                    file=path.name,
                )
            self.archive = zipfile.ZipFile(path)
        except OSError as error:
            raise BrokenMedia(
                gettext_noop("{file} cannot be read: {reason}."),
                file=path.name,
                reason=why_unreadable(error),
            ) from error
        # The last is what zipfile says of an archive in a version it does not know.
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise BrokenMedia(
                gettext_noop("{file} is neither a folder nor a whole ZIP archive."),
                file=path.name,
            ) from error
        self._refuse_bomb(path)
        files = (info for info in self.archive.infolist() if not info.is_dir())
        # Nothing is unpacked, so a path that leads out leads nowhere; nor is it asked.
        super().__init__(info.filename for info in files if _is_inside(info.filename))

    def _refuse_bomb(self, path):
        unpacked = sum(info.file_size for info in self.archive.infolist())
        if unpacked > MAX_BYTES and unpacked > MAX_RATIO * path.stat().st_size:
            self.close()
            raise BrokenMedia(
                gettext_noop(
                    "{file} would unpack to {ratio} times its size. Pictures do not: "
                    "it was not opened any further."
                ),
                file=path.name,
                ratio=unpacked // path.stat().st_size,
            )

    def close(self):
        self.archive.close()

    def read(self, path):
        try:
            with self.archive.open(path) as file:
                return BytesIO(file.read(MAX_BYTES + 1))
        except Exception as error:
            # Damaged, locked with a password, or packed in a way that raises errors
            # of its own (zlib.error, LZMAError…).
            raise OSError(path) from error


def address_in_uploads(url):
    """Return the part of an address that says which file it is: “2010/05/a.jpg”."""
    path = unquote(urlsplit(url).path)
    _before, found, after = path.rpartition(UPLOADS)
    if found and after.startswith("sites/"):  # one of several blogs on one WordPress
        after = after.split("/", 2)[-1]
    return after if found else path.lstrip("/")


def _comparable(path):
    """Case and the two ways to write an accent differ from machine to machine."""
    return unicodedata.normalize("NFC", path.replace("\\", "/")).casefold()


def _is_inside(path):
    parts = path.replace("\\", "/").split("/")
    return ".." not in parts and parts[0] != "" and ":" not in parts[0]


def _size_of_list(file):
    """Return how many bytes ``zipfile`` would read at once to list what is inside."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END_OF_LIST.size:
        raise zipfile.BadZipFile("no end")
    size = END_OF_LIST.unpack_from(tail, at)[5]
    locator = at - LOCATOR_64.size
    if locator >= 0 and tail[locator : locator + 4] == b"PK\x06\x07":
        file.seek(min(LOCATOR_64.unpack_from(tail, locator)[2], end))
        record = file.read(END_OF_LIST_64.size)
        if len(record) == END_OF_LIST_64.size:
            size = max(size, END_OF_LIST_64.unpack(record)[8])
    return size
