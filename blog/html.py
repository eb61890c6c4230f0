"""The one place where HTML is cleaned: once, on write, as the last step.

bleach is no longer maintained, so it stays behind the two functions of this module, on
bounded input, with the content security policy as the second wall. Replacing it must
remain a change of this file alone.
"""

import re
from functools import partial
from urllib.parse import urlsplit

import bleach
from bleach.linkifier import TLDS, LinkifyFilter
from django.conf import settings
from django.utils.html import escape
from lxml import etree
from lxml import html as lxml_html

from . import typography

SCHEMES = {"http", "https", "mailto"}
# Far above the longest post we know (some 20,000 words); cleaning is not linear.
MAX_LENGTH = 1_000_000
# Deeper than anybody writes; thousands of nested lists take bleach many seconds.
MAX_DEPTH = 60

COMMENT_TAGS = {
    "a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul",
}  # fmt: skip
POST_TAGS = COMMENT_TAGS | {
    "abbr", "aside", "caption", "cite", "dd", "del", "dl", "dt", "figcaption", "figure",
    "h2", "h3", "h4", "hr", "img", "ins", "kbd", "mark", "picture", "q", "s", "small",
    "source", "span", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "u",
}  # fmt: skip
POST_ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height", "title", "loading", "fetchpriority"},
    "source": {"srcset", "sizes", "type"},
    "ol": {"start", "reversed"},
    "pre": {"tabindex"},
    "table": {"tabindex"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# The only values these may have.
WORDS = {
    "loading": {"lazy"},
    "fetchpriority": {"high"},
    "type": {"image/avif", "image/webp"},
}
WIDTH = re.compile(r"\d{1,5}w")
# Names that footnotes go by, WordPress's own (a UUID) among them: an id of any other
# kind could stand for a part of our page.
FOOTNOTE = re.compile(
    r"(?:_?ftn|fn|footnote|note)(?:ref)?[-_:]?[\w:-]{0,60}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-link)?"
)
RENAMED = {"b": "strong", "i": "em", "strike": "s", "tt": "code", "h1": "h2"}
TAG = re.compile(r"<[^<>]*>")
# What lxml refuses, as XML does: control characters, and two that are none at all.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# bleach's own pattern starts anew at every hyphen and runs to the end each time: ten
# thousand characters of “a-a.” take it minutes. This one starts once in each word, and
# once in each row of parentheses.
ADDRESS = re.compile(
    r"(?<!\()\(*(?<![\w@./-])"
    r"(?:https?://)?(?:[\w-]{{1,63}}\.){{1,9}}(?:{})(?::[0-9]{{1,5}})?"
    r"(?!\.?\w)(?:[/?][^\s{{}}|\\^`<>\"]*)?".format("|".join(sorted(TLDS))),
    re.IGNORECASE,
)
# What these hold is no text of the writer's: it goes with them.
DROPPED_WITH_CONTENT = (
    "script", "style", "template", "noscript", "svg", "math", "object", "embed",
    "applet", "form", "select", "textarea", "button", "head", "title",
)  # fmt: skip


def clean_body(html, *, language="", illustrate=None):
    """Return the HTML of a post or page, safe to show: a fragment, never a document.

    It is set in the typography of ``language``. Pictures stay only if they are ours (a
    reader's browser contacts nobody else); others become links to where they are.
    ``illustrate``, if given, is called with the lxml tree to say how ours are shown,
    before all is cleaned. Raises ``ValueError`` over ``MAX_LENGTH``.
    """
    return _clean(
        html,
        tags=POST_TAGS,
        allow=_allow_in_post,
        language=language,
        illustrate=illustrate,
    )


def clean_comment(text, *, is_html=False):
    """Return the HTML of a comment, safe to show.

    ``text`` is what its writer typed: every character shows as typed, blank lines part
    paragraphs and addresses become links. With ``is_html`` (comments that come from
    another engine) a few tags are kept too.
    """
    if not is_html:
        text = escape(text)
    if not is_html or "<p" not in text:
        text = _paragraphs(text)
    return _clean(text, tags=COMMENT_TAGS, allow=_allow_in_comment, link=True)


def plain_text(html):
    """Return the words of ``html``, for excerpts, search and screening."""
    if not html or not html.strip():
        return ""
    root = _parse(html)
    for block in root.iter("p", "br", "li", "h2", "h3", "h4", "blockquote", "tr"):
        block.tail = " " + (block.tail or "")
    return " ".join(root.text_content().split())


def _paragraphs(text):
    blocks = text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    return "".join(
        "<p>{}</p>".format(block.strip("\n").replace("\n", "<br>"))
        for block in blocks
        if block.strip()
    )


def _parse(html):
    parser = lxml_html.HTMLParser(encoding="utf-8")
    root = lxml_html.fragment_fromstring(
        FORBIDDEN.sub("", html).encode("utf-8", "replace"),
        create_parent="div",
        parser=parser,
    )
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        # Past 255 levels libxml2 drops what follows; here at least the words are kept.
        root = lxml_html.Element("div")
        root.text = TAG.sub(" ", FORBIDDEN.sub("", html))
    if "&#" in html:
        _take_out_forbidden(root)
    return root


def _take_out_forbidden(root):
    """Take the same out of a tree, whose texts may have named them by their numbers."""
    for element in root.iter():
        for part in ("text", "tail"):
            text = getattr(element, part) or ""
            allowed = FORBIDDEN.sub("", text)
            if allowed != text:
                setattr(element, part, allowed)
        for name, value in element.items():
            element.set(name, FORBIDDEN.sub("", value))


def _depth(root):
    deepest, stack = 0, [(root, 0)]
    while stack:
        element, depth = stack.pop()
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in element)
    return deepest


