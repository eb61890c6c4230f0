"""Who is tied to whom: by an address, by a “we” that offers, by what one knows."""

import pytest

from comments.moderation import organisations
from comments.moderation.detectors import affiliation
from comments.moderation.pipeline import screen
from comments.moderation.policy import decide
from comments.moderation.ties import house_address, ties
from comments.moderation.verdicts import Outcome, Writer

from .submissions import BREAD, TRAIN, make_submission

NOBODY = Writer(name="Odile", email="odile@gmail.com")


def tied_to(body, **writer):
    found = ties(make_submission(body, writer=Writer(**writer)))
    return [(tie.kind, tie.named, tie.is_whole) for tie in found]


def seen(body, writer=NOBODY, subject=BREAD):
    return {
        item.code: item
        for item in affiliation.detect(
            make_submission(body, writer=writer, subject=subject)
        )
    }


def outcome(body, writer=NOBODY, subject=BREAD):
    submission = make_submission(body, writer=writer, subject=subject)
    return decide(screen(submission), writer).outcome


@pytest.mark.parametrize(
    ("body", "writer", "expected"),
    [
        (
            "Ask Anna Brook, she answers.",
            {"email": "office@voteannabrook.example"},
            ("mail", "Anna Brook", True),
        ),
        (
            "Les soirées de la Fabrique des Ponts sont belles.",
            {"email": "bonjour@lesponts.example"},
            ("mail", "Ponts", True),
        ),
        (
            "There is a farm near us, Ardle Goats, which lends them.",
            {"email": "jo@goatmilk-of-ardle.example"},
            ("mail", "Ardle Goats", True),
        ),
        (
            "Ma mère est aux Mimosas, à Royan.",
            {"email": "direction@residence-mimosas.example"},
            ("mail", "Mimosas", False),
        ),
        (
            "Je commande tout chez VisDirect24.",
            {"email": "paul.visdirect24@gmail.com"},
            ("mail", "VisDirect24", True),
        ),
        (
            "Kettles Abroad meets in six towns.",
            {"email": "kettlesabroad.north@gmail.com"},
            ("mail", "Kettles Abroad", True),
        ),
        (
            "J'adore la chaîne Pain en pyjama, quel rire.",
            {"url": "https://youtube.com/@pain-en-pyjama"},
            ("site", "Pain en pyjama", True),
        ),
        (
            "Les bols de Terre Lente sont beaux.",
            {"url": "https://www.etsy.com/shop/TerreLente"},
            ("site", "Terre Lente", True),
        ),
        (
            "The Crumb Room has rye on Fridays.",
            {"url": "https://crumbroom.wordpress.com"},
            ("site", "Crumb Room", True),
        ),
    ],
)
def test_a_name_and_an_address_meet_however_they_are_spelled(body, writer, expected):
    assert tied_to(body, **writer) == [expected]


@pytest.mark.parametrize(
    ("body", "writer"),
    [
        ("Merci pour la recette.\nPaul Levain", {"email": "paul.levain@gmail.com"}),
        ("Thanks a lot, Anna Brook", {"url": "https://annabrook.wordpress.com"}),
        ("J'aime le pain de Rennes.", {"email": "marc@menuiserie-roux.example"}),
    ],
)
def test_a_signature_or_another_town_ties_to_nobody(body, writer):
    assert tied_to(body, **writer) == []


def test_the_capital_of_a_bidding_begins_no_name():
    assert organisations.names("Saluez Dubochet de ma part.") == ("Dubochet",)
    assert organisations.names("Bande-annonce : très drôle.") == ()


def test_a_name_ends_with_its_line():
    names = organisations.names("Voyez Anna Brook\nKettles Abroad")

    assert set(names) == {"Anna Brook", "Kettles Abroad"}


def test_an_ordinary_word_in_capitals_is_a_name_only_to_its_house():
    assert organisations.capitals("On va chez la Reprise, rue des Ponts.") == (
        "Reprise",
        "Ponts",
    )
    assert organisations.names("On va chez la Reprise, rue des Ponts.") == ()


