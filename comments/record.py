"""The record: every screening, decision and change of a rule, the latest first.

Three tables that are only ever added to are read as one list, by key: a page deep in
the past costs what the first one does.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db.models import CharField, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from blog.models import Post

from .models import Decision, PostComment, RuleChange, Screening
from .rights import may_moderate, moderates_everywhere

MACHINE = "machine"
RULE = "rule"
SCREENED = "screened_"
KEY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15})_([0-2])_([0-9]{1,18})")
# Of what happened at the very same moment, this comes first.
DECISIONS, SCREENINGS, RULES = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the record is asked for; what is empty does not matter.

    ``who`` is the key of an account or “machine”; ``what`` an outcome of a decision,
    “screened_” with one of a screening, or “rule”; ``post`` words of a title.
    """

    who: str = ""
    what: str = ""
    reason: str = ""
    language: str = ""
    post: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_about_comments(self):
        return bool(self.language or self.post)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record. ``row`` is a Decision, a Screening or a RuleChange."""

    at: datetime
    rank: int
    row: object = field(compare=False)
    post: Post | None = field(default=None, compare=False)

    @property
    def key(self):
        moment = self.at.astimezone(UTC).replace(tzinfo=None)
        return f"{moment.isoformat()}_{self.rank}_{self.row.pk}"

    @property
    def is_screening(self):
        return self.rank == SCREENINGS

    @property
    def is_rule(self):
        return self.rank == RULES


def read(user, wanted, *, before="", length):
    """Return up to ``length`` entries that ``user`` may see, older than ``before``.

    ``before`` is the key of an entry; what is none is taken for the beginning. Takes
    seven queries at most.
    """
    place = _parsed(before)
    found = []
    for rank, rows in _sources(user, wanted).items():
        if place:
            rows = rows.filter(_older(rank, place))
        latest = rows.order_by("-created_at", "-pk").values_list("created_at", "pk")
        found += [(at, rank, pk) for at, pk in latest[:length]]
    found.sort(key=lambda key: (-key[0].timestamp(), key[1], -key[2]))
    return _loaded(found[:length])


def everything(user, wanted, *, at_once=500):
    """Yield all entries, some hundred at a time, however many there are."""
    before = ""
    while page := read(user, wanted, before=before, length=at_once):
        yield from page
        before = page[-1].key


def actors(user):
    """Return who has decided anything that ``user`` may see."""
    decisions = _decisions(user)
    keys = set(decisions.order_by().values_list("moderator", flat=True).distinct())
    if moderates_everywhere(user):
        changes = RuleChange.objects.order_by().values_list("moderator", flat=True)
        keys |= set(changes.distinct())
    accounts = get_user_model().objects.filter(pk__in=keys)
    return accounts.order_by("first_name", "last_name", "username")


def _sources(user, wanted):
    sources = {
        DECISIONS: _wanted_decisions(user, wanted),
        SCREENINGS: _wanted_screenings(user, wanted),
        RULES: _wanted_rules(user, wanted),
    }
    return {
        rank: rows.filter(_within(wanted))
        for rank, rows in sources.items()
        if rows is not None
    }


def _decisions(user):
    return _of_comments(Decision.objects.all(), user)


def _of_comments(rows, user):
    """Keep what is about comments that ``user`` may see."""
    if moderates_everywhere(user):
        return rows
    if not may_moderate(user):
        return rows.none()
    return rows.filter(comment__in=PostComment.objects.moderable_by(user).values("pk"))


def _wanted_decisions(user, wanted):
    if wanted.who == MACHINE or wanted.what == RULE or wanted.what.startswith(SCREENED):
        return None
    rows = _decisions(user).filter(_comment(wanted))
    if wanted.who:
        rows = rows.filter(moderator=wanted.who)
    if wanted.what:
        rows = rows.filter(outcome=wanted.what)
    return rows.filter(reason=wanted.reason) if wanted.reason else rows


def _wanted_screenings(user, wanted):
    if wanted.who not in {"", MACHINE}:
        return None
    if wanted.what and not wanted.what.startswith(SCREENED):
        return None
    rows = _of_comments(Screening.objects.all(), user).filter(_comment(wanted))
    if wanted.what:
        rows = rows.filter(outcome=wanted.what.removeprefix(SCREENED))
    if wanted.reason:
        # No “contains” for JSON on SQLite; a reason is a word in quotes.
        rows = rows.annotate(as_text=Cast("reasons", TextField()))
        rows = rows.filter(as_text__contains=f'"{wanted.reason}"')
    return rows


def _wanted_rules(user, wanted):
    if wanted.who == MACHINE or wanted.is_about_comments:
        return None
    if wanted.what not in {"", RULE} or not moderates_everywhere(user):
        return None
    rows = RuleChange.objects.all()
    if wanted.who:
        rows = rows.filter(moderator=wanted.who)
    return rows.filter(reason=wanted.reason) if wanted.reason else rows


def _comment(wanted):
    condition = Q()
    if wanted.language:
        condition &= Q(comment__language=wanted.language)
    if wanted.post:
        words = wanted.post
        posts = Post.objects.filter(
            Q(title_fr__icontains=words) | Q(title_en__icontains=words)
        )
        keys = posts.order_by().annotate(key=Cast("pk", CharField(max_length=64)))
        condition &= Q(comment__object_pk__in=keys.values("key"))
    return condition


def _within(wanted):
    """From the first day to the end of the last one, by the blog's clock."""
    condition = Q()
    if wanted.since:
        condition &= Q(created_at__gte=_midnight(wanted.since))
    if wanted.until:
        condition &= Q(created_at__lt=_midnight(wanted.until + timedelta(days=1)))
    return condition


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


def _parsed(key):
    match = KEY.fullmatch(key)
    try:
        moment = match and datetime.fromisoformat(match[1]).replace(tzinfo=UTC)
    except ValueError:
        return None
    return (moment, int(match[2]), int(match[3])) if match else None


def _older(rank, place):
    moment, place_rank, place_pk = place
    older = Q(created_at__lt=moment)
    if rank > place_rank:
        older |= Q(created_at=moment)
    if rank == place_rank:
        older |= Q(created_at=moment, pk__lt=place_pk)
    return older


def _loaded(keys):
    """Return entries with their rows, their comments and their posts."""
    tables = {
        DECISIONS: Decision.objects.telling_if_last().select_related(
            "comment", "moderator"
        ),
        SCREENINGS: Screening.objects.select_related("comment").defer(
            "evidence", "scores"
        ),
        RULES: RuleChange.objects.select_related("moderator", "commenter"),
    }
    rows = {}
    for rank, table in tables.items():
        wanted = [pk for _at, of, pk in keys if of == rank]
        if wanted:
            rows[rank] = table.in_bulk(wanted)
    posts = _posts_of(
        row for rank in rows if rank != RULES for row in rows[rank].values()
    )
    entries = []
    for at, rank, pk in keys:
        row = rows[rank][pk]
        post = None if rank == RULES else posts.get(int(row.comment.object_pk))
        entries.append(Entry(at, rank, row, post))
    return entries


def _posts_of(rows):
    keys = {int(row.comment.object_pk) for row in rows}
    posts = Post.objects.only("original_language", "title_fr", "title_en")
    return posts.in_bulk(keys) if keys else {}
