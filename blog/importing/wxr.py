"""Read a WordPress export (WXR) as a stream of plain data.

Elements are known by the prefixes that every WordPress writes (``wp:``, ``content:``),
declared or not: many exports use prefixes they never declare. Document types and
entities are refused before anything is parsed. IP addresses are never read.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext_noop

from ctts.sentences import Sentence, Told

from .repair import Declaration, NotText, repaired

ROOT = "ctts-export"
# Far above any post; a longer text is no export but somebody trying our memory.
MAX_FIELD = 20_000_000


# What the parser says in English alone; anything else is “not well-formed”.
NOT_WELL_FORMED = gettext_noop("it is not well-formed")
BROKEN = {
    expat.errors.codes[error]: reason
    for error, reason in {
        expat.errors.XML_ERROR_TAG_MISMATCH: gettext_noop(
            "another element ends than the one that began"
        ),
        expat.errors.XML_ERROR_INVALID_TOKEN: gettext_noop(
            "a character stands there that has no place in it"
        ),
        expat.errors.XML_ERROR_UNCLOSED_TOKEN: gettext_noop("it breaks off"),
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION: gettext_noop("it breaks off"),
        expat.errors.XML_ERROR_PARTIAL_CHAR: gettext_noop("it breaks off"),
    }.items()
}


def why_unreadable(error):
    """Return in words why a file could not be opened: what ``OSError`` tells."""
    if isinstance(error, FileNotFoundError):
        return Sentence(gettext_noop("there is no such file"))
    if isinstance(error, IsADirectoryError):
        return Sentence(gettext_noop("it is a folder"))
    if isinstance(error, PermissionError):
        return Sentence(gettext_noop("the program may not read it"))
    return error.strerror


class BrokenExport(Told):
    """The file cannot be read as an export; the message names file and line."""


@dataclass(slots=True)
class Author:
    author_id: str = ""
    login: str = ""
    email: str = ""
    display_name: str = ""
    first_name: str = ""
    last_name: str = ""


@dataclass(slots=True)
class Term:
    """A term of a taxonomy (``domain``: category, post_tag, language…)."""

    domain: str
    nicename: str
    name: str


@dataclass(slots=True)
class ItemComment:
    comment_id: str = ""
    author: str = ""
    email: str = ""
    url: str = ""
    date: str = ""
    date_gmt: str = ""
    content: str = ""
    approved: str = ""
    type: str = ""
    parent: str = ""
    user_id: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """A post, page, attachment… as exported. All values are text; dates too."""

    line: int = 0
    post_id: str = ""
    title: str = ""
    link: str = ""
    guid: str = ""
    creator: str = ""
    content: str = ""
    excerpt: str = ""
    date: str = ""
    date_gmt: str = ""
    pub_date: str = ""
    comment_status: str = ""
    name: str = ""
    status: str = ""
    parent: str = ""
    menu_order: str = ""
    type: str = ""
    password: str = ""
    attachment_url: str = ""
    sticky: str = ""
    terms: list[Term] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    comments: list[ItemComment] = field(default_factory=list)

    def metadata(self, key):
        """Return the values kept under ``key``, in the order of the file."""
        return [value for name, value in self.meta if name == key]


@dataclass(slots=True)
class Site:
    title: str = ""
    link: str = ""
    description: str = ""
    language: str = ""
    base_site_url: str = ""
    base_blog_url: str = ""
    ours: str = ""  # see the module of that name
    authors: list[Author] = field(default_factory=list)
    repairs: Counter = field(default_factory=Counter)


SITE_FIELDS = {
    "title": "title",
    "link": "link",
    "description": "description",
    "language": "language",
    "wp:base_site_url": "base_site_url",
    "wp:base_blog_url": "base_blog_url",
    "ctts:blog": "ours",
}
AUTHOR_FIELDS = {
    "wp:author_id": "author_id",
    "wp:author_login": "login",
    "wp:author_email": "email",
    "wp:author_display_name": "display_name",
    "wp:author_first_name": "first_name",
    "wp:author_last_name": "last_name",
}
ITEM_FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "dc:creator": "creator",
    "pubDate": "pub_date",
    "content:encoded": "content",
    "excerpt:encoded": "excerpt",
    "wp:post_id": "post_id",
    "wp:post_date": "date",
    "wp:post_date_gmt": "date_gmt",
    "wp:comment_status": "comment_status",
    "wp:post_name": "name",
    "wp:status": "status",
    "wp:post_parent": "parent",
    "wp:menu_order": "menu_order",
    "wp:post_type": "type",
    "wp:post_password": "password",
    "wp:attachment_url": "attachment_url",
    "wp:is_sticky": "sticky",
}
COMMENT_FIELDS = {
    "wp:comment_id": "comment_id",
    "wp:comment_author": "author",
    "wp:comment_author_email": "email",
    "wp:comment_author_url": "url",
    "wp:comment_date": "date",
    "wp:comment_date_gmt": "date_gmt",
    "wp:comment_content": "content",
    "wp:comment_approved": "approved",
    "wp:comment_type": "type",
    "wp:comment_parent": "parent",
    "wp:comment_user_id": "user_id",
}
# Texts in which markup may stand although nobody put it into CDATA.
MARKUP_FIELDS = {
    "title", "content:encoded", "excerpt:encoded", "wp:comment_content",
    "wp:meta_value",
}  # fmt: skip
META = {"wp:postmeta", "wp:commentmeta"}
META_FIELDS = {"wp:meta_key": "key", "wp:meta_value": "value"}


def read(path):
    """Yield the ``Site`` of an export, then each ``Item`` as it comes.

    The site goes on being filled in while items are read: its authors stand before
    the items in all exports we know, its ``repairs`` are counted to the end.

    Raises ``BrokenExport``. What was yielded before stays yielded: who must not keep
    half of a file reads all of it first, or in one transaction.
    """
    builder = _Builder()
    yield builder.site
    try:
        with Path(path).open("rb") as file:
            for text in repaired(file, builder.site.repairs):
                builder.feed(text)
                yield from builder.take()
        builder.close()
    except OSError as error:
        raise BrokenExport(
            gettext_noop("{file} cannot be read: {reason}."),
            file=str(path),
            reason=why_unreadable(error),
        ) from error
    except NotText as error:
        raise BrokenExport(
            gettext_noop(
                "{file}, line 1: this is not the text of an export ({kind}). If it is "
                "an archive, unpack it first."
            ),
            file=str(path),
            kind=str(error),
        ) from error
    except Declaration as error:
        raise BrokenExport(
            gettext_noop(
                "{file}, line {line}: it declares a document type or entities. No "
                "export does; it was not read any further."
            ),
            file=str(path),
            line=error.lines + 1,
        ) from error
    except expat.ExpatError as error:
        raise BrokenExport(
            gettext_noop("{file}, line {line}: the export is broken there ({reason})."),
            file=str(path),
            line=error.lineno,
            reason=Sentence(BROKEN.get(error.code, NOT_WELL_FORMED)),
        ) from error
    except _Unexpected as error:
        raise BrokenExport(
            gettext_noop("{file}, line {line}: {reason}"),
            file=str(path),
            line=builder.line,
            reason=error.sentence,
        ) from error
    yield from builder.take()


class _Unexpected(Told):
    """Well-formed, and still no export."""


class _Builder:
    """Put the parser's events together to items."""

    def __init__(self):
        self.site = Site()
        self.items = []
        self.item = self.comment = self.author = self.meta = None
        self.term_attributes = {}
        self.stack = []  # the elements that are open
        self.field = None  # the one whose text is being read, and how deep it stands
        self.field_depth = 0
        self.text, self.length = [], 0
        self.has_content = False
        self.parser = parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        # A root of our own lets a fragment of several items be read.
        parser.Parse(f"<{ROOT}>", False)

    @property
    def line(self):
        return self.parser.CurrentLineNumber

    def feed(self, text):
        self.parser.Parse(text.encode(), False)

    def take(self):
        items, self.items = self.items, []
        return items

    def close(self):
        if len(self.stack) > 1:
            raise _Unexpected(
                gettext_noop(
                    "the export ends here, in the middle of <{element}>. It was "
                    "probably cut off while it was downloaded."
                ),
                element=self.stack[-1],
            )
        self.parser.Parse(f"</{ROOT}>", True)
        if not self.has_content:
            raise _Unexpected(gettext_noop("there is nothing in it that is an export."))

    def _start(self, name, attributes):
        self.stack.append(name)
        if len(self.stack) == 2:
            if name not in {"rss", "channel", "item"}:
                raise _Unexpected(
                    gettext_noop(
                        "this is not a WordPress export: it begins with <{element}>."
                    ),
                    element=name,
                )
            self.has_content = True
        if self.field is not None:
            if self.field in MARKUP_FIELDS:
                given = "".join(f" {k}={quoteattr(v)}" for k, v in attributes.items())
                self._characters(f"<{name}{given}>")
        elif name == "item":
            self.item = Item(line=self.line)
        elif name == "wp:comment" and self.item:
            self.comment = ItemComment()
        elif name == "wp:author":
            self.author = Author()
        elif name in META and self.item:
            self.meta = {}
        elif self._fields().get(name) or self._is_term(name):
            self.field, self.field_depth = name, len(self.stack)
            self.text, self.length = [], 0
            self.term_attributes = attributes

    def _fields(self):
        """Which fields may stand directly in the element that is open now."""
        parent = self.stack[-2] if len(self.stack) > 1 else ""
        if parent == "wp:comment" and self.comment:
            return COMMENT_FIELDS
        if parent in META and self.meta is not None:
            return META_FIELDS
        if parent == "wp:author" and self.author:
            return AUTHOR_FIELDS
        if parent == "item":
            return ITEM_FIELDS
        if parent == "channel":
            return SITE_FIELDS
        return {}

    def _is_term(self, name):
        return name == "category" and self.stack[-2] == "item"

    def _characters(self, text):
        if self.field is None:
            return
        self.length += len(text)
        if self.length > MAX_FIELD:
            raise _Unexpected(
                gettext_noop("<{element}> is longer than any text of a blog."),
                element=self.field,
            )
        self.text.append(text)

    def _comment(self, text):
        # qTranslate marks languages by comments, even in titles outside CDATA.
        if self.field in MARKUP_FIELDS:
            self._characters(f"<!--{text}-->")

    def _end(self, name):
        depth = len(self.stack)
        if self.field is not None and depth > self.field_depth:
            if self.field in MARKUP_FIELDS:
                self._characters(f"</{name}>")
        elif self.field is not None:
            self._keep(name, "".join(self.text).strip())
            self.field = None
        elif name == "item":
            self.items.append(self.item)
            self.item = None
        elif name == "wp:comment" and self.comment:
            self.item.comments.append(self.comment)
            self.comment = None
        elif name == "wp:author" and self.author:
            self.site.authors.append(self.author)
            self.author = None
        elif name in META and self.meta is not None:
            key, value = self.meta.get("key", ""), self.meta.get("value", "")
            (self.comment or self.item).meta.append((key, value))
            self.meta = None
        self.stack.pop()

    def _keep(self, name, value):
        if self._is_term(name):
            domain = self.term_attributes.get("domain", "category")
            nicename = self.term_attributes.get("nicename", "")
            self.item.terms.append(Term(domain, nicename, value))
            return
        attribute = self._fields()[name]
        if self.stack[-2] in META:
            self.meta[attribute] = value
        elif self.stack[-2] == "wp:comment":
            setattr(self.comment, attribute, value)
        elif self.stack[-2] == "wp:author":
            setattr(self.author, attribute, value)
        elif self.stack[-2] == "item":
            setattr(self.item, attribute, value)
        elif not getattr(self.site, attribute):
            setattr(self.site, attribute, value)
