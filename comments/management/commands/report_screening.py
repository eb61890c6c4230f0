"""Write the page of figures about screening, with its plots, from labelled comments."""

import math
import zlib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comments.moderation import labelled, learning, pipeline
from comments.moderation.learning import EMPTY
from comments.moderation.measures import Scored, calibration_error, reliability
from comments.moderation.policy import decide, suspicion
from comments.moderation.verdicts import Outcome, Reason
from comments.plots import Axis, Line, line_chart

from .evaluate_moderation import example_of, read

OWN = settings.BASE_DIR / "tests" / "data" / "screening"
PAGE = settings.BASE_DIR / "docs" / "screening-figures.md"
FOLDS = 5
STEPS = (0, 10, 25, 50, 100, 150, 200, 300)
COLUMNS = (
    ("comments", "{}"),
    ("to be held", "{}"),
    ("area", "{:.3f}"),
    ("found", "{:.1%}"),
    ("false alarms", "{:.1%}"),
    ("calibration error", "{:.3f}"),
)


class Command(BaseCommand):
    help = "Measure screening on labelled comments and write a page with plots."

    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="ours where none is"
        )
        parser.add_argument("--page", type=Path, default=PAGE, metavar="PAGE.md")

    def handle(self, *, files, page, **options):
        files = files or sorted(OWN.glob("*.jsonl"))
        measured = [row for path in files for row in prepared(path)]
        if not measured:
            raise CommandError("There is nothing to measure: no file has a comment.")
        cold = [judged(item, EMPTY) for item in measured]
        curve = learning_curve(measured)
        pictures = {
            "precision-recall": precision_recall(cold, curve[-1][1]),
            "calibration": calibration(cold, curve[-1][1]),
            "learning": learning_plot(curve),
        }
        folder = page.parent / page.stem
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in pictures.items():
            (folder / f"{name}.svg").write_text(picture, encoding="utf-8")
        names = [path.name for path in files]
        page.write_text(page_of(names, cold, curve, folder.name), encoding="utf-8")
        self.stdout.write(f"{page}: {len(cold)} comments measured.")


def prepared(path):
    """Return (row, submission, example to learn from) of each comment of a file."""
    rows = read(path)
    blog = labelled.blog_of(rows)
    submissions = [(row, row.submission(blog)) for row in rows]
    return [
        (row, submission, example_of(row, submission))
        for row, submission in submissions
    ]


def judged(item, learned):
    """Return (row, all that was seen as a probability, scores, whether it waits)."""
    row, submission, _example = item
    verdict = pipeline.screen(submission, learned=learned)
    outcome = decide(verdict, submission.writer).outcome
    return row, suspicion(verdict), verdict.scores, outcome != Outcome.PUBLISH


def learning_curve(measured):
    """Return (number of decisions, judged comments), each comment by what was decided
    under other posts."""
    curve = []
    for number in STEPS:
        found, most = [], 0
        for fold in range(FOLDS):
            others = [m for m in measured if labelled.fold_of(m[0], FOLDS) != fold]
            # In an order that no label tells, and always the same.
            others.sort(key=lambda item: zlib.crc32(item[0].id.encode()))
            most = max(most, len(others))
            learned = learning.learn(example for _, _, example in others[:number])
            found += [
                judged(m, learned)
                for m in measured
                if labelled.fold_of(m[0], FOLDS) == fold
            ]
        curve.append((min(number, most), found))
        if number >= most:
            break
    return curve


def scored(found):
    return Scored(
        wanted=[score for row, score, _, _ in found if not row.is_innocent],
        innocent=[score for row, score, _, _ in found if row.is_innocent],
    )


def precision_recall(cold, taught):
    return line_chart(
        title="Precision and recall: held for any reason",
        across=Axis(title="share found (recall)"),
        up=Axis(title="share rightly held (precision)", low=0.5),
        lines=[
            Line(name="nothing learned", points=above(scored(cold))),
            Line(name="learned elsewhere", points=above(scored(taught))),
        ],
    )


def above(figures):
    return [point for point in figures.precision_recall() if point[1] >= 0.5]


