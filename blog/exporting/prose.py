"""Clean HTML as Markdown (CommonMark), and as HTML again where Markdown has no word.

Tables, figures, footnotes and passages in another language stay as they are: every
program that reads Markdown shows the HTML in it.
"""

import re
from html import escape

from markdownify import MarkdownConverter

# What Markdown can say, and the attributes it can say of it. The size of a picture is
# that of its file.
EXPRESSIBLE = {
    "[document]": set(),
    "a": {"href", "title", "hreflang"},
    "blockquote": set(),
    "br": set(),
    "code": set(),
    "em": set(),
    "h2": set(),
    "h3": set(),
    "h4": set(),
    "hr": set(),
    "img": {"src", "alt", "title", "width", "height"},
    "li": set(),
    "ol": {"start"},
    "p": set(),
    "pre": set(),
    "strong": set(),
    "ul": set(),
}
BLOCKS = {
    "blockquote", "dl", "figure", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "table", "ul",
}  # fmt: skip
VOID = {"br", "hr", "img"}
BLANK_LINES = re.compile(r"\n\s*\n")
# What Hugo takes for a call of one of its shortcodes, in a text or in a listing.
SHORTCODE = re.compile(r"\{\{(?=[<%])")


def to_markdown(html):
    """Return clean HTML as Markdown, which shows the same words."""
    converter = _Converter(
        bullets="-",
        heading_style="atx",
        newline_style="backslash",
        escape_misc=True,
        wrap=True,
        wrap_width=None,
        bs4_options="lxml",
    )
    text = converter.convert(f"<body>{html}</body>").strip("\n")
    # In addresses and titles too.
    return SHORTCODE.sub("&#123;&#123;", text) + "\n"


class _Converter(MarkdownConverter):
    def process_tag(self, node, parent_tags=None):
        if node.name in {"html", "body"} or _is_expressible(node):
            return super().process_tag(node, parent_tags)
        if node.name in BLOCKS:
            return f"\n\n{_on_lines_without_gap(node)}\n\n"
        return self._inline(node, parent_tags or set())

    def _inline(self, node, parent_tags):
        """Return the tag as it is, around words that are Markdown like the others."""
        attributes = "".join(
            f' {name}="{escape(" ".join(value) if isinstance(value, list) else value)}"'
            for name, value in node.attrs.items()
        )
        inner = "".join(
            self.process_element(child, parent_tags | {node.name, "_inline"})
            for child in node.children
        )
        return f"<{node.name}{attributes}>{inner}</{node.name}>"

    def escape(self, text, parent_tags):
        text = super().escape(text, parent_tags)
        return SHORTCODE.sub("&#123;&#123;", text)

    def convert_img(self, el, text, parent_tags):
        alt = self.escape(el.get("alt", ""), parent_tags)
        title = el.get("title", "").replace('"', "&quot;")
        told = f' "{title}"' if title else ""
        return f"![{alt}](<{el.get('src', '')}>{told})"


def _is_expressible(node):
    name = node.name
    if name not in EXPRESSIBLE or not set(node.attrs) <= EXPRESSIBLE[name]:
        return False
    words = node.get_text()
    if name in {"em", "strong"}:
        # Beside punctuation, asterisks are asterisks.
        beside = {getattr(n, "name", None) for n in (node.previous, node.next_sibling)}
        ends = words[:1].isalnum() and words[-1:].isalnum()
        return ends and not beside & {"em", "strong"}
    if name == "code":
        return not node.find(True) and not SHORTCODE.search(words)
    if name == "pre":
        inner = [child for child in node.children if getattr(child, "name", None)]
        is_bare = all(child.name == "code" and not child.find(True) for child in inner)
        return is_bare and "```" not in words and not SHORTCODE.search(words)
    return True


def _on_lines_without_gap(node):
    """Return the HTML of a block: for Markdown, a blank line would end it."""
    for text in list(node.find_all(string=True)):
        if text.find_parent("pre"):
            text.replace_with(text.replace("\n", "\ue000"))
    html = BLANK_LINES.sub("\n", str(node).strip())
    return SHORTCODE.sub("&#123;&#123;", html).replace("\ue000", "&#10;")
