"""The log: everything that was seen, decided and ruled."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from lxml import html as lxml_html

from comments import record, rules, services
from comments.desk.log import FORMULA, harmless_cell
from comments.models import Decision, PostComment, Rule, Screening

from ..factories import CommentFactory, PostFactory, UserFactory

LOG = "/moderation/log/"
FILE = "/moderation/log/moderation.csv"


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def happened(held_comment, moderator, english_post, say):
    """A screening, two decisions, a rule; and another screening, of another post."""
    services.decide(
        held_comment, moderator=moderator, outcome="reject", reason="promotional"
    )
    services.reopen(held_comment, moderator=UserFactory(username="ana"))
    rule = Rule(
        author=moderator, kind="word", pattern="casino", effect="block",
        reason="automated", note="encore",
    )  # fmt: skip
    rules.keep(rule, moderator=moderator)
    say(
        "I took the same sleeper in March, and the couchette was quieter upstairs.",
        on=english_post,
        name="Ben",
    )
    return held_comment


def shown(response):
    return [
        (line["who"], line["status"], line["reasons"])
        for line in response.context["lines"]
    ]


def test_everything_that_happened_is_there_the_latest_first(desk, happened):
    assert shown(desk.get(LOG)) == [
        ("la machine", "publish", ""),
        ("Camille", "made", "envoyé par une machine"),
        ("Camille", "reopen", ""),
        ("Camille", "reject", "publicité"),
        ("la machine", "hold", "lien d’intérêt caché, hors sujet, publicité"),
    ]


@pytest.mark.parametrize(
    ("asked", "statuses"),
    [
        ({"who": "machine"}, ["publish", "hold"]),
        ({"what": "screened_hold"}, ["hold"]),
        ({"what": "screened_ask"}, []),
        ({"what": "reject"}, ["reject"]),
        ({"what": "reopen"}, ["reopen"]),
        ({"what": "rule"}, ["made"]),
        ({"reason": "promotional"}, ["reject", "hold"]),
        ({"reason": "automated"}, ["made"]),
        ({"language": "en"}, ["publish"]),
        ({"language": "fr"}, ["reopen", "reject", "hold"]),
        ({"post": "LEVAIN"}, ["reopen", "reject", "hold"]),
        ({"post": "night train"}, ["publish"]),
        ({"post": "nowhere"}, []),
        ({"since": "2001-01-01", "until": "2001-12-31"}, []),
        ({"since": "2001-01-01"}, ["publish", "made", "reopen", "reject", "hold"]),
        ({"since": "2199-01-01"}, []),
        ({"reason": "promotional", "who": "machine", "language": "fr"}, ["hold"]),
    ],
)
def test_the_log_is_filtered_and_so_is_its_file(desk, happened, asked, statuses):
    assert [status for _who, status, _why in shown(desk.get(LOG, asked))] == statuses
    assert len(rows_of(desk.get(FILE, asked))) == len(statuses)


def test_the_log_of_one_moderator(desk, happened):
    ana = Decision.objects.get(outcome="reopen").moderator

    assert [s for _, s, _ in shown(desk.get(LOG, {"who": ana.pk}))] == ["reopen"]


def test_today_is_within_a_filter_by_days(desk, happened):
    today = timezone.localdate().isoformat()

    assert len(shown(desk.get(LOG, {"since": today, "until": today}))) == 5


@pytest.mark.parametrize(
    "asked",
    [
        {"who": "0"}, {"who": "x"}, {"what": "\x00"}, {"post": "\x00"},
        {"since": "9999-12-31", "until": "9999-12-31"}, {"since": "0001-01-01"},
        {"before": "2026-02-31T10:00:00_0_1"}, {"before": "2026-01-01T10:00:00_9_1"},
        {"before": "0001-01-01T00:00:00_0_1"}, {"before": "'; DROP TABLE"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(desk, happened, asked):
    assert desk.get(LOG, asked).status_code == 200
    assert desk.get(FILE, asked).status_code == 200


def test_a_long_log_goes_on_where_the_page_ends(desk, post, moderator, monkeypatch):
    monkeypatch.setattr("comments.desk.log.PAGE_LENGTH", 4)
    for _ in range(3):
        comment = CommentFactory(post=post)
        services.reopen(comment, moderator=moderator)
        services.rescreen(comment)
        services.decide(comment, moderator=moderator, outcome="publish")
    # Nothing is lost where several things happened at the very same moment.
    now = timezone.now()
    for model in (Decision, Screening):
        model._base_manager.update(created_at=now)

    seen, url = [], LOG
    while url:
        response = desk.get(url)
        seen += [line["entry"].key for line in response.context["lines"]]
        links = lxml_html.fromstring(response.content).xpath("//a[@class='more']/@href")
        url = f"{LOG}{links[0]}" if links else ""

    assert len(seen) == len(set(seen)) == 9


def test_the_log_takes_the_same_queries_for_any_number_of_lines(
    desk, post, moderator, django_assert_max_num_queries
):
    for number in range(12):
        comment = CommentFactory(post=post if number % 2 else PostFactory())
        services.reopen(comment, moderator=moderator)
        services.rescreen(comment)
        rule = Rule(
            author=moderator, kind="word", pattern=f"mot{number}", effect="allow"
        )
        rules.keep(rule, moderator=moderator)
    desk.get(LOG)

    with django_assert_max_num_queries(15):
        response = desk.get(LOG)
    assert len(response.context["lines"]) == 36


def test_a_bloggers_log_holds_their_own(client, in_role, moderator):
    blogger = in_role("Bloggers")
    own = CommentFactory(post=PostFactory(author=blogger), user_name="Bernadette")
    foreign = CommentFactory(user_name="Ailleurs")
    for comment in (own, foreign):
        services.reopen(comment, moderator=moderator)
        services.rescreen(comment)
    rule = Rule(author=moderator, kind="word", pattern="casino", effect="allow")
    rules.keep(rule, moderator=moderator)
    client.force_login(blogger)

    for url in (LOG, FILE):
        response = client.get(url)
        said = b"".join(response).decode()
        assert said.count("Bernadette") == 2
        assert "Ailleurs" not in said
        assert "casino" not in said


# As a file -------------------------------------------------------------------------


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_the_file_is_for_spreadsheet_programs_and_written_as_it_is_read(desk, happened):
    response = desk.get(FILE)

    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "no-store" in response["Cache-Control"]
    text = b"".join(response.streaming_content)
    assert text.startswith(b'\xef\xbb\xbf"Quand","Quoi",')
    rejected = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))[4]
    assert rejected[1:9] == [
        "refusé", "Camille", "publicité", "", str(happened.pk), "Sandra",
        "Le pain au levain, deuxième essai", "fr",
    ]  # fmt: skip


def test_a_long_file_is_read_piece_by_piece(moderator, post, monkeypatch):
    for _ in range(7):
        services.reopen(CommentFactory(post=post), moderator=moderator)
    every = record.everything(moderator, record.Wanted(), at_once=3)

    assert len({entry.key for entry in every}) == 7


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+41", "'+41"),
        ("-3", "'-3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("Noémie = Luc", "Noémie = Luc"),
        ("", ""),
        (12, "12"),
    ],
)
def test_no_cell_begins_like_a_formula(cell, written):
    assert harmless_cell(cell) == written


def test_what_a_commenter_types_is_no_formula_in_the_file(desk, held_comment):
    evil = '=HYPERLINK("https://evil.example";"ici")'
    PostComment.objects.filter(pk=held_comment.pk).update(
        user_name=evil[:50], comment=f'{evil}"\r\n=1+1'
    )

    for row in rows_of(desk.get(FILE)):
        assert [cell for cell in row if cell.startswith(FORMULA)] == []
        assert row[6].startswith("'=HYPERLINK")


@pytest.mark.skipif(not settings.SHARED_DATA, reason="needs the shared data")
@pytest.mark.parametrize("name", ["csv_injection", "naughty_text"])
def test_no_hostile_text_is_a_formula(name):
    path = Path(settings.SHARED_DATA, "hostile", f"{name}.jsonl")
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        assert not harmless_cell(json.loads(line)["payload"]).startswith(FORMULA)
