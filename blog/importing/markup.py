"""Turn the text of a WordPress post into the HTML of ours, and lose no word of it.

WordPress makes paragraphs, figures and players when it shows a post; what it keeps is
half text, half HTML. Here that is done once. What remains is cleaned like any other
text when it is saved (``blog.html``).
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from lxml.html import defs

from . import shortcodes

BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "center", "col",
    "colgroup", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
    "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
# One line in these is no paragraph of its own.
HOLD_A_LINE = {
    "caption", "dd", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "legend", "li", "p", "summary", "td", "th",
}  # fmt: skip
VOID = {"col", "hr"}
KNOWN = set(defs.tags) | {"main", "picture", "nobr"}
# What they hold is text to us, so the tags go and the text stays.
UNWRAPPED = {
    "applet", "audio", "body", "button", "canvas", "fieldset", "font", "form", "head",
    "html", "iframe", "input", "label", "legend", "link", "meta", "noscript", "object",
    "optgroup", "option", "param", "picture", "select", "source", "svg", "template",
    "textarea", "title", "track", "video",
}  # fmt: skip
PROGRAMS = {"script", "style"}
ATTRIBUTE = r"""[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s<>"'][^\s<>]*))?"""
TOKEN = re.compile(
    r"(<!--.*?-->"
    rf"|</?[a-zA-Z][^\s<>/]*(?:[\s/]+(?:{ATTRIBUTE})?)*+>"
    r"|</?[a-zA-Z][^<>]*>"
    r"|\ufdd0\d+\ufdd1)",
    re.S,
)
NAME = re.compile(r"</?([a-zA-Z][^\s<>/]*)")
LISTING_OR_PROGRAM = (
    r"(?P<pre><pre\b[^>]*>.*?</pre\s*>)"
    r"|(?P<program><(?P<kind>script|style)\b.*?</(?P=kind)\s*>)"
)
NO_MARKUP = re.compile(LISTING_OR_PROGRAM, re.S | re.I)
# How the highlighter CodeColorer marks a listing; “fr” and “en” are said of words.
COLOURED = (
    r"<code\b[^>]*\blang\s*=\s*[\"']?(?!(?:fr|en)\b)[^>]*>(?P<coloured>.*?)</code\s*>"
)
VERBATIM = re.compile(
    rf"{LISTING_OR_PROGRAM}|{COLOURED}|{shortcodes.CODE}", re.S | re.I
)
PRE = re.compile(r"<pre\b([^>]*)>(.*)</pre\s*>", re.S | re.I)
CODE_IN_PRE = re.compile(rf"\s*{shortcodes.CODE}\s*", re.S | re.I)
# Markup in a listing. Any other tag there is what the listing is about.
IN_LISTINGS = {
    "a", "b", "br", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "s",
    "samp", "small", "span", "strong", "sub", "sup", "tt", "u", "var",
}  # fmt: skip
BLOCK_COMMENT = re.compile(r"<!--\s*wp:(?P<name>[\w/-]+).*?(?P<alone>/)?-->", re.S)
LONE_ADDRESS = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"\ufdd0]+)[ \t]*$")
BREAKS = re.compile(r"<br\s*/?>\s*<br\s*/?>", re.I)
EMPTY = re.compile(r"<p\b[^>]*>(?:\s|&nbsp;|<br\s*/?>)*</p>\s*", re.I)
BESIDE_A_WORD = re.compile(r"(<img\b[^>]*>(?:\s*</a>)?)(?=\w)", re.I)
NEWLINE = re.compile(r"(?:<br\s*/?>)?[ \t]*\n\s*", re.I)


@dataclass(slots=True)
class Body:
    """The HTML, the shortcodes left visible in it, and what is no text of the post."""

    html: str = ""
    shortcodes: Counter = field(default_factory=Counter)
    left_out: Counter = field(default_factory=Counter)


