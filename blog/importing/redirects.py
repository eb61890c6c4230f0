"""The addresses a post had on the old blog, which go on leading to it."""

import re
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.text import slugify

MAX_PATH = 200
DAY = re.compile(r"([12]\d{3})-(\d\d)-(\d\d)\b")
NEXT_PAGE = "<!--nextpage-->"
MOST_PAGES = 50
PARAMETERS = {"page": "page_id", "attachment": "attachment_id"}
# Where WordPress puts the list of what is filed under a term, unless told otherwise.
TERM_FOLDERS = {"category": "category", "post_tag": "tag"}
# The old feeds, and the kind of ours that takes their readers over.
FEEDS = {"feed/": "rss", "feed/rss/": "rss", "feed/rss2/": "rss", "feed/atom/": "atom"}


def canonical_path(writing, language=None):
    """Return the path of ``writing`` in its original language, or in ``language``."""
    with translation.override(language or writing.original_language):
        return writing.get_absolute_url()


def folder_of(survey):
    """Return the folder the old blog lived in on its host; mostly none."""
    return urlsplit(survey.base).path.rstrip("/") if survey.host else ""


def old_paths(item, survey):
    """Return the paths ``item`` was found at, as Django will be asked for them.

    Its link, its number (WordPress's short link), its earliest address if that was on
    the same host, and its link with each slug it had before.
    """
    parameter = PARAMETERS.get(item.type, "p")
    links = [item.link]
    if not survey.host or _same_host(item.guid, survey.host):
        links.append(item.guid)
    paths = [path for path in map(old_path, links) if path]
    if item.post_id.isdecimal():
        paths.append(f"{folder_of(survey)}/?{parameter}={item.post_id}")
    for slug in item.metadata("_wp_old_slug"):
        if slug and item.name and f"/{item.name}" in item.link:
            paths.append(old_path(item.link.replace(f"/{item.name}", f"/{slug}")))
    paths += _further_pages(item, paths)
    return list(dict.fromkeys(path for path in paths if path and path != "/"))


def _further_pages(item, paths):
    """Return where the parts of a text stood that its author had cut into pages."""
    numbers = range(2, 2 + min(item.content.count(NEXT_PAGE), MOST_PAGES))
    whole = [path for path in paths[:1] if path.endswith("/") and path != "/"]
    return [f"{path}{number}/" for path in whole for number in numbers]


def term_path(term, survey):
    """Return where the old blog listed what is under ``term``; empty if nowhere."""
    folder = TERM_FOLDERS.get(term.domain)
    if not folder or not term.nicename:
        return ""
    name = escape_uri_path(unquote(term.nicename))
    return f"{folder_of(survey)}/{folder}/{name}/"


def date_paths(item, survey, day, language):
    """Yield ``(old path, new path)`` of the lists in which ``item`` stood by its date.

    ``day`` is the one it has here. Lists of a single day are part of their month here.
    """
    year, month = {"year": f"{day.year:04}"}, {"month": f"{day.month:02}"}
    with translation.override(language):
        in_year = reverse("blog:year", kwargs=year)
        in_month = reverse("blog:month", kwargs=year | month)
    old = DAY.match(item.date) or DAY.match(item.date_gmt)
    path = folder_of(survey)
    for part, new_path in zip(
        old.groups() if old else (), (in_year, in_month, in_month), strict=False
    ):
        path += f"/{part}"
        yield f"{path}/", new_path


def home_path(language):
    """Return the path of the list of all posts here."""
    with translation.override(language):
        return reverse("blog:home")


def feed_path(extension):
    """Return the path of the feed of all posts here."""
    return reverse("feed", kwargs={"kind": "all", "extension": extension})


def feed_paths(survey):
    """Yield ``(old path, new path)`` of the feeds of the old blog."""
    for name, extension in FEEDS.items():
        yield f"{folder_of(survey)}/{name}", feed_path(extension)


def author_paths(survey, language):
    """Yield ``(old path, new path)`` of its lists by author: here all are in one."""
    home, feed = home_path(language), feed_path("rss")
    for author in survey.site.authors:
        name = slugify(author.login)
        if name:
            yield f"{folder_of(survey)}/author/{name}/", home
            yield f"{folder_of(survey)}/author/{name}/feed/", feed


def old_path(link):
    """Return the path of a link, as Django will be asked for it; empty if none."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.path + parts.query:
        return ""
    # The middleware compares with get_full_path(), which writes %C3 and not %c3.
    path = escape_uri_path("/" + unquote(parts.path).lstrip("/"))
    return f"{path}?{iri_to_uri(parts.query)}" if parts.query else path


def _same_host(link, host):
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.") == (
            host.removeprefix("www.")
        )
    except ValueError:
        return False


class Redirects:
    """Rows to write, all at once and each old path once; the first to claim it wins."""

    def __init__(self, report):
        self.report = report
        rows = Redirect.objects.filter(site_id=settings.SITE_ID)
        self.taken = set(rows.values_list("old_path", flat=True))
        self.rows = []

    def add(self, paths, new_path):
        for path in paths:
            if len(path) > MAX_PATH or len(new_path) > MAX_PATH:
                self.report.leave_out("redirect", "too long")
            elif path not in self.taken and path != new_path:
                self.taken.add(path)
                self.rows.append(
                    Redirect(site_id=settings.SITE_ID, old_path=path, new_path=new_path)
                )

    def save(self):
        Redirect.objects.bulk_create(self.rows, batch_size=500)
        self.report.added["redirects"] += len(self.rows)
        self.rows = []
