"""What holds of all evidence: it quotes, it can be weighed, and it can be told."""

import math
import re
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments.moderation import detectors
from comments.moderation.detectors import DETECTORS
from comments.moderation.explanations import FOR_MODERATOR, for_moderator
from comments.moderation.pipeline import screen
from comments.moderation.verdicts import Writer

from .submissions import BREAD, LA_PUB, LA_PUB_IN_ENGLISH, TRAIN, make_submission

CODE = re.compile(
    r'"((?:promotional|affiliation|automated|abusive|writer|off_topic|learned)'
    r'\.[a-z_]+)"'
)
MILL = Writer(name="Paul", email="paul@moulin-saint-luc.example")
PRAISED = "Le Moulin Saint-Luc est formidable, n'hésitez pas à les appeler !"


def codes_in_the_source():
    folder = Path(detectors.__file__).parent
    return {
        code
        for path in folder.glob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }


def by(**fields):
    return {"writer": Writer(**fields)}


EXAMPLES = {
    "promotional.self_promotion": ("Visit my website.", {}),
    "promotional.commerce": ("Livraison gratuite partout.", {}),
    "promotional.invitation": ("Je vous invite à la fête.", {}),
    "promotional.suggestion": ("Jetez un œil.", {}),
    "promotional.trade": ("C'est pas cher.", {}),
    "promotional.ours": ("Notre équipe répond.", {}),
    "promotional.most_of_it": ("Check out my new website.", {}),
    "promotional.praise": ("Une équipe formidable.", {}),
    "promotional.organisation": (LA_PUB, {}),
    "promotional.contact": ("+33 6 12 34 56 78", {}),
    "promotional.money": ("Le tout pour 12 €.", {}),
    "promotional.link": (
        "I wrote about the same sleeper in March, with the price of a couchette and "
        "the name of the station: https://rails.example/naples",
        {},
    ),
    "promotional.bare_link": ("Comme ici, tout pareil : https://a.example/b", {}),
    "promotional.only_link": ("https://a.example/b", {}),
    "promotional.own_link": ("https://a.example/b", by(url="https://a.example")),
    "promotional.paid_link": ("https://a.example/?ref=4604", {}),
    "promotional.short_link": ("https://bit.ly/2xYz", {}),
    "promotional.keyword_link": ("https://best-casino.example/", {}),
    "promotional.address_as_name": ("Bien vu.", by(name="www.montres.example")),
    "promotional.keyword_name": ("Bien vu.", by(name="plombier Paris")),
    "promotional.keyword_site": ("Vu.", by(name="Jo", url="https://a-seo.example")),
    "promotional.own_praise": (
        PRAISED,
        by(name="Moulin Saint-Luc", email="info@moulin-saint-luc.example"),
    ),
    "affiliation.named": (PRAISED, {"writer": MILL}),
    "affiliation.praise": (PRAISED, {"writer": MILL}),
    "affiliation.invitation": (PRAISED, {"writer": MILL}),
    "affiliation.tie_mail": (PRAISED, {"writer": MILL}),
    "affiliation.tie_site": (PRAISED, by(url="https://moulin-saint-luc.example")),
    "affiliation.tie_name": (
        "La Cordonnerie Lachenal est formidable, allez-y.",
        by(name="Denis Lachenal"),
    ),
    "affiliation.pitch": (PRAISED, {"writer": MILL}),
    "affiliation.ours": (f"{PRAISED} Notre équipe vous attend.", {"writer": MILL}),
    "affiliation.inside": (f"{PRAISED} Il reste deux places.", {"writer": MILL}),
    "affiliation.house": (PRAISED, by(name="Paul", email="info@grain.example")),
    "affiliation.near": (
        "Dubochet a une farine superbe pour le levain et la mie, essayez le seigle.",
        {"subject": BREAD},
    ),
    "affiliation.lived": ("Dubochet est superbe, j'y ai mangé, allez-y.", {}),
    "affiliation.critical": (f"{PRAISED} Évitez août.", {"writer": MILL}),
    "affiliation.nothing_else": (LA_PUB, {}),
    "affiliation.disclosed": (f"J'y travaille. {PRAISED}", {"writer": MILL}),
    "affiliation.signed": (
        PRAISED,
        by(name="Moulin Saint-Luc", email="info@moulin-saint-luc.example"),
    ),
    "affiliation.denied": (
        PRAISED,
        by(name="Paul", email="paul@moulin-saint-luc.example", denies_tie=True),
    ),
    "automated.honeypot": ("Bonjour", {"honeypot": "pills"}),
    "automated.repeat": ("Bonjour", {"repeats": 2}),
    "automated.invisible": ("Buy v\u200bi\u200ba", {}),
    "automated.mixed_script": ("Great cаsinо tonight", {}),
    "automated.disguised_link": ("Voir montres . com pour cela", {}),
    "automated.spaced_out": ("Des v i a g r a ici", {}),
    "automated.gibberish": ("Nice. gdkfcdbddgfk", {}),
    "automated.template": ("{Bonjour|Salut}, {bel|bon} article", {}),
    "automated.markup": ("[url=https://a.example]a[/url]", {}),
    "automated.many_links": (" ".join(f"https://a{n}.example" for n in range(5)), {}),
    "automated.flattery": ("Nice blog! Very good post, keep it up.", {}),
    "automated.flatterer_with_site": (
        "Nice blog! Very good post, keep it up.",
        by(url="https://a-site.example"),
    ),
    "automated.trackback": ("Our page... [...]The post of 5.7.0[...]...", {}),
    "automated.nothing_said": ("Thanks, that helped.", by(url="https://a.example")),
    "automated.named_as_site": (
        "Thanks, that helped.",
        by(name="Food Home", url="https://food-home.example"),
    ),
    "automated.again_and_again": ("Écoutez ce disque. " * 6, {}),
    "abusive.insult": ("Ferme ta gueule.", {}),
    "abusive.contempt": ("Vous êtes pitoyables, minables et hypocrites.", {}),
    "abusive.coarse": ("Votre texte, c'est de la merde.", {}),
    "abusive.shouting": ("Ferme ta gueule. TOUT LE MONDE VOUS DÉTESTE ICI", {}),
    "writer.stranger": (PRAISED, by(name="Paul")),
    "writer.known": (PRAISED, by(name="Paul", published=3)),
    "writer.rejected": (PRAISED, by(name="Paul", rejected=3)),
    "writer.confirmed": (PRAISED, by(name="Paul", is_confirmed=True)),
    "writer.declared": (PRAISED, by(name="Paul", affiliation="Moulin Saint-Luc")),
}

