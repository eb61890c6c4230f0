"""The conversation under a post, ready to be shown: two queries whatever its length."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from blog.dates import long_day

from .models import PostComment

FIELDS = (
    "pk", "parent_id", "user_id", "user_name", "user_url", "submit_date", "html",
    "language", "affiliation", "is_erased",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One comment as it is shown, at its place in the conversation.

    ``depth`` counts from 0. ``html`` is None where a comment that others have answered
    is no longer public: its place stays, its words do not.
    """

    pk: int
    parent_pk: int
    html: str | None = None
    name: str = ""
    url: str = ""
    language: str = ""
    affiliation: str = ""
    iso_date: str = ""
    shown_date: str = ""
    is_by_author: bool = False
    is_erased: bool = False
    answers: "Entry | None" = None
    answers_label: str = ""
    tie_label: str = ""
    reply_url: str = ""
    depth: int = 0
    replies: list = field(default_factory=list)

    @property
    def can_be_answered(self):
        return (
            self.html is not None
            and not self.is_erased
            and self.depth < settings.COMMENTS_XTD_MAX_THREAD_LEVEL
        )


def load_thread(post):
    """Return the published comments on ``post`` as a flat list in reading order.

    Answers follow what they answer, oldest first. A comment that is not public but has
    public answers is there as an empty ``Entry``.
    """
    rows = (
        PostComment.objects.published()
        .on(post)
        .select_related(None)
        .order_by()
        .values(*FIELDS)
    )
    entries = {row["pk"]: _entry(row, post) for row in rows}
    written = {row["pk"]: row["submit_date"] for row in rows}
    _add_missing_parents(entries, written, post)
    roots = []
    for entry in sorted(entries.values(), key=lambda e: (written[e.pk], e.pk)):
        parent = entries.get(entry.parent_pk)
        if parent is None or parent is entry:
            roots.append(entry)
        else:
            entry.answers = parent
            parent.replies.append(entry)
    ordered = list(_in_reading_order(roots))
    _prepare(ordered)
    return ordered


def _add_missing_parents(entries, written, post):
    missing = {
        entry.parent_pk for entry in entries.values() if entry.parent_pk not in entries
    }
    if not missing:
        return
    hidden = (
        PostComment.objects.on(post)
        .select_related(None)
        .order_by()
        .exclude(status=PostComment.Status.PUBLISHED, is_public=True)
        .values_list("pk", "parent_id", "submit_date")
    )
    hidden = {key: (parent, date) for key, parent, date in hidden}
    while missing:
        key = missing.pop()
        if key in hidden and key not in entries:
            parent, written[key] = hidden[key]
            entries[key] = Entry(pk=key, parent_pk=parent)
            missing.add(parent)


def _in_reading_order(roots):
    stack = list(reversed(roots))
    while stack:
        entry = stack.pop()
        entry.depth = entry.answers.depth + 1 if entry.answers else 0
        yield entry
        stack.extend(reversed(entry.replies))


def _prepare(entries):
    """Make each sentence and address once; in a template they are most of the time."""
    answers, tie = gettext("in reply to %(name)s"), gettext("declares a tie: %(tie)s")
    reply_url = reverse("comments:reply", args=[0])
    for entry in entries:
        if entry.answers and entry.answers.name:
            entry.answers_label = answers % {"name": entry.answers.name}
        if entry.affiliation:
            entry.tie_label = tie % {"tie": entry.affiliation}
        if entry.can_be_answered:
            entry.reply_url = reply_url.replace("/0/", f"/{entry.pk}/")


def _entry(row, post):
    return Entry(
        pk=row["pk"],
        parent_pk=row["parent_id"],
        html=row["html"],
        name=row["user_name"],
        url=row["user_url"],
        language=row["language"] or post.original_language,
        affiliation=row["affiliation"],
        iso_date=row["submit_date"].isoformat(timespec="seconds"),
        shown_date=_shown_date(
            timezone.localtime(row["submit_date"]).date(), get_language()
        ),
        is_by_author=row["user_id"] == post.author_id,
        is_erased=row["is_erased"],
    )


@lru_cache(maxsize=4096)
def _shown_date(day, language):
    """Format a day once per language: in a long thread this is most of the work."""
    return long_day(day)
