"""Make parseable what WordPress really exports, without losing a line or a word.

An export is text glued together by PHP: it holds control characters, bytes of another
encoding, ``]]>`` inside texts, named HTML entities and lone ampersands. ``repaired``
mends these as a stream, so that line numbers stay true and memory flat.
"""

import codecs
import re
from html.entities import html5

CHUNK = 64 * 1024
# The declaration, and whatever blank lines stand before it, are within these.
START = 4 * 1024
# Neither cuts a token in two: none of them contains, or goes on after, one of these.
SAFE_CUTS = (">", "\n", " ")
# How far after a “]]>” the next one may stand and still show that the first was text.
PATIENCE = 256 * 1024
CDATA_EDGE = re.compile(r"(<!\[CDATA\[|\]\]>)")
AMPERSAND = re.compile(r"&(?:#(\d+);|#[xX]([0-9a-fA-F]+);|(\w+;))?")
DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.I)
XML_ENTITIES = {"amp;", "lt;", "gt;", "quot;", "apos;"}
# What XML 1.0 forbids. Form feed and vertical tab part words, so they become spaces.
FORBIDDEN = dict.fromkeys([*range(9), *range(14, 32), 0xFFFE, 0xFFFF])
FORBIDDEN |= dict.fromkeys(range(0xD800, 0xE000)) | {11: " ", 12: " "}
BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
]
ARCHIVES = {b"PK\x03\x04": "zip", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"7z": "7-zip"}


class NotText(Exception):
    """The file is an archive, is in no encoding we know, or is no XML at all."""


class Declaration(Exception):
    """The text declares a document type or an entity, which no export does.

    ``lines`` counts the line ends before it.
    """

    def __init__(self, lines):
        super().__init__(lines)
        self.lines = lines


def repaired(file, repairs):
    """Yield the XML of ``file`` (open in binary), in pieces that can be parsed.

    The XML declaration is left out, so that a fragment can be given a root. What is
    mended is counted in ``repairs``, a ``Counter``. Raises ``NotText`` or
    ``Declaration``.
    """
    lines = 0
    for piece, is_markup in _told_apart(_decoded(file, repairs), repairs):
        if is_markup:
            found = DECLARATION.search(piece)
            if found:
                raise Declaration(lines + piece.count("\n", 0, found.start()))
            piece = AMPERSAND.sub(_mend_ampersand, piece)
        lines += piece.count("\n")
        yield piece


def _told_apart(texts, repairs):
    edges = _Edges(repairs)
    for text in _safely_cut(texts):
        yield from edges.split(text)
    yield from edges.rest()


def _decoded(file, repairs):
    start = file.read(START)
    for magic, kind in ARCHIVES.items():
        if start.startswith(magic):
            raise NotText(kind)
    encoding, skip = _encoding(start)
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    if encoding == "utf-8":
        decoder = _TolerantUTF8(repairs)
    chunk, is_first = start[skip:], True
    while chunk:
        following = file.read(CHUNK)
        try:
            text = decoder.decode(chunk, final=not following)
        except UnicodeDecodeError as error:
            raise NotText(encoding) from error
        if is_first:
            text, is_first = _without_declaration(text), False
        clean = text.translate(FORBIDDEN)
        repairs["control characters"] += len(text) - len(clean)
        repairs["control characters"] += text.count("\x0b") + text.count("\x0c")
        # As XML does, but before anything counts lines.
        yield clean.replace("\r\n", "\n")
        chunk = following


def _encoding(start):
    for mark, encoding in BOMS:
        if start.startswith(mark):
            return encoding, len(mark) if mark[0] >= 0x80 else 0
    declared = re.search(rb"<\?xml[^>]*encoding=[\"']([\w.-]+)", start[:400])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        # Refuses what Python calls codecs too, and is none of text: “zlib”, “hex”.
        "".encode(name)
    except LookupError as error:
        raise NotText(name) from error
    name = codecs.lookup(name).name
    return (name, 0) if not name.startswith("utf-16") else ("utf-8", 0)


class _TolerantUTF8:
    """Decode UTF-8 in which older bytes were left: those are read as Windows-1252."""

    def __init__(self, repairs):
        self.repairs = repairs
        self.pending = b""

    def decode(self, data, final=False):
        data, parts = self.pending + data, []
        while True:
            try:
                parts.append(data.decode("utf-8"))
                self.pending = b""
                return "".join(parts)
            except UnicodeDecodeError as error:
                parts.append(data[: error.start].decode("utf-8"))
                if error.reason == "unexpected end of data" and not final:
                    self.pending = data[error.start :]
                    return "".join(parts)
                bad = data[error.start : error.end]
                parts.append(bad.decode("cp1252", "replace"))
                self.repairs["bytes of another encoding"] += len(bad)
                data = data[error.end :]


def _without_declaration(text):
    start = re.match(r"\s*<\?xml\b[^>]*\?>", text)
    return "\n" * start[0].count("\n") + text[start.end() :] if start else text


def _safely_cut(texts):
    rest = ""
    for text in texts:
        rest += text
        cut = max(rest.rfind(character) for character in SAFE_CUTS) + 1
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


class _Edges:
    """Tell markup from CDATA, where ``]]>`` may also stand inside a text.

    XML has no ``]]>`` outside CDATA. So when one follows another with no new section
    between, the first was part of the text, and is split over two sections as
    WordPress should have done.
    """

    def __init__(self, repairs):
        self.repairs = repairs
        self.is_markup = True
        self.held = None  # what follows a “]]>” of which we cannot tell yet

    def split(self, text):
        for part in CDATA_EDGE.split(text):
            if part == "]]>":
                yield from self._end()
            elif part == "<![CDATA[" and self.is_markup:
                yield part, False
                self.is_markup = False
            elif part == "<![CDATA[" and self.held is not None:
                yield from self._really_ended()
                yield part, False
            elif self.held is not None:
                self.held += part
                if len(self.held) > PATIENCE:
                    yield from self._really_ended()
                    self.is_markup = True
            elif part:
                yield part, self.is_markup

    def _end(self):
        if self.is_markup:
            self.repairs["stray ]]>"] += 1
            yield "]]&gt;", False
        elif self.held is None:
            self.held = ""
        else:
            self.repairs["stray ]]>"] += 1
            yield "]]]]><![CDATA[>" + self.held, False
            self.held = ""

    def _really_ended(self):
        yield "]]>", False
        yield self.held, True
        self.held = None

    def rest(self):
        if self.held is not None:
            yield from self._really_ended()


def _mend_ampersand(match):
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        # More digits than any character has would only be slow to convert.
        digits = (decimal or hexadecimal).lstrip("0")[:9] or "0"
        code = int(digits, 10 if decimal else 16)
        allowed = code <= 0x10FFFF and code not in FORBIDDEN
        return match[0] if allowed else ""
    if not name:
        return "&amp;"
    if name in XML_ENTITIES:
        return match[0]
    if name in html5:
        return html5[name].replace("<", "&lt;").replace("&", "&amp;")
    return f"&amp;{name}"