SNIPPETS = [
    *(body for body, _ in EXAMPLES.values()),
    LA_PUB_IN_ENGLISH,
    "ＦＲＥＥ ﬁnancing, œuvre, ÆON, İstanbul, ß",
    "L'Église de la Lumière, Desk & Bean et l'été à Saint-Loup",
    "100 %(words)s %s {0}",
    "\u0301é\u0301 \u200b\ufeff",
    "e\u0301quipe formidable",
]
texts = st.lists(
    st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=40)), max_size=5
).map(" ".join)
short = st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=30))
writers = st.builds(
    Writer,
    name=short,
    email=st.sampled_from(["", "a@gmail.com", "paul@moulin-saint-luc.example", "@"]),
    url=st.sampled_from(["", "https://eglise-lumiere.example/x", "seo.example", "::"]),
    affiliation=st.one_of(st.just(""), short),
    denies_tie=st.booleans(),
    published=st.integers(0, 50),
    rejected=st.integers(0, 50),
    is_confirmed=st.booleans(),
)
submissions = st.builds(
    make_submission,
    texts,
    subject=st.sampled_from([BREAD, TRAIN]),
    writer=writers,
    repeats=st.integers(0, 3),
    honeypot=st.one_of(st.just(""), short),
)


@given(submissions)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_all_evidence_quotes_weighs_and_can_be_told(submission):
    writer = submission.writer
    about_the_writer = (
        writer.name,
        writer.email,
        writer.url,
        writer.affiliation,
        submission.honeypot,
    )
    for detect in DETECTORS.values():
        for item in detect(submission):
            assert math.isfinite(item.weight)
            assert item.excerpt in submission.body or any(
                item.excerpt in source for source in about_the_writer
            ), item
            assert item.code in FOR_MODERATOR
            assert for_moderator(item)


@pytest.mark.parametrize("code", EXAMPLES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_observation_is_told_in_both_languages(code, language):
    body, fields = EXAMPLES[code]
    submission = make_submission(body, **fields)
    found = [e for detect in DETECTORS.values() for e in detect(submission)]
    item = next(item for item in found if item.code == code)

    with translation.override(language):
        told = for_moderator(item)

    assert "%(" not in told
    assert item.excerpt in told
    with translation.override("en" if language == "fr" else "fr"):
        assert for_moderator(item) != told


def test_no_observation_lacks_a_sentence_or_an_example():
    emitted = codes_in_the_source()

    assert emitted - set(FOR_MODERATOR) == set()
    ours = ("promotional.", "affiliation.", "automated.", "abusive.", "writer.")
    assert {code for code in emitted if code.startswith(ours)} == set(EXAMPLES)


def test_no_sentence_is_left_of_what_is_no_longer_observed():
    kinds = ("promotional.", "affiliation.", "automated.", "abusive.", "writer.")
    told = {code for code in FOR_MODERATOR if code.startswith(kinds)}

    assert told - codes_in_the_source() == set()


@pytest.mark.parametrize("body", [LA_PUB, LA_PUB_IN_ENGLISH])
def test_la_pub_has_a_sentence_for_each_observation_in_its_verdict(body):
    for item in screen(make_submission(body)).evidence:
        assert "%(" not in for_moderator(item)
