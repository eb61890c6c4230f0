"""What a commenter typed is quoted in a mail so that nothing of it can be clicked."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from comments.quoting import harmless, one_line, quoted

# What mail programs make a link of.
CLICKABLE = re.compile(r"[a-z][a-z0-9+.-]+://|\bwww\.\w|\w\.[^\W\d_]{2,}|mailto:", re.I)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://shop.example/a?b=c#d", "shop[.]example"),
        ("voir http://www.shop.example, oui", "voir www[.]shop[.]example, oui"),
        ("voir shop.example/jouer !", "voir shop[.]example !"),
        ("moi@shop.example", "moi@shop[.]example"),
        ("mailto:moi@shop.example?subject=x", "moi@shop[.]example"),
        ("HTTPS://Shop.Example:8080/", "Shop[.]Example"),
        ("ftp:///shop。example", "shop[.]example"),
        ("1http://x://shop.example/", "1http x shop[.]example"),
        ("shop.\u200bexample", "shop[.]example"),
        ("shop.рф", "shop[.]рф"),
        ("<a href='https://shop.example/'>ici</a>", "<a href='shop[.]example>ici</a>"),
        ("Fini. Et 3.5 % de plus...", "Fini. Et 3.5 % de plus..."),
        ("À 10:30, note : bien", "À 10:30, note : bien"),
    ],
)
def test_an_address_is_its_host_in_brackets(typed, shown):
    assert harmless(typed) == shown


def test_a_long_text_is_cut_and_hidden_signs_are_dropped():
    assert harmless("abcdef", longest=3) == "abc…"
    assert harmless("a\u202eb\x00c\u2028d\te") == "abc d e"


def test_a_name_stays_on_its_line_and_a_text_is_marked_on_each():
    assert one_line("«\u00a0Luc\u00a0»\n  !") == "«\u00a0Luc\u00a0» !"
    assert one_line("Luc\r\nBcc: x@y.example") == "Luc Bcc: x@y[.]example"
    assert quoted("un\r\n\r\nPublier :\nhttps://x.example") == (
        "> un\n>\n> Publier :\n> x[.]example"
    )


@pytest.mark.skipif(not settings.SHARED_DATA, reason="needs the shared data")
@pytest.mark.parametrize("name", ["url_scheme", "unicode_spam", "open_redirect"])
def test_no_hostile_text_can_be_clicked(name):
    path = Path(settings.SHARED_DATA, "hostile", f"{name}.jsonl")
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        shown = quoted(str(json.loads(line)["payload"]))
        assert not CLICKABLE.search(shown), shown
