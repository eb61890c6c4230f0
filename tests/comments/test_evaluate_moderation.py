import io
import json

import pytest
from django.core.management import CommandError, call_command

from .moderation.submissions import BREAD, LA_PUB, labelled_row

ROWS = [
    labelled_row(1, LA_PUB, "off_topic+promotional+undisclosed_affiliation"),
    labelled_row(
        2, "Mes pneus ont crevé en hiver aussi, sur la même route.", "on_topic"
    ),
    labelled_row(3, "merci !", "on_topic_short", BREAD),
]


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "labelled.jsonl"
    lines = (json.dumps(item, ensure_ascii=False) for item in ROWS)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def evaluate(*arguments):
    out = io.StringIO()
    call_command("evaluate_moderation", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_figures_of_each_file_and_reason_are_reported(labelled):
    report = json.loads(evaluate(labelled, "--json"))["labelled.jsonl"]

    assert report["comments"] == 3
    assert report["outcomes"] == {"publish": 2, "ask": 0, "hold": 1}
    assert report["false_alarms"] == 0.0
    assert report["found"] == 1.0
    assert report["reasons"]["promotional"]["area"] == 1.0
    assert report["milliseconds"]["median"] > 0


def test_each_comment_is_written_with_its_scores_and_evidence(labelled, tmp_path):
    output = tmp_path / "out.jsonl"

    evaluate(labelled, "--output", output)

    written = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert [item["id"] for item in written] == ["row-1", "row-2", "row-3"]
    assert [item["outcome"] for item in written] == ["hold", "publish", "publish"]
    assert written[2]["scores"]["promotional"] is None
    assert written[0]["scores"]["promotional"] > 0.5
    assert set(written[0]["evidence"][0]) == {
        "reason",
        "weight",
        "excerpt",
        "explanation",
    }


def test_decisions_fed_first_change_the_scores(labelled):
    cold = json.loads(evaluate(labelled, "--json"))
    taught = json.loads(evaluate(labelled, "--learn", labelled, "--json"))

    assert cold["labelled.jsonl"]["outcomes"] == taught["labelled.jsonl"]["outcomes"]
    assert cold["labelled.jsonl"]["reasons"] != taught["labelled.jsonl"]["reasons"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("not json\n", "line 1"), ('{"text": "a"}\n[1]\n', "line 2"), ("{}", "line 1")],
)
def test_a_broken_line_is_named(tmp_path, content, complaint):
    path = tmp_path / "broken.jsonl"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=complaint):
        evaluate(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"gone\.jsonl"):
        evaluate(tmp_path / "gone.jsonl")
