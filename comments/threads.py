"""The conversation under a post, ready to be shown, in pages of so many beginnings.

Three queries whatever its length: who answers whom, which of those answered are hidden,
and the words of the comments on the page that is shown.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from blog.dates import long_day

from .faces import Face, face_of
from .models import PostComment

PAGE_SIZE = 200
"""How many comments that answer none stand on a page, each with all its answers."""
PLACES = ("pk", "parent_id", "thread_id", "submit_date")
WORDS = (
    "pk", "user_id", "user_name", "user_url", "submit_date", "html", "language",
    "affiliation", "is_erased", "commenter__public_id",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One comment as it is shown, at its place in the conversation.

    ``depth`` counts from 0. ``html`` is None where a comment that others have answered
    is no longer public: its place stays, its words do not. ``mark`` is its language
    where that is not the page's.
    """

    pk: int
    parent_pk: int
    thread_pk: int
    written_at: datetime
    is_public: bool = True
    html: str | None = None
    name: str = ""
    url: str = ""
    face: Face | None = None
    language: str = ""
    mark: str = ""
    affiliation: str = ""
    iso_date: str = ""
    shown_date: str = ""
    is_by_author: bool = False
    is_erased: bool = False
    answers: "Entry | None" = None
    answers_label: str = ""
    tie_label: str = ""
    address: str = ""
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


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of a conversation: its comments as a flat list in reading order.

    Answers follow what they answer, oldest first. A comment that is not public but has
    public answers is there as an empty ``Entry``. ``count`` is of the whole
    conversation, ``beginnings`` of its comments that answer none.
    """

    post: object
    entries: list
    count: int
    beginnings: int
    number: int = 1
    is_newest_first: bool = False

    @property
    def pages(self):
        return _pages(self.beginnings)

    @property
    def previous_address(self):
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next_address(self):
        return self._address(self.number + 1) if self.number < self.pages else ""

    @property
    def other_order_address(self):
        """The first page in the other order; empty where there is nothing to order."""
        if self.beginnings < 2:
            return ""
        return page_address(self.post, newest_first=not self.is_newest_first)

    def _address(self, number):
        return page_address(self.post, number, newest_first=self.is_newest_first)


def page_address(post, number=1, *, newest_first=False):
    """Return the address of a page of the talk under ``post``, in the active language.

    The first page, oldest first, stands under the post itself.
    """
    order = "newest/" if newest_first else ""
    page = f"{number}/" if number > 1 else ""
    address = post.get_absolute_url()
    return f"{address}comments/{order}{page}" if order or page else address


def load_thread(post, number=1, *, newest_first=False):
    """Return page ``number`` of the published comments on ``post``, as a ``Thread``.

    ``newest_first`` orders the comments that answer none; answers are always oldest
    first, as they were said. Raises ``Http404`` if there is no such page.
    """
    entries, roots = _tree(post)
    # Where each stands when the oldest come first: that is what a link keeps to.
    pages = {root.pk: place // PAGE_SIZE + 1 for place, root in enumerate(roots)}
    if newest_first:
        roots.reverse()
    if not 1 <= number <= _pages(len(roots)):
        raise Http404("no such page of the conversation")
    first = (number - 1) * PAGE_SIZE
    shown = list(_in_reading_order(roots[first : first + PAGE_SIZE]))
    _fill(shown, post, is_whole=len(roots) <= PAGE_SIZE)
    _prepare(shown)
    _address(shown, post, pages if newest_first else {})
    return Thread(
        post=post,
        entries=shown,
        count=sum(entry.is_public for entry in entries.values()),
        beginnings=len(roots),
        number=number,
        is_newest_first=newest_first,
    )


def page_of(comment, post):
    """Return the number of the page, oldest first, where a public comment stands."""
    entries, roots = _tree(post)
    entry = entries[comment.pk]
    while entry.answers:
        entry = entry.answers
    return roots.index(entry) // PAGE_SIZE + 1


def _pages(beginnings):
    return max(1, -(-beginnings // PAGE_SIZE))


def _tree(post):
    """Return all entries by key, without their words, and those that answer none.

    Each knows whom it answers and what answers it, in the order they were written.
    """
    published = PostComment.objects.published().on(post).select_related(None).order_by()
    entries = {row[0]: Entry(*row) for row in published.values_list(*PLACES)}
    _add_missing_parents(entries, post)
    roots = []
    for entry in sorted(entries.values(), key=lambda e: (e.written_at, e.pk)):
        parent = entries.get(entry.parent_pk)
        if parent is None or parent is entry:
            roots.append(entry)
        else:
            entry.answers = parent
            parent.replies.append(entry)
    return entries, roots


def _add_missing_parents(entries, post):
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
        .values_list(*PLACES)
    )
    hidden = {row[0]: row for row in hidden}
    while missing:
        key = missing.pop()
        if key in hidden and key not in entries:
            entries[key] = Entry(*hidden[key], is_public=False)
            missing.add(entries[key].parent_pk)


def _in_reading_order(roots):
    stack = list(reversed(roots))
    while stack:
        entry = stack.pop()
        entry.depth = entry.answers.depth + 1 if entry.answers else 0
        yield entry
        stack.extend(reversed(entry.replies))


def _fill(entries, post, *, is_whole):
    """Read the words of ``entries``, in one query; of the whole talk if they are it."""
    comments = PostComment.objects.published().on(post).select_related(None).order_by()
    if not is_whole:
        # A thread has one key, and there are many comments in it.
        comments = comments.filter(thread_id__in={e.thread_pk for e in entries})
    rows = {row["pk"]: row for row in comments.values(*WORDS)}
    page_language = get_language()
    for entry in entries:
        row = rows.get(entry.pk)
        if row is None:
            continue
        entry.html = row["html"]
        entry.name = row["user_name"]
        entry.url = row["user_url"]
        entry.language = row["language"] or post.original_language
        entry.mark = entry.language if entry.language != page_language else ""
        entry.affiliation = row["affiliation"]
        entry.iso_date = row["submit_date"].isoformat(timespec="seconds")
        entry.shown_date = _shown_date(
            timezone.localtime(row["submit_date"]).date(), page_language
        )
        entry.is_by_author = row["user_id"] == post.author_id
        entry.is_erased = row["is_erased"]
        # Who came with an import without an address has a name at least.
        entry.face = face_of(row["commenter__public_id"] or row["user_name"])


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


def _address(entries, post, pages):
    """Say where each comment stands in the first order, if not on the page itself."""
    page = ""
    for entry in entries:
        if entry.pk in pages:
            page = page_address(post, pages[entry.pk])
        entry.address = f"{page}#c{entry.pk}"


@lru_cache(maxsize=4096)
def _shown_date(day, language):
    """Format a day once per language: in a long thread this is most of the work."""
    return long_day(day)