def calibration(cold, taught):
    def line(name, found):
        stated = [score for _, score, _, _ in found]
        true = [not row.is_innocent for row, _, _, _ in found]
        bins = reliability(stated, true, bins=5)
        return Line(name=name, points=[(mean, share) for mean, share, _ in bins])

    return line_chart(
        title="Calibration: what is stated against what is true",
        across=Axis(title="stated probability"),
        up=Axis(title="share to be held"),
        lines=[
            line("nothing learned", cold),
            line("learned elsewhere", taught),
            Line(name="as it should be", points=[(0, 0), (1, 1)], is_reference=True),
        ],
    )


def learning_plot(curve):
    return line_chart(
        title="Area under the curve by the number of decisions",
        across=Axis(
            title="decisions",
            high=50.0 * math.ceil(curve[-1][0] / 50),
            percent=False,
        ),
        up=Axis(title="area under the curve", low=0.9, percent=False),
        lines=[
            Line(
                name="any reason",
                points=[(number, scored(found).area()) for number, found in curve],
            )
        ],
    )


def figures(found, reason=None):
    """Return the values of ``COLUMNS`` for one reason, or for all together."""
    if reason is None:
        stated = [score for _, score, _, _ in found]
        true = [not row.is_innocent for row, _, _, _ in found]
    else:
        stated = [scores[reason] or 0.0 for _, _, scores, _ in found]
        true = [reason in row.reasons for row, _, _, _ in found]
    waits = [is_held for _, _, _, is_held in found]
    area = Scored(
        wanted=[s for s, t in zip(stated, true, strict=True) if t],
        innocent=[s for s, t in zip(stated, true, strict=True) if not t],
    ).area()
    caught = [w for w, t in zip(waits, true, strict=True) if t]
    wronged = [w for (row, *_), w in zip(found, waits, strict=True) if row.is_innocent]
    return (
        len(found),
        sum(true),
        area,
        sum(caught) / len(caught) if caught else None,
        sum(wronged) / len(wronged) if wronged else None,
        calibration_error(stated, true),
    )


def page_of(names, cold, curve, folder):
    """Return the page, in Markdown."""
    groups = {}
    for item in cold:
        language = item[0].data.get("language") or "?"
        groups.setdefault(f"all reasons, {language}", []).append(item)
    rows = [("all reasons", figures(cold))]
    rows += [(name, figures(found)) for name, found in sorted(groups.items())]
    for reason in Reason:
        if any(reason in item[0].reasons for item in cold):
            rows.append((f"`{reason.value}`", figures(cold, reason)))
    learned = [
        (f"after {number} decisions", figures(found)) for number, found in curve[1:]
    ]
    return PAGE_TEXT.format(
        files=", ".join(f"`{name}`" for name in names),
        cold=table(rows),
        learned=table(learned),
        folder=folder,
    )


def table(rows):
    head = " | ".join(["", *(name for name, _ in COLUMNS)]).strip()
    lines = [f"| {head} |", "|" + " --- |" * (len(COLUMNS) + 1)]
    for name, values in rows:
        told = (
            form.format(value) if value is not None else "–"
            for (_, form), value in zip(COLUMNS, values, strict=True)
        )
        lines.append(f"| {name} | {' | '.join(told)} |")
    return "\n".join(lines)


PAGE_TEXT = """\
# Screening in figures

This page and its plots are written by one command; do not edit them by hand:

    manage.py report_screening

They measure {files}: comments of our own in French and English, whose labels say what
should become of them (`tests/data/screening/README.md`). They are harder than what a
blog meets: half of them are to be held, and many innocent ones were written to look
like advertising. Every writer is a stranger and the setting is “balanced”. “Found” is
the share of those to be held that were held or asked about, “false alarms” the share
of the innocent ones that were.

## With nothing learned

{cold}

## With a blog's own decisions

Each comment is judged by decisions under other posts ({folds} folds by post).

{learned}

![Precision and recall]({folder}/precision-recall.svg)

![Calibration]({folder}/calibration.svg)

![Learning]({folder}/learning.svg)
""".replace("{folds}", str(FOLDS))
