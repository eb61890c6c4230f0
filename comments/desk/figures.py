"""How screening does here, and what it has learned: plots, with the numbers beside."""

from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.models import Language

from .. import insight, learned
from ..models import Decision, LearnedExample, PostComment
from ..moderation.explanations import reason_label
from ..plots import Stack, column_chart
from .access import for_moderators

WORTH_TELLING = 0.01
"""Words that moved less, in nats, have not moved."""


@for_moderators
@require_safe
def figures(request):
    """What was held rightly, what was not, what was missed, how long they waited."""
    found = insight.decided(PostComment.objects.moderable_by(request.user))
    context = {
        "months": insight.by_month(found),
        "reasons": [
            (reason_label(tally.name), tally) for tally in insight.by_reason(found)
        ],
        "languages": [
            (dict(Language.choices).get(tally.name, _("Hard to tell")), tally)
            for tally in insight.by_language(found)
        ],
        "waits": insight.waits(found),
        "disagreements": insight.disagreements(found),
        "plot": _by_month(insight.by_month(found)),
        "wait_plot": _waiting(insight.waits(found)),
    }
    return render(request, "moderation/figures.html", context)


def _by_month(tallies):
    return column_chart(
        title=_("Comments decided on, by month"),
        up=_("comments"),
        columns=[date_format(tally.name, "N") for tally in tallies],
        stacks=[
            Stack(name=_("held rightly"), values=[t.rightly for t in tallies]),
            Stack(
                name=_("held, published after all"),
                values=[t.after_all for t in tallies],
            ),
            Stack(
                name=_("published, removed later"), values=[t.missed for t in tallies]
            ),
        ],
    )


def _waiting(waits):
    """Return the chart; none where all columns would be flat on the ground."""
    if all(round(hours) == 0 for _month, hours, _most in waits):
        return ""
    return column_chart(
        title=_("How long held comments wait, by month"),
        up=_("hours, for half of them"),
        columns=[date_format(month, "N") for month, _median, _most in waits],
        stacks=[
            Stack(name="", values=[round(hours) for _month, hours, _most in waits])
        ],
    )


@for_moderators
@require_safe
def lesson(request, pk):
    """What the engine learned from the decision on one comment."""
    comment = get_object_or_404(PostComment.objects.moderable_by(request.user), pk=pk)
    decision = Decision.objects.last_on(comment)
    taught = decision and LearnedExample.objects.filter(decision=decision).exists()
    shift, words = learned.lesson(decision) if taught else (0.0, [])
    context = {
        "comment": comment,
        "decision": decision if taught else None,
        "shift": shift,
        "words": [pair for pair in words if abs(pair[1]) >= WORTH_TELLING],
    }
    return render(request, "moderation/lesson.html", context)
