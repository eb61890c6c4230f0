"""Measure screening on labelled comments: how much it finds, and whom it wrongs."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from comments.moderation import labelled, learning, pipeline
from comments.moderation.explanations import for_moderator
from comments.moderation.measures import Scored, calibration_error, percentile
from comments.moderation.pipeline import screen
from comments.moderation.policy import Strictness, decide, suspicion
from comments.moderation.verdicts import Outcome, Reason

WHOLE = "any"
"""The name under which “held or asked for any reason” is reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    row: labelled.Row
    scores: dict
    outcome: str
    reasons: tuple
    evidence: tuple
    milliseconds: float


class Command(BaseCommand):
    help = "Measure screening on files of labelled comments (JSON, one a line)."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--learn",
            nargs="+",
            type=Path,
            default=[],
            metavar="FILE",
            help="feed these first, as decisions of a moderator",
        )
        parser.add_argument("--json", action="store_true", help="print figures as JSON")
        parser.add_argument(
            "--output", type=Path, metavar="OUT", help="write one JSON line a comment"
        )
        parser.add_argument(
            "--strictness",
            choices=[setting.value for setting in Strictness],
            default=Strictness.BALANCED.value,
        )

    def handle(self, *, files, learn, json, output, strictness, **options):
        learned = learn_from([read(path) for path in learn])
        report, lines = {}, []
        for path in files:
            judged = judge(read(path), learned, Strictness(strictness))
            report[path.name] = figures(judged)
            lines += [line(item) for item in judged]
        if output:
            write(output, lines)
        if json:
            self.stdout.write(dumps(report, indent=2))
        else:
            self.stdout.write("\n".join(told(report)))


def dumps(value, **options):
    return json.dumps(value, ensure_ascii=False, **options)


def read(path):
    try:
        return list(labelled.read(path))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(str(error)) from error


def learn_from(files):
    """Learn as if a moderator had decided each row of each file as it is labelled."""
    return learning.learn(
        example
        for rows in files
        for blog in [labelled.blog_of(rows)]
        for row in rows
        for example in [example_of(row, row.submission(blog))]
    )


def example_of(row, submission):
    return pipeline.example(submission, screen(submission).evidence, row.decision)


def judge(rows, learned, strictness=Strictness.BALANCED):
    blog = labelled.blog_of(rows)
    return [judge_one(row, blog, learned, strictness) for row in rows]


def judge_one(row, blog, learned, strictness):
    submission = row.submission(blog)
    start = time.perf_counter()
    verdict = screen(submission, learned=learned)
    ruling = decide(verdict, submission.writer, strictness=strictness)
    milliseconds = (time.perf_counter() - start) * 1000
    scores = {reason.value: verdict.scores[reason] for reason in Reason}
    return Judged(
        row=row,
        scores={**scores, WHOLE: suspicion(verdict)},
        outcome=ruling.outcome.value,
        reasons=ruling.reasons,
        evidence=verdict.evidence,
        milliseconds=milliseconds,
    )


def line(item):
    """Return what is written of a comment; the explanation in the language in use."""
    return {
        "id": item.row.id,
        "outcome": item.outcome,
        "reasons": [reason.value for reason in item.reasons],
        "scores": {reason.value: item.scores[reason.value] for reason in Reason},
        "suspicion": item.scores[WHOLE],
        "evidence": [
            {
                "reason": evidence.reason.value,
                "weight": evidence.weight,
                "excerpt": evidence.excerpt,
                "explanation": for_moderator(evidence),
            }
            for evidence in item.evidence
        ],
    }


def write(path, lines):
    try:
        text = "".join(dumps(item) + "\n" for item in lines)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def figures(judged):
    """Return the figures of one file: of each reason its labels name, and of all."""
    flagged = [item for item in judged if item.outcome != Outcome.PUBLISH.value]
    times = [item.milliseconds for item in judged] or [0.0]
    innocent = [item for item in judged if item.row.is_innocent]
    named = {reason for item in judged for reason in item.row.reasons}
    return {
        "comments": len(judged),
        "outcomes": {
            outcome.value: sum(item.outcome == outcome.value for item in judged)
            for outcome in Outcome
        },
        "false_alarms": share(innocent, flagged),
        "found": share([i for i in judged if not i.row.is_innocent], flagged),
        "held_by_label": by_label(judged, flagged),
        "reasons": {
            name: of_reason(judged, name)
            for name in (*[r.value for r in Reason if r in named], WHOLE)
        },
        "milliseconds": {
            "median": round(percentile(times, 0.5), 2),
            "p99": round(percentile(times, 0.99), 2),
        },
    }


def share(items, flagged):
    ids = {id(item) for item in flagged}
    if not items:
        return None
    return round(sum(id(item) in ids for item in items) / len(items), 4)


def by_label(judged, flagged):
    """Return the share held or asked of each label, in each language."""
    groups = {}
    for item in judged:
        language = item.row.data.get("language") or "?"
        name = f"{'+'.join(sorted(item.row.labels)) or 'none'} ({language})"
        groups.setdefault(name, []).append(item)
    return {name: share(items, flagged) for name, items in sorted(groups.items())}


def of_reason(judged, name):
    """Return how well one reason is told; where it abstained, nothing speaks for it."""
    wants = [is_wanted(item.row, name) for item in judged]
    scores = [item.scores[name] or 0.0 for item in judged]
    scored = Scored(
        wanted=[s for s, w in zip(scores, wants, strict=True) if w],
        innocent=[s for s, w in zip(scores, wants, strict=True) if not w],
    )
    spoke = [
        (item.scores[name], wanted)
        for item, wanted in zip(judged, wants, strict=True)
        if item.scores[name] is not None
    ]
    named = [was_named(item, name) for item in judged]
    right = sum(n and w for n, w in zip(named, wants, strict=True))
    return {
        "wanted": sum(wants),
        "abstained": len(judged) - len(spoke),
        "area": rounded(scored.area()),
        "precision": rounded(right / sum(named) if any(named) else None),
        "recall": rounded(right / sum(wants) if any(wants) else None),
        "recall_at_1_percent": rounded(scored.recall_at(0.01)),
        "recall_at_5_percent": rounded(scored.recall_at(0.05)),
        "calibration_error": rounded(
            calibration_error([s for s, _ in spoke], [w for _, w in spoke])
        ),
    }


def is_wanted(row, name):
    return not row.is_innocent if name == WHOLE else Reason(name) in row.reasons


def was_named(item, name):
    if name == WHOLE:
        return item.outcome != Outcome.PUBLISH.value
    return name in item.reasons


def rounded(value):
    return None if value is None else round(value, 4)


def told(report):
    """Yield the figures as lines for people."""
    for name, found in report.items():
        yield f"{name}: {found['comments']} comments, {found['outcomes']}"
        yield f"  false alarms {found['false_alarms']}, found {found['found']}"
        for label, held in found["held_by_label"].items():
            yield f"    held or asked of {label}: {held}"
        for reason, of in found["reasons"].items():
            yield f"  {reason}: " + ", ".join(f"{k} {v}" for k, v in of.items())
        yield f"  milliseconds: {found['milliseconds']}"
