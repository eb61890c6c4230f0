"""How screening does on this blog, told from what moderators decided.

All of it follows from decisions in force: a comment that was held and rejected was held
rightly, one that was held and published was not, and one that the machine published
and a person removed was missed.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.utils import timezone

from .models import Decision
from .moderation.verdicts import Outcome, Reason

MONTHS = 12
MOST_TOLD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision in force beside what the machine had said.

    ``was_held`` is false where the machine published. ``reasons`` are the machine's,
    ``reason`` is the moderator's. ``waited`` is from the comment to the decision.
    """

    decision: Decision
    was_held: bool
    reasons: tuple[str, ...]
    waited: timedelta

    @property
    def is_rejected(self) -> bool:
        return self.decision.outcome == Decision.Outcome.REJECT

    @property
    def month(self) -> datetime:
        here = timezone.localtime(self.decision.created_at)
        return here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


@dataclass(slots=True, kw_only=True)
class Tally:
    """How many comments were held rightly, held and published after all, or missed."""

    name: object = None
    rightly: int = 0
    after_all: int = 0
    missed: int = 0

    def count(self, decided: Decided) -> None:
        if not decided.was_held:
            self.missed += decided.is_rejected
        elif decided.is_rejected:
            self.rightly += 1
        else:
            self.after_all += 1

    @property
    def held(self) -> int:
        return self.rightly + self.after_all

    @property
    def precision(self) -> float | None:
        """Return the share of the held comments that were held rightly."""
        return self.rightly / self.held if self.held else None


def decided(comments, *, now=None):
    """Return the decisions in force on ``comments`` of the last twelve months.

    Comments that waited because the blog wants all, or all first ones, to wait say
    nothing of the screening and are left out. Two queries, however many there are.
    """
    since = (now or timezone.now()) - timedelta(days=31 * MONTHS)
    rows = (
        Decision.objects.filter(comment__in=comments, created_at__gte=since)
        .select_related("comment", "screening")
        .order_by("pk")
    )
    last = {row.comment_id: row for row in rows}
    return [
        Decided(
            decision=row,
            was_held=row.screening.outcome != Outcome.PUBLISH.value,
            reasons=tuple(row.screening.reasons),
            waited=row.created_at - row.comment.submit_date,
        )
        for row in last.values()
        if row.is_in_force and row.screening and _tells(row.screening)
    ]


def _tells(screening):
    return screening.outcome == Outcome.PUBLISH.value or bool(screening.reasons)


def by_month(found):
    """Return a ``Tally`` for each month in which something was decided, in order."""
    return _tallies(((item.month, item) for item in found), sort=True)


def by_reason(found):
    """Return a ``Tally`` for each reason: the machine's, or the moderator's where the
    machine saw none."""
    pairs = [
        (Reason(reason), item)
        for item in found
        for reason in (item.reasons if item.was_held else [item.decision.reason])
        if reason
    ]
    order = list(Reason)
    return sorted(_tallies(pairs), key=lambda tally: order.index(tally.name))


def by_language(found):
    """Return a ``Tally`` for each language of the comments; “” where it is not told."""
    pairs = ((item.decision.comment.language, item) for item in found)
    return _tallies(pairs, sort=True)


def _tallies(pairs, sort=False):
    tallies = {}
    for name, item in pairs:
        tallies.setdefault(name, Tally(name=name)).count(item)
    found = list(tallies.values())
    return sorted(found, key=lambda tally: tally.name) if sort else found


def waits(found):
    """Return (month, median hours, hours within which nine in ten were decided)."""
    hours = defaultdict(list)
    for item in found:
        if item.was_held:
            hours[item.month].append(item.waited.total_seconds() / 3600)
    return [
        (month, median(times), sorted(times)[int(0.9 * (len(times) - 1))])
        for month, times in sorted(hours.items())
    ]


def disagreements(found):
    """Return the decisions that surprise the machine most, as (Decided, probability).

    The probability is what was seen in the comment, one half at the limit: high for
    what a person published, low for what a person rejected.
    """
    judged = [
        (item, item.decision.screening.suspicion)
        for item in found
        if item.decision.screening.suspicion is not None
    ]
    apart = [pair for pair in judged if pair[0].is_rejected != (pair[1] >= 0.5)]
    return sorted(apart, key=lambda pair: -abs(pair[1] - 0.5))[:MOST_TOLD]