@pytest.mark.parametrize(
    "body",
    [
        "At Ardle Goats they know what to do with rye crumbs.",
        "Le Fournil Perrin cuit au bois, comme dans le billet.",
    ],
)
def test_who_writes_from_the_house_they_name_is_asked(body):
    of_goats = Writer(name="Jo", email="jo@ardlegoats.example")
    of_perrin = Writer(name="Jo", email="jo@fournil-perrin.example")
    writer = of_goats if "Goats" in body else of_perrin

    assert outcome(body, writer) == Outcome.ASK
    assert outcome(body) == Outcome.PUBLISH


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("Essayez chez Grain & Co, on livre le mardi.", "on livre"),
        ("Chez Grain & Co nous organisons des stages.", "nous organisons"),
        ("Grain & Co : notre prochain stage est en mars.", "notre prochain stage"),
        ("On vient d'ouvrir Grain & Co à deux pas.", "On vient d'ouvrir"),
        ("I use Grain & Co. We launched it for slow bakers.", "We launched it"),
        ("See Grain & Co: we ship on Mondays.", "we ship"),
        ("Grain & Co is fun, our next session is free.", "our next session"),
        ("Come to Grain & Co, we've got two spaces left.", "we've got two spaces"),
    ],
)
def test_a_we_that_offers_speaks_for_the_house(body, excerpt):
    assert excerpt in seen(body)["affiliation.ours"].excerpt


@pytest.mark.parametrize(
    "body",
    [
        "Chez nous, dans la Creuse, on prend la farine Grain & Co.",
        "We went to Grain & Co and we made a cake of it.",
        "Nous avons goûté le pain de Grain & Co avec les enfants.",
        "On a organisé notre semaine autour du four de Grain & Co.",
        "We had ours from Grain & Co, and we can do a loaf a day.",
    ],
)
def test_the_we_of_a_family_speaks_for_nobody(body):
    assert "affiliation.ours" not in seen(body)


@pytest.mark.parametrize(
    ("body", "excerpts"),
    [
        ("Le Fournil Perrin est superbe, il reste deux places.", 1),
        ("Fournil Perrin, superbe : ouvert du mardi au samedi, 12 € le pain.", 2),
        ("Perrin Bakery is superb: bookings for May, £9 a head, opens on Monday.", 3),
        ("Perrin Bakery is superb, I ate there twice.", 0),
    ],
)
def test_places_hours_and_prices_are_known_from_inside(body, excerpts):
    baker = Writer(
        name="Jo",
        email="jo@fournil-perrin.example",
        url="https://perrinbakery.example",
    )
    found = affiliation.detect(make_submission(body, writer=baker, subject=BREAD))
    inside = [item for item in found if item.code == "affiliation.inside"]

    assert len(inside) == excerpts
    assert all(item.excerpt in body for item in inside)
    weights = [item.weight for item in inside]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    "body",
    [
        "Next time stop at Perrin Bakery: warm loaves and a stove.",
        "Poussez la porte du Fournil Perrin, il y fait chaud.",
    ],
)
def test_telling_people_where_to_go_invites_them(body):
    writer = Writer(name="Jo", url="https://fournil-perrin.example")
    baker = Writer(name="Jo", url="https://perrinbakery.example")
    found = seen(body, baker if "Bakery" in body else writer)

    assert "affiliation.invitation" in found


def test_who_criticises_a_house_does_not_advertise_it():
    house = Writer(name="Jo", email="jo@fournil-perrin.example")
    body = "N'achetez pas le pain du Fournil Perrin en août, il sèche."

    assert seen(body, house)["affiliation.critical"].weight < 0
    assert outcome(body, house) == Outcome.PUBLISH


@pytest.mark.parametrize(
    ("body", "tied"),
    [
        ("I bake the rye for Perrin Bakery, so weigh my words.", True),
        ("Perrin Bakery, and this is my own job I speak of: salt it more.", True),
        ("Je pétris la nuit pour le Fournil Perrin.", True),
        ("Fournil Perrin : je suis mal placé pour en parler, j'y étais.", True),
        ("I looked for Perrin Bakery all morning.", False),
        ("J'ai opté pour le Fournil Perrin.", False),
    ],
)
def test_what_one_does_for_a_house_tells_the_tie(body, tied):
    writer = Writer(name="Jo", email="jo@perrinbakery.example")
    baker = Writer(name="Jo", email="jo@fournil-perrin.example")
    found = seen(body, writer if "Bakery" in body else baker)

    assert ("affiliation.disclosed" in found) is tied


def test_a_house_that_signs_and_sells_is_asked_whom_it_speaks_for():
    house = Writer(name="Kettles Abroad", email="kettlesabroad.north@gmail.com")
    body = (
        "Kettles Abroad runs a superb sleeper in six countries. Ring before noon on "
        "any day; with twenty more members we could start in your valley by Easter."
    )

    assert outcome(body, house, subject=TRAIN) != Outcome.PUBLISH


