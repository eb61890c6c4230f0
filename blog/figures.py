"""How a picture of ours is shown, wherever it is: each browser chooses its size.

In a template by ``{% picture %}``; in the text of a post when that is saved, before its
HTML is cleaned, so that reading it asks the database nothing.
"""

import re
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override
from lxml import html as lxml_html
from modeltranslation.utils import build_localized_fieldname

from . import renditions

# How wide a picture is shown, as the style sheet has it: in the column of text, beside
# a post in a list. In pixels: a browser that chooses knows no rem of ours yet.
SIZES = {
    "column": "(min-width: 629px) 566px, 90vw",
    "list": "170px",
    "portrait": "100px",
    "sheet": "(min-width: 1062px) 956px, 90vw",
}
# Where more widths than this would only weigh on the page.
SMALL = {"list", "portrait"}
LIST_WIDTH = 480
# From this width on there is more to see than the column shows.
LINKED_FROM = 640
FIRST = mark_safe('fetchpriority="high"')
LATER = mark_safe('loading="lazy"')
COPY = re.compile(r"\.\d{1,5}\.(?:avif|webp|jpg|png)$")
# What is said of an img to browsers that choose and wait. In clean HTML a “<” begins a
# tag, and a “>” ends one.
CHOICE = re.compile(r"</?picture>|<source\s[^>]*>")
WAITING = re.compile(r'(<img\b[^>]*?)\s(?:loading|fetchpriority)="\w+"')


def markup(picture, *, alt, place="column", is_first=False, css_class="", linked_in=""):
    """Return the HTML of ``picture``; the first of a page is not put off.

    Given a language in ``linked_in``, it leads to the whole picture where there is more
    to see, and says so in that language. A link needs words, and those of a picture are
    its description: what has none leads nowhere.
    """
    most = LIST_WIDTH if place in SMALL else max(renditions.WIDTHS)
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        (
            (extension, srcset, SIZES[place])
            for extension in renditions.MODERN
            if (srcset := _srcset(picture, extension, most))
        ),
    )
    html = format_html(
        '<picture>{}<img{} {} src="{}" width="{}" height="{}" alt="{}"></picture>',
        sources,
        format_html(' class="{}"', css_class) if css_class else "",
        FIRST if is_first else LATER,
        address(picture),
        picture.width,
        picture.height,
        alt,
    )
    if not (linked_in and alt and picture.width >= LINKED_FROM):
        return html
    with override(linked_in):
        title = gettext("See the whole picture")
    return format_html('<a href="{}" title="{}">{}</a>', picture.file.url, title, html)


def illustrate(root, language, *, first_is_eager=True):
    """Show each picture of ours in an lxml tree in the sizes that exist of it.

    It gets its own description where the text gives none, a link to the whole of it,
    and, in a figure, the name of whom it is owed to.
    """
    for element in list(root.iter("source", "picture")):
        element.drop_tag()  # only we know which sizes exist
    images = [image for image in root.iter("img") if _name(image)]
    known = _known({_name(image) for image in images})
    for number, image in enumerate(images):
        is_first = first_is_eager and number == 0
        picture = known.get(_name(image)) or known.get(COPY.sub("", _name(image)))
        if picture:
            _show(picture, image, language, is_first=is_first)
        else:
            image.set("alt", image.get("alt", ""))
            if not is_first:
                image.set("loading", "lazy")


def in_one_size(html):
    """Return clean HTML whose pictures are plain: for who reads it elsewhere."""
    return WAITING.sub(r"\1", CHOICE.sub("", html))


def _srcset(picture, extension, most):
    url = picture.file.storage.url
    return ", ".join(
        f"{url(renditions.name_of(picture.file.name, width, extension))} {width}w"
        for width in (picture.renditions or {}).get(extension, ())
        if width <= most
    )


def address(picture):
    """Return where a picture is in the one size that every program can show."""
    for extension in renditions.FALLBACKS:
        for width in (picture.renditions or {}).get(extension, ()):
            name = renditions.name_of(picture.file.name, width, extension)
            return picture.file.storage.url(name)
    return picture.file.url


def _name(image):
    """Return the name of the file of ours that an ``img`` shows, or nothing."""
    path = urlsplit(image.get("src", "")).path
    prefix = f"/{settings.MEDIA_URL.strip('/')}/"
    return unquote(path.removeprefix(prefix)) if path.startswith(prefix) else ""


def _known(names):
    if not names:
        return {}
    names |= {COPY.sub("", name) for name in names}
    # Asked for by name: models.py, which has it, needs this module.
    pictures = apps.get_model("blog", "Picture").objects.filter(file__in=names)
    return {picture.file.name: picture for picture in pictures}


def _show(picture, image, language, *, is_first):
    alt = image.get("alt") or _text(picture, "alt", language)
    if picture.is_decorative and not image.get("alt"):
        alt = ""
    is_in_link = next(image.iterancestors("a"), None) is not None
    shown = lxml_html.fragment_fromstring(
        markup(
            picture,
            alt=alt,
            is_first=is_first,
            linked_in="" if is_in_link else language,
        )
    )
    for name in ("title", "lang"):
        if image.get(name):
            shown.find(".//img").set(name, image.get(name))
    figure = next(image.iterancestors("figure"), None)
    shown.tail = image.tail
    image.getparent().replace(image, shown)
    if figure is not None and picture.credit:
        _credit(figure, picture.credit)


def _text(picture, field, language):
    return getattr(picture, build_localized_fieldname(field, language)) or ""


def _credit(figure, credit):
    caption = figure.find("figcaption")
    if caption is None:
        caption = lxml_html.Element("figcaption")
        figure.append(caption)
    if credit in caption.text_content():
        return
    small = lxml_html.Element("small")
    small.text = credit
    if len(caption):
        caption[-1].tail = f"{caption[-1].tail or ''} "
    elif caption.text:
        caption.text = f"{caption.text} "
    caption.append(small)
