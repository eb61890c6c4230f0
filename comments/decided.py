"""What moderators decided, as an export of ours tells it and an import reads it.

Without it a blog that moves would forget why a comment is not shown, and what its
moderators had taught.
"""

import json
from itertools import pairwise

from django.db.models import QuerySet

from blog.importing.returning import moment_of

from .models import Decision, PostComment

TEXTS = ("outcome", "reason", "note", "before", "batch")


def told(decisions):
    """Yield plain data of each of the ``decisions`` on one comment, in their order."""
    places = {decision.pk: place for place, decision in enumerate(decisions)}
    for decision in decisions:
        moderator = decision.moderator and decision.moderator.get_username()
        yield {
            "by": moderator or "",
            "undoes": places.get(decision.undoes_id),
            "created_at": decision.created_at.isoformat(),
        } | {name: getattr(decision, name) for name in TEXTS}


def read(text, people):
    """Return the unsaved ``Decision``s that ``text`` tells, each with its time.

    ``people`` has the users. Raises ``ValueError`` if it is not what ``told`` tells.
    """
    rows = json.loads(text)
    if not isinstance(rows, list):
        raise ValueError("not a list")
    found = [_read(row, people) for row in rows]
    undone = [row["undoes"] for row in rows]
    for place, (decision, of) in enumerate(zip(found, undone, strict=True)):
        if of is not None:
            if not isinstance(of, int) or not 0 <= of < place or undone.count(of) > 1:
                raise ValueError("undoes what it cannot")
            decision.undoes = found[of]
    if any(one.created_at > other.created_at for one, other in pairwise(found)):
        raise ValueError("not in order")
    return found


def _read(row, people):
    names = {*TEXTS, "by", "undoes", "created_at"}
    if not isinstance(row, dict) or row.keys() != names:
        raise ValueError("not a decision")
    texts = {name: row[name] for name in TEXTS}
    moment = moment_of(row["created_at"])
    if moment is None or not all(
        isinstance(t, str) for t in (*texts.values(), row["by"])
    ):
        raise ValueError("not a decision")
    decision = Decision(created_at=moment, **texts)
    if row["by"]:
        decision.moderator = people.author(row["by"])
    is_known = (
        texts["outcome"] in Decision.Outcome.values
        and texts["reason"] in {"", *Decision.Reason.values}
        and texts["before"] in {"", *PostComment.Status.values}
        and len(texts["batch"]) <= Decision._meta.get_field("batch").max_length
    )
    by_nobody = decision.moderator is None and texts["outcome"] != "reopen"
    without_reason = texts["outcome"] == "reject" and not texts["reason"]
    if not is_known or by_nobody or without_reason:
        raise ValueError("not a decision that can be")
    return decision


def write(decisions):
    """Write ``decisions`` on comments that are saved, with the times they were taken.

    The earliest first, so that the last on each comment is the last here.
    """
    moments = [(row.created_at, row) for row in decisions]
    for _moment, row in sorted(moments, key=lambda pair: pair[0]):
        # Their comments, and those they undo, have keys by now.
        row.comment, row.undoes = row.comment, row.undoes
        row.save()
    for moment, row in moments:
        row.created_at = moment
    # Past the record's own guard: of when they were written here nobody speaks.
    QuerySet(Decision).bulk_update(decisions, ["created_at"], batch_size=500)
