"""Two states of a text side by side, as words that came and words that went."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree
from lxml import html as lxml_html

BLOCKS = {
    "p", "h2", "h3", "h4", "li", "blockquote", "pre", "figcaption", "td", "th", "dt",
    "dd", "hr", "figure", "div", "ul", "ol", "table", "tr",
}  # fmt: skip
MARKED = {"h2": "## ", "h3": "### ", "h4": "#### ", "li": "• ", "hr": "———"}
WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Unchanged paragraphs shown before and after a change, to know where one is.
AROUND = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are the same (“same”), were taken out (“del”) or put in (“ins”)."""

    kind: str
    text: str


def blocks(html):
    """Return the paragraphs of ``html`` as text, links and pictures spelled out."""
    if not html or not html.strip():
        return []
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    lines = [""]
    _write(root, lines)
    return [text for line in lines if (text := " ".join(line.split()))]


def compare(old, new):
    """Return the paragraphs of two lists that differ, each as a list of ``Piece``s.

    An empty list stands for unchanged paragraphs that are left out.
    """
    rows = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(AROUND):
        if rows or group[0][1] > 0:
            rows.append([])
        for kind, a, b, c, d in group:
            if kind == "equal":
                rows += [[Piece("same", text)] for text in old[a:b]]
            else:
                paired = min(b - a, d - c)
                rows += map(_words, old[a : a + paired], new[c : c + paired])
                rows += [[Piece("del", text)] for text in old[a + paired : b]]
                rows += [[Piece("ins", text)] for text in new[c + paired : d]]
        if group[-1][2] < len(old):
            rows.append([])
    return [row for i, row in enumerate(rows) if row or i == 0 or rows[i - 1]]


def _words(old, new):
    old, new = WORD.findall(old), WORD.findall(new)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("del", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("ins", "".join(new[c:d])))
    return pieces


def _write(element, lines):
    is_block = element.tag in BLOCKS
    if is_block:
        lines.append(MARKED.get(element.tag, ""))
    if element.tag == "br":
        lines.append("")
    if element.tag == "img":
        lines.append(f"[{element.get('alt', '')}] ({element.get('src', '')})")
    lines[-1] += element.text or ""
    for child in element:
        if isinstance(child, etree._Element) and isinstance(child.tag, str):
            _write(child, lines)
        lines[-1] += child.tail or ""
    if element.tag == "a" and element.get("href"):
        lines[-1] += f" ({element.get('href')})"
    if is_block:
        lines.append("")
