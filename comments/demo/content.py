"""The blog that we wrote, read from the TOML files beside this module."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).parent
LINK = re.compile(r'href="post:([a-z-]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment of a conversation. ``after`` counts the hours since the post.

    ``by`` is a key of ``people()``, or “hazel” for the blogger; ``to`` is the ``id`` of
    the remark that this one answers.
    """

    by: str
    after: float
    text: str
    id: str = ""
    to: str = ""
    language: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A post or a page. The texts are by language; so is ``title``.

    It appeared ``days`` days before it is loaded (after, if negative; never, if None)
    at ``time`` o'clock. Other texts link to it by its ``key``.
    """

    slug: str
    language: str
    title: dict
    body: dict
    key: str = ""
    days: int | None = None
    time: str = "08:00"
    summary: dict = field(default_factory=dict)
    tags: tuple = ()
    picture: str = ""
    series: bool = False
    source: dict = field(default_factory=dict)
    comments: tuple = ()

    def appears(self, midnight):
        """Return when this appears on a blog loaded on the day of ``midnight``."""
        if self.days is None:
            return None
        hours, minutes = map(int, self.time.split(":"))
        return midnight - timedelta(days=self.days, hours=-hours, minutes=-minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A comment that comes in by the ordinary way.

    ``reasons`` says what we expect screening to hold it for, ``innocent`` that it is
    wrong to; ``decision`` holds what the moderator decided of it, if they have.
    """

    post: str
    name: str
    email: str
    text: str
    reasons: tuple
    url: str = ""
    innocent: bool = False
    decision: dict = field(default_factory=dict)


def posts():
    """Return the posts, the newest first, drafts last."""
    texts = [_text(_read(path)) for path in sorted(HERE.glob("posts/*.toml"))]
    return sorted(texts, key=lambda text: (text.days is None, text.days or 0))


def people():
    return _read(HERE / "people.toml")


def arrivals():
    found = _read(HERE / "queue.toml")["comments"]
    return [Arrival(**entry | {"text": entry["text"].strip()}) for entry in found]


def blog():
    """Return the tables of ``blog.toml``; its pages are ``Text``s."""
    tables = _read(HERE / "blog.toml")
    return tables | {"pages": [_text(page) for page in tables["pages"]]}


def link(html, addresses):
    """Turn links to the keys of posts into links to their ``addresses``."""
    return LINK.sub(lambda match: f'href="{addresses[match[1]]}"', html)


def _read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _text(entry):
    remarks = [
        Remark(**remark | {"text": remark["text"].strip()})
        for remark in entry.pop("comments", ())
    ]
    remarks.sort(key=lambda remark: remark.after)
    summary = {
        language: text.strip() for language, text in entry.pop("summary", {}).items()
    }
    body = {language: text.strip() for language, text in entry.pop("body").items()}
    entry.setdefault("key", entry["slug"])
    return Text(**entry, body=body, summary=summary, comments=tuple(remarks))
