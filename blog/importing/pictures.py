"""The pictures of the old blog, brought over when something first shows them.

Each is checked and made anew like any upload (``blog.images``). A picture that is not
among the files stays what it was: a link to where it is.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import Truncator

from blog.images import PictureRefused, remake
from blog.models import Language, Picture, localized

from .media import address_in_uploads
from .redirects import old_path

TAG = re.compile(r"<(?P<name>img|a)\b[^>]*>", re.I)
ATTRIBUTE = r"""(\s{}\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s<>"']+))"""
HREF, SRC, ALT, WIDTH = (
    re.compile(ATTRIBUTE.format(name), re.I) for name in ("href", "src", "alt", "width")
)
# What is looked for among the files; whether it is a picture is then seen.
NAMED_AS_PICTURE = re.compile(
    r"\.(?:jpe?g|jpe|jfif|png|gif|webp|avif|bmp|tiff?|svg|heic)\Z", re.I
)
# WordPress keeps each picture in several sizes, “a-300x200.jpg”; one is enough here.
OF_A_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+\Z)")
EXTENSION = re.compile(r"(?=\.\w+\Z)")
# Servers of WordPress.com that show the pictures of other hosts.
PROXY = re.compile(r"i\d\.wp\.com\Z")
MOST_TOLD = 500


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture that came over, or would, described by language in ``alts``.

    ``pk`` is of its ``Picture``: None in a rehearsal.
    """

    url: str
    width: int
    height: int
    alts: dict[str, str | None]
    pk: int | None = None

    @classmethod
    def of(cls, picture):
        return cls(
            url=picture.file.url,
            width=picture.width or 0,
            height=picture.height or 0,
            alts={code: localized(picture, "alt", code) for code in Language.values},
            pk=picture.pk,
        )


class Pictures:
    """Pictures by their addresses there; each comes over once, and keeps its key.

    ``media`` is where the files are, or None. ``is_rehearsal`` checks them all and
    keeps none.
    """

    def __init__(self, survey, media, report, *, is_rehearsal=False):
        self.survey = survey
        self.media = media
        self.report = report
        self.is_rehearsal = is_rehearsal
        self.hosts = _hosts(survey)
        self.known = dict(
            Picture.objects.exclude(import_key=None).values_list("import_key", "pk")
        )
        self.found = {}  # by the key of the address: a Copy, or None
        self.described = {
            self._key(attachment.url): attachment
            for attachment in survey.attachments.values()
        }
        self.told, self.refused = set(), set()

    @property
    def are_any(self):
        """Whether a text can have pictures at all."""
        return self.media is not None or bool(self.known)

    def at(self, url, language):
        """Return the ``Copy`` of what was at ``url`` there; None if it did not come.

        It is described in ``language``, if the old blog said what it shows.
        """
        if not self._is_theirs(url) or not NAMED_AS_PICTURE.search(_path(url)):
            return None
        for address in _candidates(address_in_uploads(url)):
            copy = self._from_file(address, language)
            if copy is not None:
                return copy
        if self.media is not None:
            self._tell_missing(url)
        return None

    def attach(self, url, language):
        """Bring over what the old blog's library had at ``url``, shown or not."""
        if self.media is None:
            return None
        if not NAMED_AS_PICTURE.search(_path(url)):
            self.report.leave_out("file", "no picture")
            return None
        return self.at(url, language)

    def shown_in(self, html, language):
        """Return ``html`` with the pictures that came over in the place of the old."""
        if not self.are_any:
            return html

        def ours(match):
            tag = match[0]
            if match["name"].lower() == "a":
                return self._link(tag, language)
            copy = self.at(_value(SRC, tag), language)
            return _image(tag, copy, language) if copy else tag

        return TAG.sub(ours, html)

    def _link(self, tag, language):
        """Return the tag of a link, to the picture here if it led to one there."""
        href = _value(HREF, tag)
        if not self._is_theirs(href):
            return tag
        pages = self.survey.pages_of_attachments
        copy = self.at(pages.get(old_path(href), href), language)
        if copy is None:
            return tag
        return HREF.sub(lambda m: f'{m[1]}"{escape(copy.url)}"', tag, count=1)

    def _from_file(self, address, language):
        key = self._key(address)
        if key not in self.found:
            if key in self.known:
                self.found[key] = Copy.of(Picture.objects.get(pk=self.known[key]))
            else:
                self.found[key] = self._copied(key, address, language)
        return self.found[key]

    def _copied(self, key, address, language):
        path = self.media.find(address) if self.media is not None else None
        if path is None:
            return None
        try:
            content = remake(self.media.read(path))
        except OSError:
            return self._refused(address, "unreadable")
        except PictureRefused as refusal:
            return self._refused(address, refusal.sentence)
        self.report.pictures["copied"] += 1
        picture = Picture(import_key=key, file=content)
        self._describe(picture, address, language)
        if not self.is_rehearsal:
            self._keep(picture, content, address)
        return Copy.of(picture)

    def _keep(self, picture, content, address):
        """Save a picture, each time under the same name.

        So what was left by a run that was killed is replaced.
        """
        digest = sha256(picture.import_key.encode() + content.read()).hexdigest()
        content.name = f"{digest[:16]}.{content.name.rpartition('.')[2]}"
        picture.file = content
        name = picture.file.field.generate_filename(picture, content.name)
        picture.file.storage.delete(name)
        picture.save()

    def _describe(self, picture, address, language):
        known = self.described.get(self._key(address))
        if known is None:
            return
        for field, text in (("alt", known.alt), ("caption", known.caption)):
            text = " ".join(text.split())
            setattr(picture, f"{field}_{language}", Truncator(text).chars(500))

    def _refused(self, address, why):
        self.refused.add(address)
        self.report.pictures["refused"] += 1
        if len(self.report.refused) < MOST_TOLD:
            self.report.refused[address] = why
        return

    def _tell_missing(self, url):
        candidates = _candidates(address_in_uploads(url))
        if candidates[0] in self.told or self.refused.intersection(candidates):
            return
        self.told.add(candidates[0])
        self.report.pictures["missing"] += 1
        if len(self.report.missing) < MOST_TOLD:
            self.report.missing.append(url)

    def _key(self, url_or_address):
        address = address_in_uploads(url_or_address).casefold()
        digest = sha256(address.encode("utf-8", "replace")).hexdigest()
        return self.survey.key(f"picture-{digest[:32]}")

    def _is_theirs(self, url):
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            return False
        if PROXY.match(host):
            host = parts.path.lstrip("/").partition("/")[0].removeprefix("www.")
        elif not host:
            # Without a host it was on the old blog, unless it came over before.
            ours = f"/{settings.MEDIA_URL.strip('/')}/"
            return parts.path.startswith("/") and not parts.path.startswith(ours)
        return host in self.hosts


