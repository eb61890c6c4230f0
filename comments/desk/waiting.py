"""What waits, in the order in which it is best read, whatever its number.

The comments of a post stand together. The post with the likeliest innocent comment
comes first, and so does that comment. What is almost certainly advertising is set aside
in a pile, so that nobody has to look for people between it.
"""

import re
from dataclasses import dataclass, field

from django.db.models import (
    BooleanField,
    Case,
    Count,
    FloatField,
    Min,
    Q,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, RowNumber

from ..moderation.verdicts import Reason

PAGE_LENGTH = 300
PILE_LENGTH = 100
ALMOST_CERTAIN = 0.95
"""A suspicion (probability) from which a comment goes on the pile. Of 161 honest
comments in the labelled sets that screening was measured on, none reaches it; of 291
others, 129 do."""
UNSCREENED = 0.5
"""What is taken for the suspicion of a comment that came in with an import."""
KEY = re.compile(r"([0-9.e-]{1,25})_([0-9]{1,18})_([0-9.e-]{1,25})_([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Page:
    """Comments in order, with ``least`` (of their post) and ``doubt`` on each.

    ``pile`` is what is set aside, ``pile_size`` how much of it there is in all, and
    ``after`` the key from which the next page goes on, if there is one.
    """

    comments: list = field(default_factory=list)
    pile: list = field(default_factory=list)
    pile_size: int = 0
    after: str = ""


def weighed(comments):
    """Annotate ``doubt`` (a probability), ``told_for`` (reasons), ``is_set_aside``."""
    # Many people say “Thank you!” in the same words. They bring no link.
    leads_elsewhere = Q(html__contains="<a ") | ~Q(user_url="")
    advertises = Q(told_for__contains=f'"{Reason.PROMOTIONAL}"') | (
        Q(told_for__contains=f'"{Reason.AUTOMATED}"') & leads_elsewhere
    )
    # Who hides a tie is a person, and gets a card, and perhaps a letter.
    is_person = Q(told_for__contains=f'"{Reason.UNDISCLOSED_AFFILIATION}"')
    return comments.annotate(
        doubt=Coalesce(
            "screening__suspicion", Value(UNSCREENED), output_field=FloatField()
        ),
        told_for=Cast("screening__reasons", TextField()),
    ).annotate(
        is_set_aside=Case(
            When(advertises & ~is_person & Q(doubt__gte=ALMOST_CERTAIN), then=True),
            default=False,
            output_field=BooleanField(),
        )
    )


def page_of(comments, after=""):
    """Return the ``Page`` of these held comments that begins ``after`` a key.

    One query: the pile comes first in it, then the page and one comment more.
    """
    aside = Window(Count("pk"), partition_by="is_set_aside")
    place = Window(RowNumber(), partition_by="is_set_aside", order_by=["-doubt", "pk"])
    least = Window(Min("doubt"), partition_by=["is_set_aside", "object_pk"])
    rows = weighed(comments).annotate(size=aside, place=place, least=least)
    on_page = Q(is_set_aside=False) & _beyond(after)
    in_pile = Q(is_set_aside=True, place__lte=PILE_LENGTH)
    rows = rows.filter(on_page | in_pile).order_by(
        "-is_set_aside", "least", "object_pk", "doubt", "pk"
    )
    found = list(rows[: PILE_LENGTH + PAGE_LENGTH + 1])
    pile = [comment for comment in found if comment.is_set_aside]
    others = [comment for comment in found if not comment.is_set_aside]
    page = others[:PAGE_LENGTH]
    return Page(
        comments=page,
        pile=pile,
        pile_size=pile[0].size if pile else 0,
        after=_key_of(page[-1]) if len(others) > PAGE_LENGTH else "",
    )


def _key_of(comment):
    return f"{comment.least!r}_{comment.object_pk}_{comment.doubt!r}_{comment.pk}"


def _beyond(key):
    """Return what comes after ``key`` in the order of the page; all, if it is none.

    A comment decided meanwhile makes its post no less suspicious, so that what was not
    read yet is never passed over.
    """
    match = KEY.fullmatch(key)
    try:
        least, post, doubt, pk = match.groups()
        least, doubt, pk = float(least), float(doubt), int(pk)
    except (AttributeError, ValueError):
        return Q()
    return (
        Q(least__gt=least)
        | Q(least=least, object_pk__gt=post)
        | Q(least=least, object_pk=post, doubt__gt=doubt)
        | Q(least=least, object_pk=post, doubt=doubt, pk__gt=pk)
    )
