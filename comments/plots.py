"""Charts as SVG, drawn on the server: no script, no style of their own.

Colours are attributes, which a page's style sheet overrides by the classes. The names
of the lines stand in the lower right corner, each in the colour of its line; those of
columns above them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

WIDTH, HEIGHT = 480, 320
LEFT, RIGHT, TOP, BOTTOM = 56, 28, 16, 48
TICKS = 5
COLOURS = ("#1f5f8b", "#b5472f", "#3f7a3a", "#7a4b8f", "#a0761b", "#2b7f7a")
"""Told apart by people who see few colours, and each legible as text on the paper."""
NAME_HEIGHT = 16
MOST_DOTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One side of a chart: what it measures, from where to where."""

    title: str
    low: float = 0.0
    high: float = 1.0
    percent: bool = True

    def told(self, value: float) -> str:
        """Return a value as people read it."""
        if self.percent:
            return f"{round(100 * value)} %"
        return f"{value:g}"

    @property
    def ticks(self) -> list[float]:
        step = (self.high - self.low) / TICKS
        return [self.low + number * step for number in range(TICKS + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A series: its name and its points, in the units of the axes."""

    name: str
    points: Sequence[tuple[float, float]]
    is_reference: bool = False


def line_chart(*, title: str, across: Axis, up: Axis, lines: Sequence[Line]) -> str:
    """Return an SVG picture of these lines, with a title for those who hear it."""
    context = _frame(title, up) | {
        "across": across.title,
        "columns": [
            (_place(across, up, x, up.low)[0], across.told(x)) for x in across.ticks
        ],
        "lines": [
            _drawn(line, number, len(lines), across, up)
            for number, line in enumerate(lines)
        ],
    }
    return render_to_string("moderation/_chart.svg", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A series of columns that stand on those of the series before it."""

    name: str
    values: Sequence[int]


def column_chart(
    *, title: str, up: str, columns: Sequence[str], stacks: Sequence[Stack]
) -> str:
    """Return an SVG picture of stacked columns, each under its name."""
    highest = max(
        (sum(values) for values in zip(*(s.values for s in stacks), strict=True)),
        default=0,
    )
    # The names stand at the top, and no column reaches up to them.
    names = sum(1 for stack in stacks if stack.name)
    taken = NAME_HEIGHT * (names + 1) if names else 0
    needed = highest / (1 - taken / (HEIGHT - TOP - BOTTOM))
    high = TICKS * max(1, math.ceil(needed / TICKS))
    axis = Axis(title=up, high=float(high), percent=False)
    across = Axis(title="", high=float(max(1, len(columns))))
    context = _frame(title, axis) | {
        "columns": [
            (_place(across, axis, number + 0.5, 0)[0], name)
            for number, name in enumerate(columns)
        ],
        "bars": _bars(stacks, across, axis),
        "names": [
            {"name": s.name, "colour": COLOURS[n], "y": TOP + NAME_HEIGHT * (n + 1)}
            for n, s in enumerate(stacks)
        ],
    }
    return render_to_string("moderation/_chart.svg", context)


def _bars(stacks: Sequence[Stack], across: Axis, up: Axis) -> list[dict]:
    bars = []
    reached = [0] * max((len(stack.values) for stack in stacks), default=0)
    for colour, stack in zip(COLOURS, stacks, strict=False):
        for number, value in enumerate(stack.values):
            left, bottom = _place(across, up, number + 0.2, reached[number])
            reached[number] += value
            right, top = _place(across, up, number + 0.8, reached[number])
            if value:
                bars.append(
                    {
                        "x": left,
                        "y": top,
                        "width": round(right - left, 1),
                        "height": round(bottom - top, 1),
                        "colour": colour,
                        "told": f"{stack.name}: {value}",
                    }
                )
    return bars


def _frame(title: str, up: Axis) -> dict:
    nothing = Axis(title="")
    return {
        "title": title,
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "bottom": HEIGHT - BOTTOM,
        "up": up.title,
        "rows": [(_place(nothing, up, 0, y)[1], up.told(y)) for y in up.ticks],
    }


def _place(across: Axis, up: Axis, x: float, y: float) -> tuple[float, float]:
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    part = (x - across.low) / (across.high - across.low)
    height = (y - up.low) / (up.high - up.low)
    return round(LEFT + part * wide, 1), round(TOP + (1 - height) * high, 1)


def _drawn(line: Line, number: int, of: int, across: Axis, up: Axis) -> dict:
    places = [_place(across, up, *point) for point in line.points]
    is_sparse = len(places) <= MOST_DOTS and not line.is_reference
    return {
        "name": line.name,
        "is_reference": line.is_reference,
        "colour": COLOURS[number % len(COLOURS)],
        "points": " ".join(f"{x},{y}" for x, y in places),
        "dots": places if is_sparse else [],
        "name_x": WIDTH - RIGHT - 8,
        "name_y": HEIGHT - BOTTOM - 10 - NAME_HEIGHT * (of - 1 - number),
    }
