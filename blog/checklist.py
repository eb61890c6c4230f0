"""What a writer may have forgotten. Advice, never a barrier."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from lxml import etree
from lxml import html as lxml_html

from .html import clean_body
from .models import Language, Page, Picture, Post, Series, Tag, localized

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
# Which rows stand behind an address, by the name of its view.
BEHIND = {
    "blog:post": Post.objects.published,
    "blog:page": Page.objects.published,
    "blog:tag": Tag.objects.all,
    "blog:series": Series.objects.all,
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at again; ``excerpt`` quotes where it is."""

    text: str
    excerpt: str = ""


def remarks(post):
    """Return what could still be better in ``post``, saved or not, as ``Remark``s."""
    found = []
    if not post.other_summary.strip():
        found.append(Remark(MISSING_SUMMARY[post.other_language]()))
    for language in Language.values:
        html = clean_body(localized(post, "body", language))
        if html:
            root = lxml_html.fragment_fromstring(html, create_parent="div")
            found += _pictures(root)
            found += _headings(root)
            found += _links(root, post)
    return list(dict.fromkeys(found))


MISSING_SUMMARY = {
    Language.FRENCH: lambda: _("A summary in French is missing."),
    Language.ENGLISH: lambda: _("A summary in English is missing."),
}


def _pictures(root):
    bare = [img for img in root.iter("img") if not img.get("alt", "").strip()]
    names = {_file_name(img.get("src")): img.get("src") for img in bare}
    decorative = set()
    if names:
        pictures = Picture.objects.filter(file__in=names, is_decorative=True)
        decorative = set(pictures.values_list("file", flat=True))
    for name, src in names.items():
        if name not in decorative:
            yield Remark(
                _("A picture has no description for those who do not see it."),
                src.rsplit("/", 1)[-1],
            )


def _file_name(src):
    return unquote(src.removeprefix(f"/{settings.MEDIA_URL.strip('/')}/"))


def _headings(root):
    level = 1  # the title of the post
    for element in root.iter(*HEADINGS):
        if HEADINGS[element.tag] > level + 1:
            yield Remark(
                _("A heading skips a level: it is smaller than the text needs."),
                " ".join(element.text_content().split()),
            )
        level = HEADINGS[element.tag]


def _links(root, post):
    ids = {element.get("id") for element in root.iter(etree.Element)}
    hrefs = [link.get("href") or "" for link in root.iter("a")]
    paths = {href: path for href in hrefs if (path := _path_here(href))}
    dead = _dead(set(paths.values()), post)
    for href in hrefs:
        if href.startswith("#"):
            is_dead = href != "#" and href[1:] not in ids
        else:
            is_dead = paths.get(href) in dead
        if is_dead:
            yield Remark(_("A link of this blog leads nowhere."), href)


def _path_here(href):
    """Return the path of an address of this blog; empty for any other."""
    if href.startswith(f"{settings.SITE_URL}/"):
        href = href.removeprefix(settings.SITE_URL)
    is_here = href.startswith("/") and href[1:2] != "/"
    return unquote(urlsplit(href).path) if is_here else ""


def _dead(paths, post):
    """Return those of ``paths`` that lead nowhere: five queries, however many."""
    if not paths:
        return set()
    redirects = Redirect.objects.filter(old_path__in=paths, site_id=settings.SITE_ID)
    asked = paths - set(redirects.values_list("old_path", flat=True))
    dead, slugs = set(), {}
    for path in asked:
        match = _resolved(path)
        if match is None:
            dead.add(path)
        elif match.view_name == "media":
            if not default_storage.exists(match.kwargs["path"]):
                dead.add(path)
        elif match.view_name in BEHIND:
            slugs.setdefault(match.view_name, {})[path] = match.kwargs["slug"]
    for view, by_path in slugs.items():
        rows = BEHIND[view]().filter(slug__in=by_path.values())
        there = {post.slug, *rows.values_list("slug", flat=True)}
        dead |= {path for path, slug in by_path.items() if slug not in there}
    return dead


def _resolved(path):
    language = path[1:3] if path[1:3] in Language.values else settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            return resolve(path)
        except Resolver404:
            return None