def to_html(content, attachments=None, own=()):
    """Return the ``Body`` of what WordPress keeps as ``content``.

    ``attachments`` maps the old blog's numbers to ``Attachment``s, for its galleries;
    ``own`` are those that belong to this post.
    """
    body = Body()
    text = content.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\ufdd0", "").replace("\ufdd1", "")
    kept = []
    text = _set_aside(text, kept, body)
    text = shortcodes.captions(text)
    text = shortcodes.galleries(text, attachments or {}, own, body.left_out)
    text = shortcodes.players(text)
    body.shortcodes.update(shortcodes.unknown(text))
    blocks = list(BLOCK_COMMENT.finditer(text))
    body.left_out.update(f"block {b['name']}" for b in blocks if b["alone"])
    writer = _Writer(body, kept, makes_paragraphs=not blocks)
    for token in TOKEN.split(text):
        writer.write(token)
    body.html = writer.finished()
    return body


def comment_body(content):
    """Return the text of a comment, and whether it is HTML.

    Most hold no tag at all: those become the plain text that was once typed. The others
    get their paragraphs here, as WordPress made them when it showed them.
    """
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    tokens = TOKEN.split(content)
    if not any(_is_html(token) for token in tokens[1::2]):
        return unescape(content), False
    kept = []

    def keep(match):
        if match["program"]:
            return ""
        kept.append(_preformatted(match["pre"]))
        return f"\ufdd0{len(kept) - 1}\ufdd1"

    text = NO_MARKUP.sub(keep, content.replace("\ufdd0", "").replace("\ufdd1", ""))
    writer = _Writer(Body(), kept, makes_paragraphs=True)
    for token in TOKEN.split(text):
        writer.write(token)
    return writer.finished(), True


def title_text(title):
    """Return a title, which WordPress keeps as HTML, as the plain text it shows."""
    tokens = TOKEN.split(title)
    words = (
        "" if position % 2 and _is_html(token) else token
        for position, token in enumerate(tokens)
    )
    return " ".join(unescape("".join(words)).split())


def _is_html(token):
    name = NAME.match(token)
    return not name or name[1].lower() in KNOWN or ":" in name[1]


def _set_aside(text, kept, body):
    """Put what must stay as it is out of reach, behind numbers."""

    def keep(html):
        kept.append(html)
        return f"\ufdd0{len(kept) - 1}\ufdd1"

    def verbatim(match):
        if match["program"]:
            body.left_out[match["kind"].lower()] += 1
            return ""
        if match["pre"]:
            return keep(_preformatted(match["pre"]))
        before = text[: match.start()].rpartition("\n")[2].strip()
        after = text[match.end() :].partition("\n")[0].strip()
        code = match["coloured"] if match["code"] is None else match["code"]
        alone = "\n" in code or not (before or after)
        return keep(shortcodes.code_html(code, alone=alone))

    return shortcodes.ESCAPED.sub(
        lambda match: keep(match[1]), VERBATIM.sub(verbatim, text)
    )


def _preformatted(pre):
    attributes, inner = PRE.fullmatch(pre).groups()
    code = CODE_IN_PRE.fullmatch(inner)
    if code or re.search(r"\blang\s*=", attributes):
        # A highlighter's: all of it is code, tags and all.
        return shortcodes.code_html(code["code"] if code else inner, alone=True)
    tokens = TOKEN.split(inner)
    for position, token in enumerate(tokens):
        name = NAME.match(token) if position % 2 else None
        if not name or name[1].lower() not in IN_LISTINGS:
            tokens[position] = token.replace("<", "&lt;")
    return f"<pre>{''.join(tokens)}</pre>"


