"""How good a judgement is: figures from labels and scores, nothing but arithmetic."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Scores of comments that should be held, and of those that should not."""

    wanted: Sequence[float]
    innocent: Sequence[float]

    def area(self) -> float | None:
        """Return the area under the curve: how often a wanted one scores higher."""
        if not self.wanted or not self.innocent:
            return None
        below = sorted(self.innocent)
        wins = sum(
            bisect_left(below, score) + bisect_right(below, score)
            for score in self.wanted
        )
        return wins / 2 / (len(self.wanted) * len(below))

    def recall_at(self, false_alarms: float) -> float | None:
        """Return the share found by a threshold that flags so many innocent ones."""
        if not self.wanted or not self.innocent:
            return None
        highest = sorted(self.innocent, reverse=True)
        allowed = math.floor(false_alarms * len(highest))
        limit = highest[allowed] if allowed < len(highest) else -math.inf
        return sum(score > limit for score in self.wanted) / len(self.wanted)

    def precision_recall(self) -> list[tuple[float, float]]:
        """Return (recall, precision) at every threshold, from the strictest on."""
        marked = [(score, True) for score in self.wanted]
        marked += [(score, False) for score in self.innocent]
        marked.sort(key=lambda pair: -pair[0])
        found, points = 0, []
        for number, (score, wanted) in enumerate(marked, start=1):
            found += wanted
            last = number == len(marked) or marked[number][0] != score
            if last and self.wanted:
                points.append((found / len(self.wanted), found / number))
        return points


def reliability(
    probabilities: Sequence[float], truths: Sequence[bool], bins: int = 10
) -> list[tuple[float, float, int]]:
    """Return (mean probability, share true, number) of each bin that is not empty."""
    sums = [[0.0, 0.0, 0.0] for _ in range(bins)]
    for probability, truth in zip(probabilities, truths, strict=True):
        held = sums[min(bins - 1, int(probability * bins))]
        held[0] += probability
        held[1] += truth
        held[2] += 1
    return [(p / n, t / n, int(n)) for p, t, n in sums if n]


def calibration_error(
    probabilities: Sequence[float], truths: Sequence[bool]
) -> float | None:
    """Return how far stated probabilities are from shares, weighted by their number."""
    if not probabilities:
        return None
    return sum(
        abs(stated - true) * number / len(probabilities)
        for stated, true, number in reliability(probabilities, truths)
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of ``values`` lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]
