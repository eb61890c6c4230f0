"""Labelled comments, one JSON object a line, as screening is measured on."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .learning import PUBLISHED
from .relevance import PreparedBlog
from .text import LANGUAGES
from .verdicts import Reason, Subject, Submission, Writer

INNOCENT = frozenset(
    {"", "ham", "publish", "on_topic", "on_topic_short", "disclosed_affiliation"}
)
MEANS: Mapping[str, frozenset[Reason]] = {
    **{reason.value: frozenset({reason}) for reason in Reason},
    "spam": frozenset({Reason.PROMOTIONAL}),
}


class BrokenLine(ValueError):
    """A line that is no labelled comment; says which one, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A comment as it was labelled; ``is_innocent`` if it should be published."""

    id: str
    labels: frozenset[str]
    data: Mapping[str, Any]

    @property
    def is_innocent(self) -> bool:
        return self.labels <= INNOCENT

    @property
    def reasons(self) -> frozenset[Reason]:
        """The reasons it should be held for, as far as the labels name them."""
        return frozenset().union(
            *(MEANS.get(name, frozenset()) for name in self.labels)
        )

    @property
    def decision(self) -> str:
        """What a moderator would have recorded of it, for learning."""
        if self.is_innocent:
            return PUBLISHED
        return next((r.value for r in Reason if r in self.reasons), Reason.PROMOTIONAL)

    @property
    def subject(self) -> Subject:
        return subject_of(self.data)

    def submission(self, blog: PreparedBlog) -> Submission:
        """Return the comment as it would have been submitted to this blog."""
        data = self.data
        return Submission(
            body=_text(data, "text"),
            subject=self.subject,
            writer=Writer(
                name=_text(data, "author_name"),
                email=_text(data, "author_email"),
                url=_text(data, "author_url"),
                affiliation=_text(data, "affiliation"),
            ),
            language=_language(data, "language"),
            thread=tuple(str(text) for text in data.get("earlier_comments") or ()),
            parent=_text(data, "parent"),
            blog=blog,
        )


def _text(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name) or "")


def _language(data: Mapping[str, Any], name: str) -> str:
    language = _text(data, name)
    return language if language in LANGUAGES else ""


def subject_of(data: Mapping[str, Any]) -> Subject:
    """Return the post of a row; ``post_summary`` is in the language it is not in."""
    language = _language(data, "post_language")
    other = "fr" if language == "en" else "en"
    summary = _text(data, "post_summary")
    return Subject(
        title=_text(data, "post_title"),
        body=_text(data, "post_text"),
        language=language,
        summaries={other: summary} if summary else {},
    )


def read(path: Path) -> Iterator[Row]:
    """Read the rows of a file. Raises ``BrokenLine`` where one cannot be read."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _row(line, f"{path.name}, line {number}")


def _row(line: str, where: str) -> Row:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise BrokenLine(f"{where}: this is not JSON ({error}).") from error
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise BrokenLine(f"{where}: an object with a “text” is expected.")
    labels = data.get("labels")
    if not isinstance(labels, list):
        labels = str(data.get("label") or "").split("+")
    return Row(
        id=str(data.get("id") or where),
        labels=frozenset(str(label) for label in labels),
        data=data,
    )


def subjects_of(rows: Iterable[Row]) -> list[Subject]:
    """Return the different posts that these rows are about."""
    subjects = {(row.subject.title, row.subject.body): row.subject for row in rows}
    return list(subjects.values())


def blog_of(rows: Iterable[Row]) -> PreparedBlog:
    """Return a blog of all the posts that these rows are about."""
    return PreparedBlog(subjects_of(rows))


def fold_of(row: Row, number: int) -> int:
    """Return which of ``number`` folds a row is in: all rows under a post in one."""
    key = f"{row.subject.title}\n{row.subject.body[:300]}"
    return zlib.crc32(key.encode()) % number
