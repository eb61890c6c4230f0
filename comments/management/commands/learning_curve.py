"""Measure how fast screening learns a blog: after some decisions, in some orders."""

import random
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from comments.moderation import labelled, learning
from comments.moderation.learning import WHOLE
from comments.moderation.measures import Scored

from .evaluate_moderation import example_of, read

FOLDS = 5
ORDERS = 4
STEPS = (0, 10, 20, 50, 100, None)
COLUMNS = ("area", "judged rightly", "found", "false alarms")


class Command(BaseCommand):
    help = (
        "Measure screening after 0, 10, 20, 50, 100 and all decisions under other"
        " posts, for each file of labelled comments. Prints a table in Markdown."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--orders",
            type=int,
            default=ORDERS,
            metavar="N",
            help="how many random orders of the decisions to take the mean of",
        )

    def handle(self, *, files, orders, **options):
        if orders < 1:
            raise CommandError("Of orders, one at least is needed.")
        self.stdout.write(f"| blog | decisions | {' | '.join(COLUMNS)} |")
        self.stdout.write("|" + " --- |" * (len(COLUMNS) + 2))
        for path in files:
            folds = folds_of(read(path))
            for number in STEPS:
                told = " | ".join(map(form, measured(folds, number, orders)))
                name = "all" if number is None else number
                self.stdout.write(f"| {path.stem} | {name} | {told} |")


def folds_of(rows):
    """Return (examples, whether each is to be held) of each fold: posts apart.

    A blog of few posts has a fold for each.
    """
    blog = labelled.blog_of(rows)
    folds = {}
    for row in rows:
        submission = row.submission(blog)
        fold = labelled.fold_of(row, FOLDS)
        if len(blog.posts) <= FOLDS:
            fold = blog.find(row.subject)
        example = example_of(row, submission)
        folds.setdefault(fold, []).append((example, not row.is_innocent))
    return list(folds.values())


def measured(folds, number, orders):
    """Return the values of ``COLUMNS``, the mean of all orders, or None."""
    found = [in_order(folds, number, seed) for seed in range(orders)]
    return [
        None if None in column else sum(column) / len(column)
        for column in zip(*found, strict=True)
    ]


def in_order(folds, number, seed):
    """Judge each fold by the first decisions of the others, in an order drawn anew."""
    scores, wanted = [], []
    for fold in folds:
        others = [item for other in folds if other is not fold for item in other]
        random.Random(seed).shuffle(others)
        learned = learning.learn(example for example, _ in others[:number])
        for example, is_wanted in fold:
            adds = learned.adds(WHOLE, example.features, example.seen)
            scores.append(example.seen.margin + adds)
            wanted.append(is_wanted)
    held = [score >= 0 for score in scores]
    caught = [h for h, w in zip(held, wanted, strict=True) if w]
    wronged = [h for h, w in zip(held, wanted, strict=True) if not w]
    right = sum(h == w for h, w in zip(held, wanted, strict=True))
    return (
        Scored(
            wanted=[s for s, w in zip(scores, wanted, strict=True) if w],
            innocent=[s for s, w in zip(scores, wanted, strict=True) if not w],
        ).area(),
        right / len(held) if held else None,
        sum(caught) / len(caught) if caught else None,
        sum(wronged) / len(wronged) if wronged else None,
    )


def form(value):
    return "–" if value is None else f"{value:.3f}"
