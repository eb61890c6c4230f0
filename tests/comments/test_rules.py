"""People and places, as moderators keep them."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from lxml import html as lxml_html

from blog.models import Blog
from comments import rules, services
from comments.explained import Explained
from comments.models import Commenter, PostComment, Rule, RuleChange

from ..factories import CommentFactory

Status = PostComment.Status
NEW = "/moderation/rules/new/"
CASINO = {
    "kind": "word",
    "pattern": "casino",
    "effect": "block",
    "reason": "promotional",
}


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def make_rule(moderator):
    def make(**terms):
        made = Rule(author=moderator, **(CASINO | terms))
        rules.keep(made, moderator=moderator)
        return made

    return make


def keep_button(response):
    page = lxml_html.fromstring(response.content)
    (value,) = page.xpath('//button[@name="save"]/@value')
    return value


def test_a_rule_is_kept_only_after_its_preview_was_seen(desk, moderator, say):
    say("Le pain du casino était rassis, la mie serrée, la croûte molle.")

    shown = desk.post(NEW, CASINO)
    assert Rule.objects.count() == 0
    assert "Le pain du casino" in shown.content.decode()
    assert shown.context["number_changed"] == 1
    kept = desk.post(NEW, CASINO | {"save": keep_button(shown)})

    assert kept["Location"] == "/moderation/rules/"
    rule = Rule.objects.get()
    assert (rule.author, rule.pattern, rule.effect) == (moderator, "casino", "block")
    assert RuleChange.objects.get().action == "made"


def test_what_was_changed_after_its_preview_is_previewed_again(desk):
    shown = desk.post(NEW, CASINO)

    again = desk.post(NEW, CASINO | {"pattern": "pain", "save": keep_button(shown)})

    assert again.status_code == 200
    assert Rule.objects.count() == 0


def test_a_rule_counts_from_then_on_and_is_named(make_rule, say):
    text = "Le pain du casino était rassis, la mie serrée, la croûte molle."
    assert say(text).status == Status.PUBLISHED

    make_rule(note="trois fois cette semaine")
    comment = say(f"{text} Vraiment.")

    assert comment.status == Status.HELD
    sentences = [
        evidence["sentence"]
        for reason in Explained(comment).for_moderator
        for evidence in reason["evidence"]
    ]
    day = timezone.localdate().year
    (named,) = [s for s in sentences if "liste de mots" in s]
    assert "(Camille, " in named
    assert f"{day}\u00a0: trois fois cette semaine)" in named


def test_a_rule_whose_day_is_over_does_nothing(make_rule, say):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    make_rule(ends_on=yesterday)

    comment = say("Le pain du casino était rassis, la mie serrée, la croûte molle.")

    assert comment.status == Status.PUBLISHED


def test_a_rule_counts_on_its_last_day(make_rule, say):
    make_rule(ends_on=timezone.localdate())

    assert say("Un casino et du pain").status == Status.HELD


def test_somebody_muted_is_held_and_never_rejected(make_rule, say, welcome_text):
    first = say(welcome_text)
    make_rule(kind="commenter", pattern="", commenter=first.commenter, reason="abusive")

    second = say(f"{welcome_text} Encore moi.")

    assert second.status == Status.HELD
    assert second.decisions.count() == 0


def test_somebody_trusted_appears_at_once(make_rule, say, la_pub):
    person = Commenter.objects.create(email=la_pub["email"])
    make_rule(kind="commenter", pattern="", commenter=person, effect="allow", reason="")

    assert say(**la_pub).status == Status.PUBLISHED


def test_rules_are_read_in_one_query_however_many(make_rule, django_assert_num_queries):
    for number in range(5):
        make_rule(pattern=f"casino{number}")

    with django_assert_num_queries(1):
        assert len(rules.in_force()) == 5


def test_a_preview_takes_the_same_queries_for_any_number_of_comments(
    desk, post, django_assert_max_num_queries
):
    for number in range(30):
        CommentFactory(post=post, comment=f"Casino numéro {number}")
    desk.post(NEW, CASINO)

    with django_assert_max_num_queries(16):
        shown = desk.post(NEW, CASINO)
    assert shown.context["number_changed"] == 30


def test_a_preview_looks_at_the_last_500_and_no_further(desk, post, monkeypatch):
    monkeypatch.setattr(rules, "TRIED_ON", 3)
    for number in range(5):
        CommentFactory(post=post, comment=f"Casino numéro {number}")

    found, changed = rules.preview(Rule(author=post.author, **CASINO))

    assert (found.tried, len(changed)) == (3, 3)
    assert changed[0].comment == "Casino numéro 4"


def test_changing_and_removing_a_rule_is_recorded_with_who_did(
    desk, make_rule, moderator
):
    rule = make_rule()
    url = f"/moderation/rules/{rule.pk}/"
    typed = CASINO | {"pattern": "poker", "note": "plus juste"}

    shown = desk.post(url, typed)
    desk.post(url, typed | {"save": keep_button(shown)})
    desk.post(f"{url}remove/")
    desk.post(f"{url}remove/")

    assert not Rule.objects.exists()
    changes = RuleChange.objects.order_by("pk").values_list("action", "pattern", "note")
    assert list(changes) == [
        ("made", "casino", ""),
        ("changed", "poker", "plus juste"),
        ("removed", "poker", "plus juste"),
    ]
    assert {change.moderator for change in RuleChange.objects.all()} == {moderator}


def test_the_record_of_rules_cannot_be_rewritten(make_rule):
    make_rule()
    change = RuleChange.objects.get()

    for spoil in (change.save, change.delete, RuleChange.objects.all().delete):
        with pytest.raises(TypeError):
            spoil()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"pattern": ""}, "pattern"),
        ({"pattern": "!!! …"}, "pattern"),
        ({"kind": "host", "pattern": "casino"}, "pattern"),
        ({"kind": "host", "pattern": "moi@casino.example"}, "pattern"),
        ({"kind": "address", "pattern": "casino.example"}, "pattern"),
        ({"kind": "commenter", "pattern": "nobody@mail.example"}, "pattern"),
        ({"kind": "regex"}, "kind"),
        ({"reason": ""}, "reason"),
        ({"ends_on": "2001-01-01"}, "ends_on"),
        ({"ends_on": "soon"}, "ends_on"),
    ],
)
def test_a_rule_that_says_nothing_is_not_taken(desk, typed, field):
    response = desk.post(NEW, CASINO | typed)

    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("word", "  Crédit   FACILE ", "credit facile"),
        ("host", "https://www.Casino.example/jouer", "casino.example"),
        ("address", "Moi@Casino.example", "moi@casino.example"),
        ("address", "@Casino.example", "@casino.example"),
    ],
)
def test_what_is_typed_is_kept_in_one_form(desk, kind, typed, kept):
    terms = CASINO | {"kind": kind, "pattern": typed}
    desk.post(NEW, terms | {"save": keep_button(desk.post(NEW, terms))})

    assert Rule.objects.get().pattern == kept
    again = desk.post(NEW, terms)
    assert "pattern" in again.context["form"].errors


def test_a_card_leads_to_a_rule_about_its_writer(desk, held_comment):
    page = lxml_html.fromstring(desk.get(f"/moderation/{held_comment.pk}/").content)
    links = page.xpath('//a[contains(@href, "rules/new/")]/@href')

    assert len(links) == 2
    form = desk.get(links[0]).context["form"]
    assert form["kind"].value() == "commenter"
    assert form["pattern"].value() == held_comment.user_email


def test_of_an_erased_writer_no_rule_and_no_address_is_left(make_rule, held_comment):
    make_rule(kind="commenter", pattern="", commenter=held_comment.commenter)

    services.erase_author(held_comment.commenter)

    assert not Rule.objects.exists()
    assert RuleChange.objects.get().subject == ""


def test_the_database_takes_no_rule_without_a_reason_or_a_subject(moderator):
    for terms in ({"reason": ""}, {"pattern": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rule.objects.create(author=moderator, **(CASINO | terms))


def test_lists_are_not_for_a_blogger_who_moderates_their_own(client, in_role):
    client.force_login(in_role("Bloggers"))

    for url in ("/moderation/rules/", NEW, "/moderation/rules/1/"):
        assert client.get(url).status_code == 403
    assert "/moderation/rules/" not in client.get("/moderation/").content.decode()


def test_a_blog_that_holds_first_comments_lets_those_pass_that_a_rule_vouches_for(
    make_rule, say, welcome_text
):
    Blog.objects.create(title_fr="Les carnets", comment_policy="hold_first")
    assert say(welcome_text).status == Status.HELD

    person = Commenter.objects.get()
    make_rule(kind="commenter", pattern="", commenter=person, effect="allow", reason="")

    assert say(f"{welcome_text} Encore moi.").status == Status.PUBLISHED


def test_a_blog_that_holds_every_comment_holds_every_comment(
    make_rule, say, welcome_text
):
    Blog.objects.create(title_fr="Les carnets", comment_policy="hold_all")
    make_rule(pattern="pain", effect="allow", reason="")

    assert say(welcome_text).status == Status.HELD
