"""The reading pages as files that open from a disk, or from any host.

The site's own views make them, asked in the process as a browser would ask; then each
link is led to the file it stands for. What needs a server, such as forms, is left out.
"""

import mimetypes
import re
from collections import deque
from io import BytesIO
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, gettext_noop, override
from lxml import html as lxml_html

from blog.dates import long_day
from blog.models import Language, Page, Post, Series, Tag
from blog.paging import KEY
from ctts.sentences import Told

from .pictures import MEDIA, copy_pictures
from .rows import in_batches

# Whatever else there is wants a server, or somebody who is signed in.
COPIED = {
    "blog:home",
    "blog:only",
    "blog:archive",
    "blog:tag",
    "blog:series_list",
    "blog:series",
    "blog:page",
    "blog:year",
    "blog:month",
    "blog:post",
    "comments:page",
    "feed",
    "tag_feed",
    "series_feed",
    "comments_feed",
    "conversation_feed",
}
# Elements of the head that only make sense on the host itself.
OF_THE_HOST = (
    "//script",
    "//link[@rel='search' or @rel='manifest']",
    "//meta[starts-with(@property, 'og:image') or starts-with(@name, 'twitter:')]",
)
ADDRESSES = {"a": "href", "link": "href", "img": "src", "source": "src"}
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def write(place, conversations, tally):
    """Write the pages, feeds, styles and pictures. Conversations are in the pages.

    Raises ``PageNotMade``.
    """
    site = _Site(place)
    for batch in in_batches(Post.objects.published()):
        site.expect(batch)
    for model in (Page.objects.published(), Tag.objects.all(), Series.objects.all()):
        for batch in in_batches(model):
            site.expect(batch)
    with override(get_language()):
        for _address in site.write():
            tally.add(readings=1)
    tally.miss(copy_pictures(site, MEDIA.lstrip("/")))


class PageNotMade(Told):
    """A view of the site failed: the site would lack a page."""


class _Site:
    """Addresses of the blog (path and query), and the names of their files."""

    def __init__(self, place):
        self.place = place
        self.handler = WSGIHandler()
        self.host = urlsplit(settings.SITE_URL)
        self.names = {"/": "index.html"}
        self.copied = set()
        self.waiting = deque()
        self.before = {}  # the page of a list from which one got to its next
        for language in Language.values:
            with override(language):
                for view in ("home", "archive", "series_list"):
                    self._expect(reverse(f"blog:{view}"))
        with override(settings.LANGUAGE_CODE):
            self.front = reverse("blog:home")

    def expect(self, rows):
        """Note the pages of ``rows`` in each language."""
        for language in Language.values:
            with override(language):
                for row in rows:
                    self._expect(row.get_absolute_url())

    def write(self):
        """Write everything that was expected or is linked to; yield each address."""
        self._write_page(self.front, self._ask(self.front), "index.html")
        while self.waiting:
            address = self.waiting.popleft()
            response = self._ask(address)
            if response.status_code == 200:
                self._write_page(address, response, self.names[address])
                yield address

    def copy(self, name, source):
        """Write a file as a place does, unless it was written already."""
        if name not in self.copied:
            self.copied.add(name)
            self.place.copy(name, source)

    def name(self, address):
        """Return the name of the file for ``address``; None if it is not copied."""
        if address not in self.names:
            self.names[address] = None  # until it is known: a redirect may go round
            self.names[address] = self._new_name(address)
        return self.names[address]

    def _expect(self, address):
        if address not in self.names:
            self.names[address] = _file_name(address)
            self.waiting.append(address)

    def _new_name(self, address):
        path = unquote(address.partition("?")[0])
        if path.startswith(staticfiles_storage.base_url):
            return self._static(path)
        if path.startswith(MEDIA):
            return self._media(path)
        view = _view(path)
        if view not in COPIED and view is not None:
            return None
        if view and "?" in address and not _is_of_a_list(address):
            # Anybody may hang anything on an address; the page is the same.
            return self.name(address.partition("?")[0])
        response = self._ask(address)
        if response.status_code in {301, 302}:
            there = self.own(urljoin(address, response["Location"]))
            return there and self.name(there.partition("#")[0])
        if response.status_code != 200 or view is None:
            return None
        name = _file_name(address)
        if _is_page(response):
            self.waiting.append(address)
        else:
            self.place.write(name, response.content)
        return name

    def own(self, url):
        """Return ``url`` without the host if it is on this site, else nothing."""
        parts = urlsplit(url)
        if parts.scheme and parts.scheme not in {"http", "https"}:
            return ""
        if parts.netloc and parts.netloc != self.host.netloc:
            return ""
        return parts._replace(scheme="", netloc="").geturl()

    def _ask(self, address):
        path, _, query = address.partition("?")
        request = WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": unquote(path).encode().decode("latin-1"),
                "QUERY_STRING": query,
                "SERVER_NAME": self.host.hostname,
                "SERVER_PORT": str(self.host.port or 80),
                "HTTP_HOST": self.host.netloc,
                "wsgi.url_scheme": self.host.scheme,
                "wsgi.input": BytesIO(),
            }
        )
        response = self.handler.get_response(request)
        if response.status_code >= 500:
            raise PageNotMade(
                gettext_noop(
                    "The page {address} could not be made, and a site without it would "
                    "not be whole: nothing was written. The log says what went wrong."
                ),
                address=address,
            )
        return response

    def _static(self, path):
        content = _content(staticfiles_storage, path, staticfiles_storage.base_url)
        if content is None:
            return None
        if mimetypes.guess_type(path)[0] == "text/css":
            for url in IN_STYLES.findall(content.decode()):
                self.name(self.own(urljoin(path, url)).partition("#")[0])
        self.copy(path.lstrip("/"), BytesIO(content))
        return path.lstrip("/")

    def _media(self, path):
        content = _content(default_storage, path, MEDIA)
        if content is None:
            return None
        self.copy(path.lstrip("/"), BytesIO(content))
        return path.lstrip("/")

    def _write_page(self, address, response, name):
        self.place.write(name, _Copy(self, address, name).of(response.content))