def _clean(html, *, tags, allow, link=False, language="", illustrate=None):
    if not html or not html.strip():
        return ""
    if len(html) > MAX_LENGTH:
        raise ValueError(f"{len(html)} characters of HTML; {MAX_LENGTH} at most.")
    root = _parse(html)
    if _depth(root) > MAX_DEPTH:
        return f"<p>{escape(' '.join(root.text_content().split()))}</p>"
    for element in list(root.iter(*DROPPED_WITH_CONTENT)):
        element.drop_tree()
    for element in list(root.iter("img")):
        if not _is_ours(element.get("src", "")):
            _link_to_picture(element)
    if illustrate:
        illustrate(root)
    for old, new in RENAMED.items():
        for element in root.iter(old):
            element.tag = new
    if "aside" in tags:
        _name_sites(root)
    for element in root.iter("pre", "table"):
        # What is too wide for a screen scrolls, and has to with the keyboard too.
        element.set("tabindex", "0")
    typography.set_tree(root, language)
    inner = lxml_html.tostring(root, encoding="unicode")
    inner = inner[inner.index(">") + 1 : inner.rindex("<")]
    return bleach.sanitizer.Cleaner(
        tags=tags,
        attributes=allow,
        protocols=SCHEMES,
        strip=True,
        filters=[
            partial(
                _Linkify,
                callbacks=[_keep_safe],
                skip_tags={"pre"},
                url_re=ADDRESS,
            )
        ]
        if link
        else [],
    ).clean(inner)


class _Linkify(LinkifyFilter):
    """Makes links of addresses, and leaves a typed “&eacute;” as it was typed."""

    def extract_entities(self, token):
        # The cleaner has read them before: what looks like one now was typed.
        yield token


def _name_sites(root):
    """Say in each link card which site it leads to; nobody fetches anything from it."""
    for card in root.iter("aside"):
        link = card.find(".//a[@href]")
        if link is None or card.find(".//small") is not None:
            continue
        try:
            site = (urlsplit(link.get("href")).hostname or "").removeprefix("www.")
        except ValueError:
            continue
        if site:
            paragraph = etree.SubElement(card, "p")
            etree.SubElement(paragraph, "small").text = site


def _is_ours(src):
    return src.startswith(f"/{settings.MEDIA_URL.strip('/')}/") and ".." not in src


def _is_copy_of_ours(candidate):
    address, _space, width = candidate.partition(" ")
    return _is_ours(address) and WIDTH.fullmatch(width) is not None


def _link_to_picture(element):
    src = element.get("src", "")
    label = element.get("alt") or element.get("title") or src.rsplit("/", 1)[-1]
    inside_link = any(parent.tag == "a" for parent in element.iterancestors())
    # One without host and path stood beside its page, which was elsewhere.
    is_link = src.startswith(("https:", "http:", "/")) and not inside_link
    attributes = {"href": src} if is_link else {}
    replacement = lxml_html.Element("a" if is_link else "span", attributes)
    replacement.text = label
    replacement.tail = element.tail
    element.getparent().replace(element, replacement)


def _is_safe_address(value):
    """Whether ``value`` may be linked to: relative, or with a scheme we know.

    bleach's own check takes the digits of ``javascript:123`` for a port.
    """
    value = "".join(c for c in value if c > " ")
    try:
        scheme = urlsplit(value).scheme.lower()
    except ValueError:
        return False
    if scheme:
        return scheme in SCHEMES
    return ":" not in value.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]


def _allow_in_post(tag, name, value):
    if name == "lang":
        return len(value) <= 12 and value.replace("-", "").isalpha()
    if name == "id":
        return FOOTNOTE.fullmatch(value) is not None
    if name not in POST_ATTRIBUTES.get(tag, ()):
        return False
    if name == "href":
        return _is_safe_address(value)
    if name == "src":
        return _is_ours(value)
    if name == "srcset":
        return all(map(_is_copy_of_ours, value.split(", ")))
    if name in WORDS:
        return value in WORDS[name]
    if name in {"width", "height", "colspan", "rowspan", "start"}:
        return value.isdecimal() and len(value) <= 5
    return True


def _allow_in_comment(tag, name, value):
    return tag == "a" and name == "href" and _is_safe_address(value)


def _keep_safe(attributes, new=False):
    """Mark a link of a comment as its writer's, not ours (called by LinkifyFilter)."""
    href = attributes.get((None, "href"), "")
    if not _is_safe_address(href):
        return None
    attributes[(None, "rel")] = "nofollow ugc noopener"
    return attributes
