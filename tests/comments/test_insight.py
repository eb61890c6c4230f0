"""What the desk says of how well screening does, counted from decisions."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html as lxml_html

from comments import insight, services
from comments.models import PostComment, Screening
from comments.moderation.verdicts import Reason
from comments.plots import Stack, column_chart

from ..factories import CommentFactory
from .moderation.submissions import LA_PUB

pytestmark = pytest.mark.django_db
Status = PostComment.Status


@pytest.fixture
def decide(post, moderator):
    """Decide on a comment on which the machine had said ``outcome``."""

    def decide(outcome, decision, reasons=(), waited=2, language="fr"):
        comment = CommentFactory(
            post=post,
            status=Status.HELD,
            language=language,
            comment=LA_PUB,
            submit_date=timezone.now() - timedelta(hours=waited),
        )
        Screening.objects.create(
            comment=comment,
            outcome=outcome,
            reasons=list(reasons),
            suspicion=0.1 if outcome == "publish" else 0.9,
        )
        services.decide(
            comment,
            moderator=moderator,
            outcome=decision,
            reason="off_topic" if decision == "reject" else "",
        )
        return comment

    return decide


def found():
    return insight.decided(PostComment.objects.all())


def counted(tallies):
    return [(t.name, t.rightly, t.after_all, t.missed) for t in tallies]


def test_each_decision_is_counted_by_what_the_machine_had_said(decide):
    decide("hold", "reject", ["promotional"])
    decide("hold", "publish", ["promotional", "off_topic"])
    decide("publish", "reject", language="en")

    (month,) = insight.by_month(found())

    assert (month.rightly, month.after_all, month.missed) == (1, 1, 1)
    assert month.precision == 0.5
    assert counted(insight.by_reason(found())) == [
        (Reason.OFF_TOPIC, 0, 1, 1),
        (Reason.PROMOTIONAL, 1, 1, 0),
    ]
    assert counted(insight.by_language(found())) == [("en", 0, 0, 1), ("fr", 1, 1, 0)]


def test_what_waited_by_the_blogs_policy_says_nothing_of_screening(decide):
    decide("hold", "publish", [])

    assert found() == []


def test_a_decision_taken_back_counts_no_more(decide, moderator):
    comment = decide("hold", "reject", ["promotional"])

    services.reopen(comment, moderator=moderator)

    assert found() == []


def test_waiting_is_told_by_its_middle_and_by_nine_in_ten(decide):
    for hours in (1, 2, 3, 10, 100):
        decide("hold", "reject", ["promotional"], waited=hours)

    ((_month, half, most),) = insight.waits(found())

    assert (round(half), round(most)) == (3, 10)


def test_the_decisions_that_surprise_screening_most_come_first(decide, la_pub, say):
    unsuspicious = decide("publish", "reject")
    wary = say(**la_pub)
    services.decide(
        wary,
        moderator=decide("hold", "reject", ["off_topic"]).decisions.get().moderator,
        outcome="publish",
    )

    apart = [
        (item.decision.comment_id, probability > 0.5)
        for item, probability in insight.disagreements(found())
    ]

    assert (wary.pk, True) in apart
    assert (unsuspicious.pk, False) in apart


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_shows_plots_with_their_numbers_beside(
    client, moderator, decide, language
):
    decide("hold", "reject", ["promotional"])
    client.force_login(moderator)
    client.cookies["django_language"] = language

    page = client.get("/moderation/figures/").content.decode()

    assert page.count("<svg ") == 2
    assert page.count("<table") == 4
    assert "<style" not in page
    assert " style=" not in page


@pytest.mark.parametrize(("waited", "charts"), [(0, 1), (30, 2)])
def test_waits_of_less_than_an_hour_need_no_chart(
    client, moderator, decide, waited, charts
):
    decide("hold", "reject", ["promotional"], waited=waited)
    client.force_login(moderator)

    page = client.get("/moderation/figures/").content.decode()

    assert page.count("<svg") == charts


@pytest.mark.parametrize(("accepts", "name"), [("fr", "français"), ("en", "French")])
def test_languages_are_named_in_that_of_the_page(
    client, moderator, decide, accepts, name
):
    decide("hold", "reject", ["promotional"])
    client.force_login(moderator)

    page = client.get("/moderation/figures/", headers={"Accept-Language": accepts})

    table = page.content.decode().split('id="by-language"')[1].split("</table>")[0]
    assert f'<th scope="row">{name}</th>' in table


def test_the_page_of_a_blog_without_decisions_says_so(client, moderator):
    client.force_login(moderator)

    page = client.get("/moderation/figures/").content.decode()

    assert "<svg " not in page


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_takes_as_many_queries_however_much_was_decided(
    client, moderator, decide, django_assert_max_num_queries, number
):
    for _ in range(number):
        decide("hold", "reject", ["promotional"])
    client.force_login(moderator)
    client.get("/moderation/figures/")

    with django_assert_max_num_queries(8):
        client.get("/moderation/figures/")


def test_what_a_decision_taught_is_told_word_by_word(client, moderator, decide):
    for _ in range(3):
        comment = decide("hold", "reject", ["promotional"])
    client.force_login(moderator)

    page = client.get(f"/moderation/{comment.pk}/lesson/").content.decode()

    assert "formidable" in page
    assert "+0" in page


def test_where_no_decision_is_in_force_nothing_was_learned(client, moderator, decide):
    comment = decide("hold", "reject", ["promotional"])
    services.reopen(comment, moderator=moderator)
    client.force_login(moderator)

    page = client.get(f"/moderation/{comment.pk}/lesson/").content.decode()

    assert "<table" not in page


@pytest.mark.parametrize("values", [[58], [3, 60, 12], [0, 4]])
def test_no_column_stands_behind_the_names_of_the_series(values):
    names = ["retenus à raison", "retenus, puis publiés", "publiés, puis retirés"]
    picture = column_chart(
        title="Fallait-il les retenir ?",
        up="commentaires",
        columns=[str(n) for n, _value in enumerate(values)],
        stacks=[Stack(name=name, values=values) for name in names],
    )

    chart = lxml_html.fromstring(picture)
    highest = min(float(bar.get("y")) for bar in chart.find_class("chart-bar"))
    lowest = max(float(name.get("y")) for name in chart.find_class("chart-name"))
    assert len(chart.find_class("chart-name")) == len(names)
    assert highest > lowest
