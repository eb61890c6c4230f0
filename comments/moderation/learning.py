"""What a blog's own decisions teach: a regression on all of them, made anew each time.

The weights follow from the decisions alone, taken in the order of their comments: who
replays them gets the same weights to the last bit. It starts from what screening says
of a comment by itself, and departs from that as far as the decisions tell.
"""

import json
import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from . import regression
from .features import LETTERS, SIZE, WORDS, Features, Spoken, value_of
from .verdicts import PRIORS, Reason

PUBLISHED = "published"
LABELS = (PUBLISHED, *(reason.value for reason in Reason))
WHOLE = ""
"""The name of the head that tells all rejected comments from the published ones."""
MOST_EXAMPLES = 4000
"""The latest so many decisions are learned from: more would take too long."""

# How sure each weight is of where it starts: the inverse of a variance.
WORD_PRECISION = 0.1
LETTERS_PRECISION = 0.05
MANNER_PRECISION = 1.0
SEEN_PRECISION = 0.3
START_PRECISION = 10.0
BASE_PRECISION = 1.0
FEW_DECISIONS = 10.0
"""What screening sees is trusted as if it had been right so many times more: with n
decisions of the rarer kind its weights are 1 + 10 / (1 + n) times as sure. A dozen
decisions would else turn what tells on most blogs."""
CONTRAST = 10.0
ALONE = 5.0
"""Decisions of one kind count only as far as there are some of the other to contrast
them with: ``CONTRAST`` for each of those, and ``ALONE`` in all where there is none.
Only held comments are decided on, and a blog that had rejected them all would
otherwise learn that everything is bad."""