def _hosts(survey):
    site = survey.site
    urls = [survey.base, site.base_site_url, site.link]
    urls += [attachment.url for attachment in survey.attachments.values()]
    hosts = {(urlsplit(url).hostname or "").removeprefix("www.") for url in urls}
    dot_com = ".wordpress.com"
    hosts |= {
        f"{host.removesuffix(dot_com)}.files{dot_com}"
        for host in hosts
        if host.endswith(dot_com)
    }
    return hosts - {""}


def _path(url):
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _candidates(address):
    """Return where the picture may be, the best first: whole, and not too large."""
    whole = OF_A_SIZE.sub("", address)
    scaled = EXTENSION.sub("-scaled", whole, count=1)
    return list(dict.fromkeys([scaled, whole, address]))


def _value(attribute, tag):
    found = attribute.search(tag)
    return unescape(next(filter(None, found.groups()[1:]), "")) if found else ""


def _image(tag, copy, language):
    """Return an image that shows ``copy`` as wide as ``tag`` showed the old one."""
    alt = _value(ALT, tag) or copy.alts[language]
    width, height, asked = copy.width, copy.height, _value(WIDTH, tag)
    if asked.isascii() and asked.isdecimal() and 0 < int(asked) < width:
        width, height = int(asked), max(1, round(height * int(asked) / width))
    size = f' width="{width}" height="{height}"' if width and height else ""
    return f'<img src="{escape(copy.url)}" alt="{escape(alt)}"{size}>'
