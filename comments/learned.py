"""What the blog has learned from its moderators: counts, and nothing but counts.

Each decision in force is one comment, published or rejected for a reason. Adding and
taking away whole comments commute, so that replaying the decisions in any order gives
the same counts. A comment whose writer was erased has no words left: it counts no more.
"""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from .models import Decision, LearnedToken
from .moderation.learning import tokens_of
from .moderation.verdicts import Subject, Submission, Writer

PUBLISHED = "published"


def label_of(decision):
    return (
        PUBLISHED
        if decision.outcome == Decision.Outcome.PUBLISH
        else str(decision.reason)
    )


def learn(decision):
    _count(decision, +1)


def unlearn(decision):
    _count(decision, -1)


def relearn():
    """Forget all counts and replay every decision in force. Returns how many."""
    with transaction.atomic():
        LearnedToken.objects.all().delete()
        in_force = [
            decision
            for decision in _last_decisions()
            if decision.is_in_force and not decision.comment.is_erased
        ]
        for decision in in_force:
            learn(decision)
    return len(in_force)


def _last_decisions():
    last = {}
    for decision in Decision.objects.select_related("comment").order_by("pk"):
        last[decision.comment_id] = decision
    return last.values()


def _as_submitted(comment):
    """Return what of a comment stays the same for as long as it stands."""
    return Submission(
        body=comment.text,
        subject=Subject(title="", body=""),
        writer=Writer(name=comment.user_name, url=comment.user_url),
    )


def _count(decision, step):
    label = label_of(decision)
    # Sorted: two moderators take the rows in the same order, and neither waits forever.
    tokens = sorted({"", *tokens_of(_as_submitted(decision.comment))})
    LearnedToken.objects.bulk_create(
        [LearnedToken(token=token, label=label) for token in tokens],
        ignore_conflicts=True,
    )
    rows = LearnedToken.objects.filter(label=label, token__in=tokens)
    keys = list(rows.select_for_update().order_by("token").values_list("pk", flat=True))
    LearnedToken.objects.filter(pk__in=keys).update(
        # Words are counted otherwise after an upgrade; none was ever seen less than
        # never, and `relearn` sets right what is left over.
        count=Greatest(F("count") + step, 0)
    )