Weights = npt.NDArray[np.float32]
Counts = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What screening saw in a comment without what was learned, in nats.

    ``margin`` is how far it was over the limit for strangers (negative: under it),
    ``weights`` what weighed for each reason, in the order of ``Reason``.
    """

    margin: float
    weights: tuple[float, ...]

    def odds(self, question: str) -> float:
        """Return the log odds of a reason, or of the whole: the margin."""
        if question == WHOLE:
            return self.margin
        reason = Reason(question)
        return PRIORS[reason] + self.weights[list(Reason).index(reason)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A decided comment. ``label`` is “published” or the reason of its rejection.

    Raises ``ValueError`` if it is neither.
    """

    features: Features
    seen: Seen
    label: str

    def __post_init__(self) -> None:
        if self.label not in LABELS:
            raise ValueError(f"{self.label!r} is neither “published” nor a reason.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The weights for one question: “would this be rejected?”, or for which reason.

    The log odds of yes are ``start`` times those that screening gives by itself, plus
    ``base``, plus ``seen`` times what weighed for each reason, plus the weights of the
    features; all in nats.
    """

    features: Weights
    seen: tuple[float, ...]
    start: float
    base: float

    def of_features(self, features: Features) -> float:
        """Return what was learned of a comment's features, in nats."""
        weights = self.features[features.places].astype(np.float64)
        return math.fsum(weights * features.values)

    def of_the_rest(self, odds: float, seen: Seen) -> float:
        """Return what was learned of what screening saw, in nats."""
        weighed = (w * x for w, x in zip(self.seen, seen.weights, strict=True))
        return math.fsum(((self.start - 1.0) * odds, self.base, *weighed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """All that was learned: a head for each question, and how often words were seen.

    ``words`` maps a label to how many of its comments have the word at each place.
    """

    heads: Mapping[str, Head] = field(default_factory=dict)
    words: Mapping[str, Counts] = field(default_factory=dict)

    def times(self, place: int, label: str) -> int:
        """Return in how many comments with this label a word occurs."""
        return int(self.words[label][place]) if label in self.words else 0

    def adds(self, question: str, features: Features, seen: Seen) -> float:
        """Return what the decisions add to the log odds of a question, in nats."""
        head = self.heads.get(question)
        if head is None:
            return 0.0
        rest = head.of_the_rest(seen.odds(question), seen)
        return head.of_features(features) + rest


EMPTY = Learned()


def learn(examples: Iterable[Example]) -> Learned:
    """Return what decided comments teach; give them in the order of their comments."""
    latest = list(examples)[-MOST_EXAMPLES:]
    if not latest:
        return EMPTY
    labels = {example.label for example in latest}
    heads = {WHOLE: _head(WHOLE, latest)}
    for reason in (r.value for r in Reason if r.value in labels):
        about = [e for e in latest if e.label in {PUBLISHED, reason}]
        heads[reason] = _head(reason, about)
    return Learned(heads=heads, words=_words(latest))


def told_by(
    learned: Learned, question: str, spoken: Sequence[Spoken]
) -> list[tuple[Spoken, float]]:
    """Share what was learned out to the words that carry it, letters included.

    Returns each word with its weight in nats. Letters that two words have in common
    count once, for the first.
    """
    head = learned.heads.get(question)
    if head is None:
        return []
    letters = {place for word in spoken for place in word.letters}
    each_word, each_letter = value_of(len(spoken)), value_of(len(letters))
    weighed = []
    for word in spoken:
        own = [place for place in word.letters if place in letters]
        letters.difference_update(own)
        of_letters = math.fsum(float(head.features[place]) for place in own)
        of_word = float(head.features[word.place])
        weighed.append((word, each_word * of_word + each_letter * of_letters))
    return weighed


def _words(examples: Sequence[Example]) -> dict[str, Counts]:
    words: dict[str, Counts] = {}
    for example in examples:
        row = words.setdefault(example.label, np.zeros(WORDS, dtype=np.uint16))
        places = example.features.places
        row[places[places < WORDS]] += 1
    return words


def _head(question: str, examples: Sequence[Example]) -> Head:
    """Fit the weights of one question. Only features that occur have one."""
    places = [example.features.places for example in examples]
    met = np.concatenate(places)
    is_used = np.bincount(met, minlength=SIZE) > 0
    used, columns = np.flatnonzero(is_used), (np.cumsum(is_used) - 1)[met]
    wanted = np.array([float(e.label != PUBLISHED) for e in examples])
    table = regression.Table(
        sizes=np.array([p.size for p in places]),
        columns=columns,
        values=np.concatenate([e.features.values for e in examples]).astype(float),
        dense=np.array(
            [(*e.seen.weights, e.seen.odds(question), 1.0) for e in examples]
        ),
        wanted=wanted,
        shares=_shares(wanted),
    )
    number = len(Reason)
    start = np.zeros(used.size + number + 2)
    start[-2] = 1.0
    precision = np.full(start.size, WORD_PRECISION)
    precision[: used.size][used >= WORDS] = LETTERS_PRECISION
    precision[: used.size][used >= WORDS + LETTERS] = MANNER_PRECISION
    rarer = min(wanted.sum(), wanted.size - wanted.sum())
    surer = 1.0 + FEW_DECISIONS / (1.0 + rarer)
    precision[used.size : -2] = SEEN_PRECISION * surer
    precision[-2:] = START_PRECISION * surer, BASE_PRECISION
    # Rounded, so that what is stored is what was learned.
    weights = regression.fit(table, start=start, precision=precision).astype(np.float32)
    features = np.zeros(SIZE, dtype=np.float32)
    features[used] = weights[: used.size]
    *seen, first, base = (float(weight) for weight in weights[used.size :])
    return Head(features=features, seen=tuple(seen), start=first, base=base)


def _shares(wanted: regression.Floats) -> regression.Floats:
    """Return how much each example counts, by how many there are of the other kind."""
    rejected = float(wanted.sum())
    published = wanted.size - rejected
    of_rejected = min(1.0, (CONTRAST * published + ALONE) / max(1.0, rejected))
    of_published = min(1.0, (CONTRAST * rejected + ALONE) / max(1.0, published))
    return np.where(wanted > 0, of_rejected, of_published)


def to_bytes(learned: Learned) -> bytes:
    """Return what was learned, to be stored; ``from_bytes`` reads it."""
    header = {
        "heads": {
            name: {"seen": head.seen, "start": head.start, "base": head.base}
            for name, head in learned.heads.items()
        },
        "words": list(learned.words),
    }
    parts = [
        json.dumps(header).encode(),
        *(head.features.astype("<f4").tobytes() for head in learned.heads.values()),
        *(row.astype("<u2").tobytes() for row in learned.words.values()),
    ]
    return zlib.compress(len(parts[0]).to_bytes(4, "big") + b"".join(parts))


def from_bytes(stored: bytes) -> Learned:
    """Rebuild what ``to_bytes`` stored. Raises ``ValueError`` if it is damaged."""
    try:
        data = zlib.decompress(stored)
        at = 4 + int.from_bytes(data[:4], "big")
        header = json.loads(data[4:at])
        heads: dict[str, Head] = {}
        for name, rest in header["heads"].items():
            features = np.frombuffer(data, dtype="<f4", count=SIZE, offset=at)
            heads[name] = Head(
                features=features,
                seen=tuple(rest["seen"]),
                start=rest["start"],
                base=rest["base"],
            )
            at += features.nbytes
        words: dict[str, Counts] = {}
        for label in header["words"]:
            words[label] = np.frombuffer(data, dtype="<u2", count=WORDS, offset=at)
            at += words[label].nbytes
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError("What was learned cannot be read.") from error
    return Learned(heads=heads, words=words)
