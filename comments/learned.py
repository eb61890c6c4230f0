"""What the blog has learned from its moderators, stored for all its processes.

Each decision in force is one example: a comment, what screening saw in it, and what
became of it. The weights follow from the examples alone, so that replaying the
decisions gives the same weights. They are made anew when the next comment is screened,
by whichever process comes first. A comment whose writer was erased teaches no more.
"""

import secrets
from functools import lru_cache
from threading import Lock

import numpy as np
from django.db import transaction
from django.db.models import F, Value

from .models import Decision, ImportedExample, LearnedExample, LearnedWeights
from .moderation import learning, pipeline
from .moderation.features import Features, words_of
from .moderation.learning import WHOLE
from .moderation.verdicts import Subject, Submission, Writer, evidence_from_json

MOST_WORDS = 8
# Of what an import brings, the newest so many, and never in the place of a decision.
MOST_IMPORTED = 500


def label_of(decision):
    return (
        learning.PUBLISHED
        if decision.outcome == Decision.Outcome.PUBLISH
        else str(decision.reason)
    )


def learn(decision):
    """Take a decision among the examples. Call it in the transaction that decides."""
    _add([decision])
    _mark_change()


def unlearn(decision):
    """Take a decision from the examples again, as if it had never been."""
    LearnedExample.objects.filter(decision=decision).delete()
    _mark_change()


def learn_from_import(seen_in):
    """Learn that comments which came in published are welcome here.

    ``seen_in`` maps each comment to the evidence that screening saw in it.
    """
    with transaction.atomic():
        ImportedExample.objects.bulk_create(
            [
                _imported_row(comment, _labelled(comment, seen, learning.PUBLISHED))
                for comment, seen in seen_in.items()
            ],
            batch_size=500,
        )
        _mark_change()


def forget_import(comments=None):
    """Take back what was learned at imports: from ``comments``, or from all of them.

    Returns how many examples went.
    """
    rows = ImportedExample.objects.all()
    if comments is not None:
        rows = rows.filter(comment__in=comments)
    with transaction.atomic():
        count = rows.delete()[0]
        if count:
            _mark_change()
    return count


def relearn():
    """Forget everything and replay every decision in force. Returns how many.

    Comments learned from at an import are read again too; what screening saw in them
    stays, as it does for those that were decided on.
    """
    with transaction.atomic():
        LearnedExample.objects.all().delete()
        in_force = [
            decision
            for decision in _last_decisions()
            if decision.is_in_force and not decision.comment.is_erased
        ]
        _add(in_force)
        _read_imported_again()
        _mark_change()
    return len(in_force)


def current():
    """Return what is learned from all decisions so far, with one small query.

    Weights that no longer fit the decisions are made anew and stored; a blog whose
    decisions were never learned from has them replayed first.
    """
    mark = _mark()
    if mark is None:
        relearn()
        mark = _mark()
    return _learned(mark)


def _mark():
    return LearnedWeights.objects.filter(pk=1).values_list("mark", flat=True).first()


# Of each process; a few, so that a transaction rolled back costs no second fit.
@lru_cache(maxsize=4)
def _learned(mark):
    stored = LearnedWeights.objects.filter(fitted_mark=mark).first()
    if stored:
        return learning.from_bytes(stored.data)
    with _fitting:
        learned = _fitted(mark)
    # Only if nothing was decided in the meantime: these may be the newer examples.
    LearnedWeights.objects.filter(mark=mark).update(
        fitted_mark=mark, data=learning.to_bytes(learned)
    )
    return learned


# Of the threads of a process one fits, which takes a second where much was decided, and
# the others wait for it. Nothing is written meanwhile: who waits may hold up writers.
_fitting = Lock()


@lru_cache(maxsize=1)
def _fitted(mark):
    return learning.learn(examples())


