"""Find the weights of ``off_topic`` anew, and how well they do on comments apart."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from comments.moderation import fitting, labelled
from comments.moderation.detectors import off_topic
from comments.moderation.likeness import likeness
from comments.moderation.measures import Scored, calibration_error
from comments.moderation.relevance import PreparedBlog
from comments.moderation.verdicts import Reason, probability

LEARNED_FROM = ({"on_topic"}, {Reason.OFF_TOPIC.value})
SHORT = 40
"""Comments of fewer characters are published whatever their words: not fitted on."""
LONG = 8
"""From so many telling words on, figures are given apart."""
YOUNG_POSTS = 6
"""A blog of so many posts stands for a young one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled comment as the detector sees it, on its whole blog and on a young one.

    ``group`` is its post: comments under one post are kept apart together.
    """

    group: str
    blog: str
    language: str
    words: int
    is_off_topic: bool
    settled: tuple
    young: tuple
    strayed: bool


class Command(BaseCommand):
    help = "Fit the weights of off-topic evidence to files of labelled comments."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print figures as JSON")

    def handle(self, *, files, json, **options):
        examples = [example for path in files for example in read(path)]
        if len({example.is_off_topic for example in examples}) < 2:
            raise CommandError(
                "Comments on and off the topic are needed, of both some."
            )
        found = {
            "settled": report(examples, off_topic.SETTLED, table_of(examples)),
            "young": report(examples, off_topic.YOUNG, young_table_of(examples)),
        }
        self.stdout.write(dumps(found) if json else "\n".join(told(found)))


def dumps(found):
    return json.dumps(found, ensure_ascii=False, indent=2)


def read(path):
    """Return the examples of a file; its posts are the blog."""
    try:
        rows = [row for row in labelled.read(path) if is_fitted_on(row)]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(str(error)) from error
    blog = labelled.blog_of(rows)
    young = YoungBlogs(labelled.subjects_of(rows))
    return [found for row in rows if (found := example_of(path.name, row, blog, young))]


def is_fitted_on(row):
    return row.labels in LEARNED_FROM and len(row.data["text"]) >= SHORT


class YoungBlogs:
    """For each post a blog of it and the few that follow it in the file."""

    def __init__(self, subjects):
        self.subjects = subjects
        self.made = {}

    def around(self, at):
        if at not in self.made:
            posts = (self.subjects[at:] + self.subjects)[:YOUNG_POSTS]
            self.made[at] = PreparedBlog(posts)
        return self.made[at]


def example_of(source, row, blog, young):
    """Return what the detector sees of a comment; None if it has no telling word."""
    here = likeness(row.submission(blog))
    there = likeness(row.submission(young.around(blog.find(row.subject))))
    if not here.length:
        return None
    return Example(
        group=f"{row.subject.title}\n{row.subject.body}",
        blog=row.data.get("blog") or source,
        language=row.data.get("language") or "?",
        words=here.length,
        is_off_topic=row.labels == {Reason.OFF_TOPIC.value},
        settled=values(here, off_topic.SETTLED),
        young=values(there, off_topic.YOUNG),
        strayed=there.better is not None,
    )


def values(found, weights):
    """Return the features that have weights; what abstained counts as usual."""
    features = asdict(found.features)
    return tuple(
        usual if features[name] is None else features[name]
        for name, (usual, _) in weights.items()
    )


def table_of(examples):
    return np.array([example.settled for example in examples])


def young_table_of(examples):
    return np.array([(*e.young, float(e.strayed)) for e in examples])


def report(examples, weights, table):
    """Fit, and measure on the same comments, on posts apart and on blogs apart."""
    signs = [np.sign(weight) for _, weight in weights.values()]
    signs += [1.0] * (table.shape[1] - len(signs))
    truths = np.array([float(example.is_off_topic) for example in examples])
    fitted = fitting.fit(table, truths, signs)
    posts = fitting.folds([example.group for example in examples])
    blogs = fitting.left_out([example.blog for example in examples])
    apart = {
        "same comments": fitted.scores(table),
        "posts apart": fitting.cross_validate(table, truths, signs, posts),
        "blogs apart": fitting.cross_validate(table, truths, signs, blogs),
    }
    return {
        **as_in_source(fitted, list(weights)),
        "figures": {name: figures(examples, scores) for name, scores in apart.items()},
    }


def as_in_source(fitted, names):
    """Return the weights by name. That it strayed has no usual value: the base does."""
    usual, weights = fitted.usual.tolist(), fitted.weights.tolist()
    found = {
        "base": rounded(fitted.base),
        "weights": {
            name: [rounded(middle), rounded(weight)]
            for name, middle, weight in zip(names, usual, weights, strict=False)
        },
    }
    if len(weights) > len(names):
        found["base"] = rounded(fitted.base - usual[-1] * weights[-1])
        found["strayed"] = rounded(weights[-1])
    return found


def figures(examples, scores):
    """Return area and recall for each language, of all comments and of long ones.

    Of the weights as much is made as the detector makes of them.
    """
    scores = [
        off_topic.bounded(float(score), example.words)
        for score, example in zip(scores, examples, strict=True)
    ]
    found = {}
    for language in sorted({example.language for example in examples}):
        for name, least in (("all", 0), (f"{LONG} words or more", LONG)):
            kept = [
                (score, example.is_off_topic)
                for score, example in zip(scores, examples, strict=True)
                if example.language == language and example.words >= least
            ]
            found[f"{language}, {name}"] = measured(kept)
    return found


def measured(kept):
    scored = Scored(
        wanted=[score for score, is_off_topic in kept if is_off_topic],
        innocent=[score for score, is_off_topic in kept if not is_off_topic],
    )
    return {
        "comments": len(kept),
        "area": rounded(scored.area()),
        "recall_at_5_percent": rounded(scored.recall_at(0.05)),
        "calibration_error": rounded(
            calibration_error(
                [probability(score) for score, _ in kept],
                [is_off_topic for _, is_off_topic in kept],
            )
        ),
    }


def rounded(value):
    return None if value is None else round(float(value), 4)


def told(found):
    """Yield the weights as they stand in the source, and the figures as lines."""
    for name, of in found.items():
        prefix = "" if name == "settled" else f"{name.upper()}_"
        yield f"{prefix}BASE = {of['base']:.3g}"
        yield f"{name.upper()}: Weights = {{"
        for feature, (usual, weight) in of["weights"].items():
            yield f'    "{feature}": ({usual:.3g}, {weight:.3g}),'
        yield "}"
        if "strayed" in of:
            yield f"STRAYED_WEIGHT = {of['strayed']:.3g}"
        for how, groups in of["figures"].items():
            yield f"{how}:"
            for group, measures in groups.items():
                line = ", ".join(f"{key} {value}" for key, value in measures.items())
                yield f"  {group}: {line}"
