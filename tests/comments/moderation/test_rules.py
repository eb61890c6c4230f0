"""What moderators say in advance: what it matches, and what follows."""

import pytest

from comments.moderation import explanations, pipeline, policy
from comments.moderation.rules import (
    Effect,
    Kind,
    Rule,
    Seen,
    Written,
    matching,
    preview,
)
from comments.moderation.verdicts import Outcome, Reason, Writer

from .submissions import BREAD, INNOCENT, LA_PUB, make_submission

KNOWN = Writer(name="Luc", email="luc@mail.example", published=40, is_confirmed=True)
INSULT = "Espèce de connard, ta gueule, va te faire foutre."


def rule(kind, pattern, effect=Effect.BLOCK, **fields):
    reason = "promotional" if effect == Effect.BLOCK else ""
    return Rule(
        kind=kind, pattern=pattern, effect=effect, **({"reason": reason} | fields)
    )


def excerpts(a_rule, body="", **written):
    return [m.excerpt for m in matching(Written(body=body, **written), [a_rule])]


@pytest.mark.parametrize(
    ("pattern", "body", "found"),
    [
        ("casino", "Le CASINO, enfin !", ["CASINO"]),
        ("casino", "A casino near you", ["casino"]),
        ("casino", "Un саsino caché", ["саsino"]),  # Cyrillic с and а
        ("casino", "ca\u200bsino", ["ca\u200bsino"]),
        ("casino", "les casinos d'hier", []),
        ("credit facile", "Un crédit -- facile ?", ["crédit -- facile"]),
        ("crédit facile", "facile, ce crédit", []),
        ("l'été", "C'est l\u2019ete", ["l\u2019ete"]),
        ("a.b|c*", "a b c", ["a b c"]),  # never an expression
        ("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", []),
    ],
)
def test_a_word_is_found_whole_in_whatever_dress(pattern, body, found):
    assert excerpts(rule(Kind.WORD, pattern), body) == found


def test_a_word_is_found_in_the_name_and_the_declared_tie_as_well():
    casino = rule(Kind.WORD, "casino")

    assert excerpts(casino, name="Casino Lucky") == ["Casino"]
    assert excerpts(casino, affiliation="le casino") == ["casino"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("voir https://shop.example/a?b=c", ["shop.example"]),
        ("voir HTTP://WWW.Sub.Shop.Example:80/", ["WWW.Sub.Shop.Example"]),
        ("voir shop.example.", ["shop.example"]),
        ("voir sh\u043ep.example", ["sh\u043ep.example"]),
        ("écrire à moi@shop.example", ["shop.example"]),
        ("https://archive.example/http://shop.example", ["shop.example"]),
        ("voir https://workshop.example/", []),
        ("voir https://shop.example.org/", []),
        ("voir https://other.example/shop.example", []),
        ("voir https://other.example/?u=shop.example", []),
    ],
)
def test_a_site_is_its_own_name_or_the_end_of_a_longer_one(body, found):
    assert excerpts(rule(Kind.HOST, "shop.example"), body) == found


def test_the_site_somebody_gives_is_a_place_as_well():
    found = matching(
        Written(body="", url="https://www.shop.example/me"),
        [rule(Kind.HOST, "shop.example")],
    )

    assert [(m.excerpt, m.place) for m in found] == [
        ("https://www.shop.example/me", "site")
    ]


@pytest.mark.parametrize(
    ("pattern", "email", "applies"),
    [
        ("luc@mail.example", " LUC@mail.example", True),
        ("luc@mail.example", "jean-luc@mail.example", False),
        ("@mail.example", "luc@mail.example", True),
        ("@mail.example", "luc@eu.mail.example", True),
        ("@mail.example", "luc@gmail.example", False),
        ("@mail.example", "mail.example", False),
    ],
)
def test_an_address_is_exact_and_a_place_is_all_addresses_there(
    pattern, email, applies
):
    assert bool(excerpts(rule(Kind.ADDRESS, pattern), email=email)) is applies


def test_a_site_lets_pass_only_what_links_to_nothing_else():
    good = rule(Kind.HOST, "good.example", Effect.ALLOW)

    assert excerpts(good, "https://eu.good.example/x") == ["eu.good.example"]
    assert excerpts(good, "https://good.example et https://evil.example") == []
    assert excerpts(good, "https://g\u043eod.example") == []  # a look-alike


# In the verdict --------------------------------------------------------------------