def examples(*, without=None):
    """Return the examples that are learned from, in the order of their comments.

    ``without`` leaves out one decision, as if it had never been taken.
    """
    rows = LearnedExample.objects.annotate(of=F("decision__comment_id"))
    if without is not None:
        rows = rows.exclude(decision=without)
    decided = list(rows.order_by("-of")[: learning.MOST_EXAMPLES])
    room = min(MOST_IMPORTED, learning.MOST_EXAMPLES - len(decided))
    imported = ImportedExample.objects.annotate(
        of=F("comment_id"), label=Value(learning.PUBLISHED)
    )
    both = [*decided, *imported.order_by("-of")[:room]]
    return [_example(row) for row in sorted(both, key=lambda row: row.of)]


def lesson(decision):
    """Return what a decision in force taught: ``(shift, words)``.

    ``shift`` is how far it moved a comment like this one (above 0: towards being held),
    ``words`` lists (word as typed, shift) of those that moved most; all in nats. The
    weights are fitted once more without the decision, which takes as long as learning.
    """
    before, after = learning.learn(examples(without=decision)), current()
    submission = _as_submitted(decision.comment)
    example = _example(decision.example)
    spoken = words_of(submission.body)
    shift = after.adds(WHOLE, example.features, example.seen) - before.adds(
        WHOLE, example.features, example.seen
    )
    moved = _moved(before, after, spoken)
    return shift, moved


def _moved(before, after, spoken):
    old = dict(learning.told_by(before, WHOLE, spoken))
    words = [
        (word.typed, weight - old.get(word, 0.0))
        for word, weight in learning.told_by(after, WHOLE, spoken)
    ]
    return sorted(words, key=lambda pair: -abs(pair[1]))[:MOST_WORDS]


def _example(row):
    return learning.Example(
        features=Features(
            np.frombuffer(row.places, dtype="<u4"),
            np.frombuffer(row.values, dtype="<f4"),
        ),
        seen=learning.Seen(
            margin=row.seen["margin"], weights=tuple(row.seen["weights"])
        ),
        label=row.label,
    )


def _add(decisions):
    LearnedExample.objects.bulk_create(
        [_row(decision) for decision in decisions], batch_size=500
    )


def _row(decision):
    seen = decision.screening.evidence if decision.screening else []
    example = _labelled(
        decision.comment,
        [evidence_from_json(item) for item in seen],
        label_of(decision),
    )
    return LearnedExample(decision=decision, label=example.label, **_columns(example))


def _labelled(comment, seen, label):
    return pipeline.example(_as_submitted(comment), seen, label)


def _imported_row(comment, example):
    return ImportedExample(comment=comment, **_columns(example))


def _read_imported_again():
    rows = list(ImportedExample.objects.select_related("comment"))
    for row in rows:
        read = _columns(_labelled(row.comment, [], learning.PUBLISHED))
        row.places, row.values = read["places"], read["values"]
    ImportedExample.objects.bulk_update(rows, ["places", "values"], batch_size=100)


def _columns(example):
    return {
        "places": example.features.places.astype("<u4").tobytes(),
        "values": example.features.values.astype("<f4").tobytes(),
        "seen": {"margin": example.seen.margin, "weights": list(example.seen.weights)},
    }


def _as_submitted(comment):
    """Return what of a comment stays the same for as long as it stands."""
    return Submission(
        body=comment.text,
        subject=Subject(title="", body=""),
        writer=Writer(name=comment.user_name, url=comment.user_url),
    )


def _mark_change():
    """Note that the weights no longer fit. One row, so that moderators queue here."""
    mark = secrets.token_hex(8)
    if not LearnedWeights.objects.filter(pk=1).update(mark=mark):
        LearnedWeights.objects.update_or_create(pk=1, defaults={"mark": mark})


def _last_decisions():
    last = {}
    decisions = Decision.objects.select_related("comment", "screening")
    for decision in decisions.order_by("pk"):
        last[decision.comment_id] = decision
    return sorted(last.values(), key=lambda decision: decision.comment_id)