def test_who_speaks_of_their_own_name_as_of_another_is_tied_to_it():
    pianist = {"name": "Anna Dubochet"}

    assert tied_to("La pianiste Anna Dubochet joue partout.", **pianist) == [
        ("name", "Anna Dubochet", False)
    ]
    assert tied_to("Je joue partout.\nAnna Dubochet", **pianist) == []
    assert tied_to("Anna a bien raison.", **pianist) == []
    assert tied_to("I use Dubochet.", name="Never a user of Dubochet again") == []


def test_a_house_without_a_name_is_called_by_its_kind():
    body = "Venez à la boulangerie : nous livrons aussi le pain, et c'est un régal !"

    assert seen(body)["affiliation.named"].excerpt == "boulangerie"
    assert seen("La boulangerie est un régal, allez-y !") == {}


def test_what_the_conversation_speaks_of_already_nobody_brings_in():
    body = "Dubochet is superb, give it a try."
    thread = ("I buy mine from Dubochet.",)

    assert organisations.organisations(make_submission(body, subject=BREAD))
    assert not organisations.organisations(
        make_submission(body, subject=BREAD, thread=thread)
    )


def test_further_praise_weighs_less_each_time():
    body = "Dubochet est superbe, adorable et délicieux, allez-y."
    found = affiliation.detect(make_submission(body, writer=NOBODY, subject=BREAD))
    weights = [item.weight for item in found if item.code == "affiliation.praise"]

    assert len(weights) == 3
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    "body",
    [
        "La fondue de chez Dubochet est délicieuse, nous y avons mangé : essayez.",
        "Dubochet's bread is delicious, I bought two loaves: give it a try.",
    ],
)
def test_a_customer_tells_what_they_lived(body):
    assert seen(body)["affiliation.lived"].weight < 0
    assert outcome(body) == Outcome.PUBLISH


def test_praise_that_tells_what_one_lived_is_no_mere_appeal():
    appeal = (
        "Bonjour à tous, courez voir Dubochet : un vrai miracle, un bonheur, une perle "
        "et le sourire en plus, parlez-en autour de vous !"
    )
    lived = f"{appeal} J'y ai mangé onze fois."

    assert "affiliation.nothing_else" in seen(appeal, subject=TRAIN)
    assert "affiliation.nothing_else" not in seen(lived, subject=TRAIN)


@pytest.mark.parametrize(
    ("writer", "expected"),
    [
        ({"email": "info@grain.example"}, "info@grain.example"),
        ({"email": "bonjour@grain.example"}, "bonjour@grain.example"),
        ({"url": "https://grain.example/shop"}, "https://grain.example/shop"),
        ({"url": "https://grain.example/tarifs/"}, "https://grain.example/tarifs/"),
        ({"email": "info@gmail.com"}, ""),
        ({"email": "infante@grain.example"}, ""),
        ({"url": "https://grain.example/shopping-list"}, ""),
        ({"url": "https://shop.example"}, ""),
    ],
)
def test_some_addresses_are_those_of_a_house(writer, expected):
    assert house_address(Writer(**writer)) == expected


def test_who_writes_from_a_house_and_praises_one_is_asked():
    body = "Chez Dubochet le pain est délicieux et l'accueil adorable, allez-y."
    house = Writer(name="Jo", email="info@grain.example")

    assert seen(body, house)["affiliation.house"].excerpt == "info@grain.example"
    assert outcome(body, house) == Outcome.ASK


@pytest.mark.parametrize(
    "body",
    [
        "Le pain au levain de chez Dubochet est délicieux et superbe.",
        "Dubochet's sourdough is superb, and the crumb is a delight.",
        "Pour la farine de seigle, Dubochet est formidable, essayez.",
    ],
)
def test_praise_on_the_subject_by_a_third_party_is_published(body):
    assert outcome(body) == Outcome.PUBLISH


def test_a_we_that_a_family_may_say_as_well_weighs_less():
    offered = "At Grain & Co we ship superb rye."
    done = "At Grain & Co we bake superb rye."

    assert (
        seen(offered)["affiliation.ours"].weight
        > seen(done)["affiliation.ours"].weight
        > 0
    )


def test_who_speaks_of_the_post_as_well_is_less_doubted():
    body = (
        "Dubochet has a wonderful rye flour for the sourdough starter, give them a "
        "try: the crumb rises in the fridge."
    )
    near = seen(body)["affiliation.near"]

    assert near.weight < 0
    assert near.excerpt in body
    assert "affiliation.near" not in seen(body, subject=TRAIN)


def test_a_disappointment_that_never_comes_is_no_criticism():
    house = Writer(name="Jo", email="jo@dubochet.example")

    assert "affiliation.critical" not in seen("Dubochet : jamais déçu.", house)
    assert "affiliation.critical" in seen("Dubochet : très déçu, trop cher.", house)
