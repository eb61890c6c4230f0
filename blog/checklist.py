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
    for link in root.iter("a"):
        href = link.get("href") or ""
        if href.startswith("#"):
            dead = href != "#" and href[1:] not in ids
        else:
            path = _path_here(href)
            dead = bool(path) and not _leads_somewhere(path, post)
        if dead:
            yield Remark(_("A link of this blog leads nowhere."), href)


def _path_here(href):
    """Return the path of an address of this blog; empty for any other."""
    if href.startswith(f"{settings.SITE_URL}/"):
        href = href.removeprefix(settings.SITE_URL)
    return urlsplit(href).path if href.startswith("/") and href[1:2] != "/" else ""


def _leads_somewhere(path, post):
    path = unquote(path)
    if Redirect.objects.filter(old_path=path, site_id=settings.SITE_ID).exists():
        return True
    language = path[1:3] if path[1:3] in Language.values else settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return False
    if match.view_name == "media":
        return default_storage.exists(match.kwargs["path"])
    if match.view_name not in BEHIND:
        return True
    slug = match.kwargs["slug"]
    return slug == post.slug or BEHIND[match.view_name]().filter(slug=slug).exists()