class _Copy:
    """One page, made to stand in ``name``."""

    def __init__(self, site, address, name):
        self.site = site
        self.address = address
        self.folder = PurePosixPath(name).parent

    def of(self, content):
        root = lxml_html.document_fromstring(content.decode())
        for path in OF_THE_HOST:
            for element in root.xpath(path):
                element.drop_tree()
        self._leave_out_forms(root)
        for element in list(root.iter(*ADDRESSES)):
            self._lead(element)
            if "srcset" in element.attrib:
                self._lead_sizes(element)
        return lxml_html.tostring(root, encoding="unicode", doctype="<!doctype html>")

    def _leave_out_forms(self, root):
        for form in root.xpath("//form"):
            if form.get("id") != "comment-form":
                form.drop_tree()
                continue
            section = next(form.iterancestors("section"))
            with override(root.get("lang")):
                told = lxml_html.Element("p", {"class": "closed"})
                told.text = gettext(
                    "This is a copy of the blog, made on %(day)s: comments can be read "
                    "here, and not written."
                ) % {"day": long_day(timezone.localdate())}
            section.addprevious(told)
            section.drop_tree()

    def _lead(self, element):
        attribute = ADDRESSES[element.tag]
        url = element.get(attribute)
        # A canonical address says where this is a copy of.
        if url is None or url.startswith("#") or element.get("rel") == "canonical":
            return
        own = self.site.own(urljoin(self.address, url))
        if not own:
            return
        target, _, fragment = own.partition("#")
        relative = self._relative(self._page_meant(element, target))
        if relative:
            element.set(attribute, f"{relative}#{fragment}" if fragment else relative)
        else:
            self._unlink(element)

    def _page_meant(self, element, target):
        """Return the address that a link between the pages of lists goes to."""
        rel = element.get("rel")
        if "?" not in target:
            return target
        if rel == "next":
            self.site.before.setdefault(target, self.address)
        elif rel == "prev":
            return self.site.before.get(self.address, target.partition("?")[0])
        elif element.get("hreflang"):
            return target.partition("?")[0]
        return target

    def _relative(self, target):
        name = self.site.name(target)
        if name is None:
            return ""
        up = len(self.folder.parts)
        shared = 0
        parts = PurePosixPath(name).parts
        while shared < min(up, len(parts) - 1) and (
            parts[shared] == self.folder.parts[shared]
        ):
            shared += 1
        return "../" * (up - shared) + "/".join(parts[shared:])

    def _lead_sizes(self, element):
        sizes = [size.split() for size in element.get("srcset").split(",")]
        there = [
            " ".join([relative, *rest])
            for url, *rest in sizes
            if (relative := self._relative(self.site.own(urljoin(self.address, url))))
        ]
        element.set("srcset", ", ".join(there))

    def _unlink(self, element):
        parent = element.getparent()
        if element.tag != "a":
            element.drop_tree()
        elif "remark-actions" in parent.get("class", ""):
            parent.drop_tree()
        else:
            element.drop_tag()


def _content(storage, path, base):
    """Return what is in a file of ours; None if ``path`` is that of no such file.

    A folder is none, nor is another way to write the path of a file: “/static/./a.css”.
    """
    if normpath(path) != path:
        return None
    name = path.removeprefix(base)
    try:
        if storage is staticfiles_storage and not storage.exists(name):
            found = finders.find(name)
            return Path(found).read_bytes() if found else None
        with storage.open(name) as file:
            return file.read()
    except (OSError, ValueError):
        return None


def _is_of_a_list(address):
    """Whether ``address`` is that of a page of a list, as the blog itself writes it."""
    name, _, key = unquote(address.partition("?")[2]).partition("=")
    return name in {"before", "after"} and KEY.fullmatch(key) is not None


def _view(path):
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def _is_page(response):
    return response.get("Content-Type", "").startswith("text/html")


def _file_name(address):
    path, _, query = unquote(address).partition("?")
    folder = path.lstrip("/")
    if query:
        folder += f"{slugify(query.replace('=', '-'))}/"
    return f"{folder}index.html" if folder.endswith("/") or not folder else folder
