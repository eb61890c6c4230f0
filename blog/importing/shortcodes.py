"""WordPress's [shortcodes]: what is known becomes HTML, the rest stays to be seen."""

import re
from dataclasses import dataclass
from html import escape, unescape

CODE_NAMES = (
    r"code|sourcecode|source|cc\w*|php|java|javascript|js|css|html|xml|sql|python|ruby|"
    r"bash|shell|perl|cpp|csharp|vb|text|plain|diff|groovy|scala|objc"
)
ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s\]"']+))*"""
CODE = rf"\[(?P<name>{CODE_NAMES}){ATTRIBUTES}\s*\](?P<code>.*?)\[/(?P=name)\]"
ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))|"([^"]*)"|(\S+)"""
)
CAPTION = re.compile(
    r"\[(?P<name>caption|wp_caption)\b"
    r"(?P<attributes>(?:\"[^\"]*\"|[^\]\"])*)\](?P<inner>.*?)\[/(?P=name)\]",
    re.S,
)
STRAY_CAPTION = re.compile(
    r"\[(?:caption|wp_caption)\b(?P<attributes>(?:\"[^\"]*\"|[^\]\"])*)\]|\[/(?:wp_)?caption\]"
)
CAPTIONED = re.compile(
    r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.S | re.I
)
GALLERY = re.compile(r"\[gallery\b(?P<attributes>[^\]]*)\]")
# Where a player's short name and number stand for a page.
PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "gist": "https://gist.github.com/{}",
    "embed": "", "audio": "", "video": "", "soundcloud": "", "tweet": "",
    "flickr": "", "googlevideo": "", "instagram": "",
}  # fmt: skip
PLAYER = re.compile(
    rf"\[(?P<name>{'|'.join(PLAYERS)})(?P<attributes>[\s=][^\]]*)?\]"
    r"(?:(?P<inner>[^\[\]<>]*)\[/(?P=name)\])?"
)
PLAYER_ATTRIBUTES = (
    "id", "url", "src", "href", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "flv",
)  # fmt: skip
PAGES_OF_PLAYERS = [
    (
        re.compile(r"//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{6,})"),
        PLAYERS["youtube"],
    ),
    (re.compile(r"//player\.vimeo\.com/video/(\d+)"), PLAYERS["vimeo"]),
    (
        re.compile(
            r"//(?:www\.)?dailymotion\.com/(?:embed/video|swf)/(?:video/)?(\w+)"
        ),
        PLAYERS["dailymotion"],
    ),
]
ESCAPED = re.compile(r"\[(\[[a-zA-Z][^\[\]]*\])\]")
UNKNOWN = re.compile(r"\[(?P<name>[a-zA-Z][\w-]*)(?P<attributes>[^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or another file of the old blog, at ``url`` there."""

    url: str
    alt: str = ""
    caption: str = ""


def attributes_of(text):
    """Return a shortcode's named attributes, and its bare values in a list."""
    named, bare = {}, []
    for match in ATTRIBUTE.finditer(text):
        name, *values, quoted, word = match.groups()
        if name:
            named[name.lower()] = next(filter(None, values), "")
        else:
            bare.append(quoted or word or "")
    return named, bare


def code_html(code, *, alone):
    """Return a listing that shows ``code`` as its author saw it.

    The highlighters kept it escaped, as long as nobody had turned them off: a listing
    with no bracket in it is escaped already.
    """
    if "<" not in code and ">" not in code:
        code = unescape(code)
    code = escape(code.strip("\r\n"), quote=False)
    return f"<pre><code>{code}</code></pre>" if alone else f"<code>{code}</code>"


def captions(text):
    """Turn [caption]s of both generations into figures, and lose none of their text."""

    def figure(match):
        named, _ = attributes_of(match["attributes"])
        inner, caption = match["inner"], named.get("caption", "")
        parts = CAPTIONED.fullmatch(inner)
        if parts:
            inner = parts[1]
            caption = " ".join(filter(None, [caption, parts[2].strip()]))
        caption = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"\n\n<figure>{inner}{caption}</figure>\n\n"

    def left_over(match):
        return attributes_of(match["attributes"] or "")[0].get("caption", "")

    return STRAY_CAPTION.sub(left_over, CAPTION.sub(figure, text))


def galleries(text, attachments, own, left_out):
    """Put a gallery's pictures where it stands: those it names, else ``own``.

    ``attachments`` maps the old blog's numbers to ``Attachment``s. A gallery of which
    no picture is in the export holds no word either: it is counted in ``left_out``.
    """

    def gallery(match):
        named, _ = attributes_of(match["attributes"])
        numbers = re.findall(r"\d+", named.get("ids") or named.get("include") or "")
        pictures = [attachments[n] for n in numbers if n in attachments]
        if not numbers:
            pictures = list(own)
        if not pictures:
            left_out["gallery without its pictures"] += 1
        return "\n\n" + "".join(map(_figure, pictures)) + "\n\n"

    return GALLERY.sub(gallery, text)


def _figure(picture):
    url, alt = escape(picture.url), escape(picture.alt)
    caption = picture.caption and f"<figcaption>{escape(picture.caption)}</figcaption>"
    return f'<figure><img src="{url}" alt="{alt}">{caption}</figure>'


def players(text):
    """Turn players of films and sounds into links to them; nobody else's frames."""

    def link(match):
        named, bare = attributes_of((match["attributes"] or "").lstrip("= "))
        candidates = [
            (match["inner"] or "").strip(),
            *(named.get(name, "") for name in PLAYER_ATTRIBUTES),
            *bare,
        ]
        value = next(filter(None, candidates), "").split("|")[0]
        if re.match(r"(?:https?:)?//", value):
            return link_to(value)
        # “youtube=http://…?v=x” reads as an attribute of its own.
        whole = (match["attributes"] or "").lstrip("= ")
        if re.match(r"https?://", whole):
            return link_to(whole.split()[0])
        template = PLAYERS[match["name"]]
        if template and re.fullmatch(r"[\w/-]{5,}", value):
            return link_to(template.format(value))
        return match[0]

    return PLAYER.sub(link, text)


def link_to(url):
    """Return a link that shows where it goes: to a film's page, not to its frame."""
    url = unescape(url.strip())
    url = f"https:{url}" if url.startswith("//") else url
    for pattern, page in PAGES_OF_PLAYERS:
        found = pattern.search(url)
        if found:
            url = page.format(found[1])
    return f'<a href="{escape(url)}">{escape(url)}</a>'


def unknown(text):
    """Yield the name of each shortcode that is left: its plugin stayed behind.

    “[sic]” or “[…]” is none: one has attributes, or an end.
    """
    for match in UNKNOWN.finditer(text):
        name, attributes = match["name"], match["attributes"]
        has_attributes = re.match(r"\s+[\w-]+\s*=", attributes)
        if has_attributes or (not attributes and f"[/{name}]" in text):
            yield name
