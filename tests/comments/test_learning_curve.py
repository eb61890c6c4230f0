import io
import json

import pytest
from django.core.management import CommandError, call_command

from .moderation.submissions import BREAD, INNOCENT, TRAIN, TYRES, labelled_row

SPAM = "Hello dear, the {} zorbitron keys are waiting, ask {} soon"


@pytest.fixture
def blog(tmp_path):
    posts = (BREAD, TRAIN, TYRES)
    rows = [
        labelled_row(n, body, "ham", posts[n % 3])
        for n, (_, body) in enumerate(INNOCENT)
    ]
    rows += [
        labelled_row(100 + n, SPAM.format(kind, name), "promotional", posts[n % 3])
        for n, (kind, name) in enumerate(
            (kind, name) for kind in ("blue", "old", "tiny") for name in ("Ana", "Bob")
        )
    ]
    path = tmp_path / "blog.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def curve(*arguments):
    out = io.StringIO()
    call_command("learning_curve", *map(str, arguments), stdout=out)
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in out.getvalue().splitlines()
    ]


def test_a_blog_is_measured_before_and_after_some_decisions(blog):
    head, _, *lines = curve(blog, "--orders", "2")

    assert head[:3] == ["blog", "decisions", "area"]
    assert [line[1] for line in lines] == ["0", "10", "20", "50", "100", "all"]
    found = [float(line[4]) for line in lines]
    assert found[0] == 0.0
    assert found[-1] == 1.0


def test_the_table_is_the_same_each_time(blog):
    assert curve(blog) == curve(blog)


def test_no_order_at_all_is_refused(blog):
    with pytest.raises(CommandError, match="one at least"):
        curve(blog, "--orders", "0")
