"""Whatever is typed, screening comes to a verdict, and no detector fails on it."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from comments.moderation.pipeline import screen
from comments.moderation.verdicts import Writer

from .submissions import BREAD, make_submission

OWN = [
    "",
    " ",
    "\n" * 10_000,
    "!" * 10_000,
    "a" * 10_000,
    "A" * 10_000,
    "A " * 5_000,
    "a-" * 5_000,
    "a." * 5_000,
    "1 " * 5_000,
    "+1 22 " * 1_600,
    "(((" * 3_000,
    "[url=" * 2_000,
    "<a " * 3_000,
    "je vous invite " * 600,
    "I am a the a the a the " * 400,
    "n'hesitez pas a " * 600,
    "www." * 2_500,
    "http://" * 1_400,
    "a@" * 5_000,
    "é\u0301" * 5_000,
    "\u200b" * 10_000,
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") * 5_000,
    "\U0001d54f" * 5_000,
    "﷽" * 2_000,
    "\x00\x01\x02",
    "%s %(excerpt)s {0} {x}",
    "\ud800",
]


def shared():
    folder = getattr(settings, "SHARED_DATA", "")
    files = ("redos", "naughty_text", "unicode_spam", "url_scheme", "template_xss")
    for name in files if folder else ():
        path = Path(folder) / "hostile" / f"{name}.jsonl"
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                yield from (str(json.loads(line)["payload"]) for line in lines)


@pytest.mark.parametrize("body", OWN, ids=range(len(OWN)))
def test_no_input_breaks_a_detector(body):
    writer = Writer(name=body[:300], email=body[:300], url=body[:300])

    verdict = screen(make_submission(body, subject=BREAD, writer=writer))

    assert verdict.failures == ()


def test_no_hostile_text_breaks_a_detector():
    texts = list(shared())
    if not texts:
        pytest.skip("CTTS_SHARED_DATA is not set")

    failures = {
        text: verdict.failures
        for text in texts
        if (verdict := screen(make_submission(text[:10_000]))).failures
    }

    assert failures == {}