def _attribute(tag, name):
    found = re.search(
        rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s<>]+))""", tag, re.I
    )
    return next(filter(None, found.groups()), "") if found else ""


class _Writer:
    """Write tokens out as HTML, with paragraphs where blank lines part them."""

    def __init__(self, body, kept, *, makes_paragraphs):
        self.body = body
        self.kept = kept
        self.makes_paragraphs = makes_paragraphs
        self.out = []
        self.run = []  # text and inline tags since the last block began or ended
        self.open = []  # the blocks that are open
        self.links = 0
        self.last_film = ""

    def finished(self):
        self._flush()
        self.out += [f"</{name}>" for name in reversed(self.open)]
        html = EMPTY.sub("", "".join(self.out)).strip()
        # A picture that floated beside a word may be shown as a link before it.
        return BESIDE_A_WORD.sub(r"\1 ", html)

    def write(self, token):
        if token.startswith("<!--") and token.endswith("-->"):
            self._comment(token)
        elif token.startswith("\ufdd0"):
            self._kept(self.kept[int(token[1:-1])])
        elif token.startswith("<") and token.endswith(">") and NAME.match(token):
            self._tag(token, NAME.match(token)[1].lower())
        elif token:
            text = token.replace("<", "&lt;")
            if not self.links:
                text = LONE_ADDRESS.sub(lambda m: shortcodes.link_to(m[1]), text)
            self.run.append(text)

    def _comment(self, token):
        inner = token[4:-3].strip()
        if inner.startswith("more") or inner == "nextpage":
            # Both part what stands before from what follows, as a blank line does.
            self.run.append("\n\n")

    def _kept(self, html):
        if html.startswith("<pre"):
            self._flush()
            self._close_line()
            self.out.append(f"{html}\n")
        else:
            self.run.append(html)

    def _tag(self, token, name):
        if name not in KNOWN and ":" in name:
            return  # Word's, Facebook's
        if name not in KNOWN or name in PROGRAMS:
            # Nothing of HTML, or a program without end: somebody speaks of it.
            self.run.append(token.replace("<", "&lt;"))
        elif name in {"embed", "iframe", "object", "audio", "video", "source", "param"}:
            self._film(token, name)
        elif name == "img" and _attribute(token, "src").startswith("data:"):
            self.body.left_out["picture inside the text"] += 1
            self.run.append(_attribute(token, "alt"))
        elif name in UNWRAPPED:
            self.run.append(" ")
        elif name in BLOCKS:
            self._block(token, name)
        else:
            if name == "a":
                self.links = 0 if token.startswith("</") else 1
            self.run.append(token)

    def _film(self, token, name):
        """Link to what a frame or player shows; what stands inside it stays."""
        if token.startswith("</"):
            return
        if name == "param" and _attribute(token, "name") not in {"movie", "src"}:
            return
        source = {"param": "value", "object": "data"}.get(name, "src")
        link = shortcodes.link_to(_attribute(token, source))
        if _attribute(token, source) and link != self.last_film:
            self.last_film = link
            self.run.append(f" {link} ")

    def _block(self, token, name):
        self._flush()
        if token.startswith("</"):
            if name in self.open:
                while self.open[-1] != name:
                    self.out.append(f"</{self.open.pop()}>")
                self.open.pop()
                self.out.append(f"</{name}>")
            return
        self._close_line()
        if self.open and self.open[-1] == name == "li":
            self.out.append(f"</{self.open.pop()}>")
        self.out.append(token)
        if name not in VOID:
            self.open.append(name)

    def _close_line(self):
        """End the paragraph in which a block begins: HTML has none there."""
        if self.open and self.open[-1] == "p":
            self.out.append(f"</{self.open.pop()}>")

    def _flush(self):
        text, self.run = "".join(self.run), []
        if not text.strip():
            return
        if not self.makes_paragraphs:
            self.out.append(text)
            return
        holder = self.open[-1] if self.open else ""
        text = BREAKS.sub("\n\n", text)
        parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
        if holder == "p":
            self.out.append("</p>\n<p>".join(map(_with_breaks, parts)))
        elif holder in HOLD_A_LINE and len(parts) == 1:
            # Spaces around a piece of a line are part of it.
            self.out.append(_with_breaks(text.strip("\n")))
        else:
            self.out += [_paragraph(part) for part in parts]


def _with_breaks(text):
    return NEWLINE.sub("<br>\n", text)


def _paragraph(part):
    has_content = "<img" in part.lower() or TOKEN.sub("", part).strip()
    return f"<p>{_with_breaks(part)}</p>\n" if has_content else part
