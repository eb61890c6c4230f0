"""Whether all of a text came over: the words of the source against those shown here.

The source is read here in a way of its own, as plainly as can be, so that a mistake in
``markup`` shows. White space is not compared: paragraphs are made anew.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import unescape

from lxml import html as lxml_html
from lxml.html import defs

from .shortcodes import CODE, PLAYERS

PROGRAM = re.compile(r"<(script|style)\b.*?</\1\s*>", re.S | re.I)
COMMENT = re.compile(r"<!--.*?-->", re.S)
NAMES = "|".join(sorted({*defs.tags, "main", "picture", "nobr"}, key=len, reverse=True))
# Attributes are skipped, quoted ones with whatever they hold.
MARKUP = re.compile(
    rf"</?(?P<tag>{NAMES}|\w+:\w+)(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
    rf"|</?(?:{NAMES})(?=[\s/>])[^<>]*>",
    re.I,
)
# Tags within a word; the others part words.
INLINE = {
    "a", "abbr", "acronym", "b", "bdo", "big", "cite", "code", "del", "em", "font", "i",
    "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "tt", "u", "var",
}  # fmt: skip
# What our typography writes in another way (see ``blog.typography``).
SAME = str.maketrans("’", "'")
LISTING = re.compile(
    r"<pre\b(?P<how>[^>]*)>(?P<pre>.*?)</pre\s*>"
    r"|<code\s+lang=\"(?!fr|en)[^>]*>(?P<coloured>.*?)</code\s*>"
    rf"|{CODE}",
    re.S | re.I,
)
ESCAPED = re.compile(r"\[(\[[a-zA-Z][^\[\]]*\])\]")
TAKEN_OVER = re.compile(
    rf"\[/?(?P<name>caption|wp_caption|gallery|{'|'.join(PLAYERS)})\b"
    r"(?:\"[^\"]*\"|[^\]\"])*\]"
)
TOKEN = re.compile(r"\w+|[^\w\s]")
IN_LISTINGS = re.compile(
    r"</?(?:a|b|br|code|del|em|font|i|img|ins|kbd|mark|s|samp|small|span|strong|sub"
    r"|sup|tt|u|var)\b[^<>]*>",
    re.I,
)
# Beyond this, what differs is looked for roughly: the exact way is quadratic.
MOST_TOKENS = 3_000


@dataclass(slots=True)
class Measure:
    """``characters`` of the source, white space aside, and those that are not shown.

    ``lost`` counts them by what they were: “script”, “style”, “[gallery]” (the name of
    a shortcode that became something else), or “text”, which should never be.
    ``pieces`` are the lost texts.
    """

    characters: int = 0
    lost: Counter = field(default_factory=Counter)
    pieces: list[str] = field(default_factory=list)


def measure(source, html):
    """Return the ``Measure`` of a text as WordPress kept it against our clean HTML."""
    result = Measure()
    words = "".join(_words(source, result))
    shown = _squeezed(_text_of(html))
    wanted = _squeezed(words)
    result.characters = len(wanted) + sum(result.lost.values())
    if wanted != shown:
        _compare(words, _text_of(html), result)
    return result


def _words(source, result):
    """Yield the words of the source; what is no text of it is counted as lost."""

    def program(match):
        inner = MARKUP.sub("", match[0])
        result.lost[match[1].lower()] += len(_squeezed(inner))
        return ""

    at = 0
    source = source.replace("\ufdd0", "").replace("\ufdd1", "")
    for match in LISTING.finditer(source):
        yield _prose(PROGRAM.sub(program, source[at : match.start()]), result)
        yield _listing(match, result)
        at = match.end()
    yield _prose(PROGRAM.sub(program, source[at:]), result)


def _listing(match, result):
    if match["coloured"] is not None:
        return _unescaped(match["coloured"])
    if match["pre"] is None:
        result.lost[f"[{match['name'].lower()}]"] += len(_squeezed(match[0])) - len(
            _squeezed(match["code"])
        )
        return _unescaped(match["code"])
    code = re.fullmatch(rf"\s*{CODE}\s*", match["pre"], re.S | re.I)
    if code:
        return _listing(_AsListing(code), result)
    if re.search(r"\blang\s*=", match["how"]):
        return _unescaped(match["pre"])
    return unescape(IN_LISTINGS.sub("", COMMENT.sub("", match["pre"])))


class _AsListing(dict):
    def __init__(self, match):
        super().__init__(
            match.groupdict() | {"pre": None, "coloured": None, 0: match[0].strip()}
        )


def _unescaped(code):
    return code if "<" in code or ">" in code else unescape(code)


def _prose(text, result):
    def taken_over(match):
        result.lost[f"[{match['name']}]"] += len(_squeezed(match[0]))
        return " "

    kept = []

    def shown(match):
        kept.append(match[1])
        return f"\ufdd0{len(kept) - 1}\ufdd1"

    text = MARKUP.sub(_bare, COMMENT.sub("", ESCAPED.sub(shown, text)))
    text = TAKEN_OVER.sub(taken_over, text)
    text = re.sub("\ufdd0(\\d+)\ufdd1", lambda m: kept[int(m[1])], text)
    return unescape(text)


def _text_of(html):
    if not html.strip():
        return ""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in root.iterdescendants():
        if element.tag not in INLINE:
            element.text = f" {element.text or ''}"
            element.tail = f" {element.tail or ''}"
    return root.text_content()


def _bare(match):
    return "" if (match["tag"] or "").lower() in INLINE else " "


def _squeezed(text):
    return "".join(unicodedata.normalize("NFC", text).translate(SAME).split())


def _compare(words, shown, result):
    a, b = (TOKEN.findall(text.translate(SAME)) for text in (words, shown))
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    a, b = a[start : len(a) - end], b[start : len(b) - end]
    matcher = SequenceMatcher(None, a, b, autojunk=max(len(a), len(b)) > MOST_TOKENS)
    for kind, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if kind not in {"delete", "replace"}:
            continue
        piece, other = "".join(a[a_from:a_to]), "".join(b[b_from:b_to])
        if piece not in other:  # two words can be one here, and one two
            result.lost["text"] += len(piece)
            result.pieces.append(" ".join(a[a_from:a_to]))