def ruling(body, *rules, writer=None, subject=BREAD):
    submission = make_submission(body, subject=subject, writer=writer, rules=rules)
    return policy.decide(pipeline.screen(submission), submission.writer)


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("writer", [KNOWN, Writer(name="Odile")], ids=["known", "new"])
@pytest.mark.parametrize(("subject", "body"), INNOCENT[2:4])
def test_a_blocking_rule_holds_by_itself(reason, writer, subject, body):
    written = rule(Kind.WORD, body.split()[3], reason=reason.value)

    outcome = ruling(body, written, writer=writer, subject=subject)

    assert outcome.outcome in {Outcome.HOLD, Outcome.ASK}
    assert reason in outcome.reasons
    assert ruling(body, writer=writer, subject=subject).outcome == Outcome.PUBLISH


def test_a_trusted_person_appears_whatever_they_write_but_an_insult():
    writer = Writer(name="Sandra", email="sandra@asso.example")
    trust = rule(Kind.COMMENTER, "sandra@asso.example", Effect.ALLOW)

    assert ruling(LA_PUB, writer=writer).outcome != Outcome.PUBLISH
    assert ruling(LA_PUB, trust, writer=writer).outcome == Outcome.PUBLISH
    assert ruling(INSULT, trust, writer=writer).outcome == Outcome.HOLD


@pytest.mark.parametrize("strictness", list(policy.Strictness))
def test_who_stands_on_both_lists_waits(strictness):
    submission = make_submission(
        INNOCENT[2][1],
        subject=BREAD,
        writer=KNOWN,
        rules=(
            rule(Kind.COMMENTER, KNOWN.email, Effect.ALLOW),
            rule(Kind.WORD, "pousse"),
        ),
    )
    verdict = pipeline.screen(submission)

    decided = policy.decide(verdict, KNOWN, strictness=strictness)

    assert decided.outcome == Outcome.HOLD
    assert not [e for e in verdict.evidence if e.code.endswith(".allow")]


def test_the_explanation_names_the_rule_who_made_it_and_their_note():
    casino = rule(
        Kind.WORD, "casino", author="Ana", since="2026-05-03", note="trois fois déjà"
    )
    verdict = pipeline.screen(make_submission("Un Casino", rules=(casino,)))
    (evidence,) = [e for e in verdict.evidence if e.code == "rule.word.block"]

    assert explanations.for_moderator(evidence) == (
        "«\u00a0Casino\u00a0» est sur votre liste de mots qui attendent "
        "(Ana, 2026-05-03\u00a0: trois "
        "fois déjà)."
    )


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [(Kind.ADDRESS, "@asso.example"), (Kind.COMMENTER, "s@asso.example"),
     (Kind.HOST, "sandra.example")],
)  # fmt: skip
def test_its_writer_is_not_told_of_lists_about_themselves(kind, pattern):
    writer = Writer(name="Sandra", email="s@asso.example", url="https://sandra.example")
    verdict = pipeline.screen(
        make_submission("Le pain", writer=writer, rules=(rule(kind, pattern),))
    )
    seen = [e for e in verdict.evidence if e.reason == Reason.PROMOTIONAL]

    told = explanations.for_writer(Reason.PROMOTIONAL, seen)

    assert not any(word in told for word in ("Sandra", "asso", "sandra.example"))


# Before it is kept -----------------------------------------------------------------


def seen(key, body, **fields):
    return Seen(
        key=key, written=Written(body=body), **({"is_published": True} | fields)
    )


def test_a_preview_counts_what_would_have_waited():
    tried = [
        seen(1, "le casino"),
        seen(2, "le pain"),
        seen(3, "un casino", is_published=False, reasons=frozenset({"off_topic"})),
        seen(4, "mon casino", is_team=True),
    ]

    found = preview(rule(Kind.WORD, "casino"), tried)

    assert (found.tried, found.applies, found.changed) == (4, 3, {1: "casino"})


def test_a_preview_counts_what_would_have_appeared():
    held = {"is_published": False, "reasons": frozenset({"promotional"})}
    tried = [
        seen(1, "le casino", **held),
        seen(2, "le casino"),
        seen(3, "le casino", is_published=False, reasons=frozenset({"abusive"})),
        seen(4, "le casino", **held, waits_anyhow=True),
        seen(5, "le casino", is_published=False),  # by the blog's policy
        seen(6, "le casino et la roulette", **held),
    ]

    found = preview(
        rule(Kind.WORD, "casino", Effect.ALLOW), tried, [rule(Kind.WORD, "roulette")]
    )

    assert (found.applies, found.changed) == (6, {1: "casino"})
