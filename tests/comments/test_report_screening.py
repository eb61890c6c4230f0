import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from lxml import etree

from comments.plots import Axis, Line, line_chart

from .moderation.submissions import BREAD, INNOCENT, LA_PUB, TRAIN, TYRES, labelled_row

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def labelled(tmp_path):
    rows = [
        labelled_row(n, body, "ham", post) for n, (post, body) in enumerate(INNOCENT)
    ]
    rows += [
        labelled_row(100 + n, LA_PUB, "promotional+off_topic", post)
        for n, post in enumerate((BREAD, TRAIN, TYRES))
    ]
    path = tmp_path / "labelled.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    return path


def report(*arguments):
    out = io.StringIO()
    call_command("report_screening", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_page_and_its_plots_are_written_from_the_files_given(labelled, tmp_path):
    page = tmp_path / "docs" / "figures.md"
    page.parent.mkdir()

    assert "15 comments measured" in report(labelled, "--page", page)

    text = page.read_text("utf-8")
    assert "| all reasons | 15 | 3 | 1.000 | 100.0% | 0.0% |" in text
    for name in ("precision-recall", "calibration", "learning"):
        assert f"(figures/{name}.svg)" in text
        picture = etree.parse(page.parent / "figures" / f"{name}.svg")
        assert picture.getroot().tag == f"{SVG}svg"


def test_the_page_is_the_same_each_time_and_in_each_language(labelled, tmp_path):
    pages = []
    for number, language in enumerate(("en", "fr")):
        page = tmp_path / f"{number}" / "figures.md"
        page.parent.mkdir()
        with translation.override(language):
            report(labelled, "--page", page)
        plots = sorted((page.parent / "figures").iterdir())
        pages.append([page.read_text("utf-8"), *(p.read_text("utf-8") for p in plots)])

    assert pages[0] == pages[1]


def test_a_file_without_comments_is_a_clear_sentence(tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")

    with pytest.raises(CommandError, match="nothing to measure"):
        report(empty)


def test_a_line_goes_from_corner_to_corner_and_is_named():
    drawn = line_chart(
        title="A < B",
        across=Axis(title="across"),
        up=Axis(title="up", low=0.5),
        lines=[Line(name="mine & yours", points=[(0, 0.5), (1, 1)])],
    )

    root = etree.fromstring(drawn)
    (line,) = root.iter(f"{SVG}polyline")
    assert line.get("points") == "56.0,272.0 452.0,16.0"
    assert [t.text for t in root.iter(f"{SVG}title")] == ["A < B"]
    assert "mine & yours" in [t.text for t in root.iter(f"{SVG}text")]
    assert "50 %" in [t.text for t in root.iter(f"{SVG}text")]
