import pytest

from comments.moderation import organisations, pipeline
from comments.moderation.detectors import (
    abusive,
    affiliation,
    automated,
    off_topic,
    promotional,
    writer,
)
from comments.moderation.policy import decide
from comments.moderation.verdicts import Outcome, Reason, Writer

from .submissions import BREAD, INNOCENT, LA_PUB, TRAIN, TYRES, make_submission


def codes(detect, *args, **kwargs):
    return [item.code for item in detect(make_submission(*args, **kwargs))]


def excerpts(detect, *args, **kwargs):
    return [item.excerpt for item in detect(make_submission(*args, **kwargs))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Le code promo BLOG10 marche encore.", ["code promo"]),
        ("Use my promo code before Friday.", ["promo code"]),
        ("Découvrez nos services sans tarder.", ["nos services", "Découvrez"]),
        ("Contact us for a free quote.", ["free quote", "Contact us"]),
        ("My sourdough never rises in winter.", []),
        ("Mon levain ne monte jamais en hiver.", []),
    ],
)
def test_promotional_quotes_what_it_found(body, expected):
    found = excerpts(promotional.detect, body, subject=BREAD)

    assert set(expected) <= set(found)
    assert bool(found) == bool(expected)


def test_promotional_finds_a_phrase_typed_without_accents_or_in_capitals():
    assert "DECOUVREZ" in excerpts(promotional.detect, "DECOUVREZ cela", subject=BREAD)
    assert "découvrez" in excerpts(promotional.detect, "découvrez cela", subject=BREAD)


@pytest.mark.parametrize(
    "body", ["Quel article formidable !", "What an amazing post, thanks."]
)
def test_praise_of_the_post_is_no_advertising(body):
    assert codes(promotional.detect, body, subject=BREAD) == []


def test_links_to_the_blog_itself_advertise_nothing():
    body = "Vous en parliez déjà ici : https://blog.example/2019/levain"
    own = frozenset({"blog.example"})

    assert codes(promotional.detect, body, subject=BREAD, own_hosts=own) == []
    assert codes(promotional.detect, body, subject=BREAD) == ["promotional.bare_link"]


def test_off_topic_names_the_words_that_the_post_lacks():
    found = list(off_topic.detect(make_submission(LA_PUB, subject=TYRES)))

    assert [item.code for item in found] == ["off_topic.alien"]
    assert found[0].weight > 1
    assert found[0].excerpt in LA_PUB


def test_few_words_accuse_less_than_many_and_speak_for_a_comment_as_much():
    accused = [off_topic.bounded(2.0, length) for length in (1, 2, 4, 12, 100)]

    assert accused == sorted(accused)
    assert accused[0] < 0.5 < accused[2] < 2.0 < accused[4]
    assert off_topic.bounded(-2.0, 1) == off_topic.bounded(-2.0, 100) == -2.0
    assert off_topic.bounded(50.0, 100) == -off_topic.bounded(-50.0, 100)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        (
            BREAD,
            "La farine de seigle donne une croûte plus belle, la mie reste serrée.",
        ),
        (TRAIN, "The couchette is narrow, but the coffee in the sleeper is good."),
    ],
)
def test_off_topic_names_what_is_shared_in_favour(subject, body):
    found = list(off_topic.detect(make_submission(body, subject=subject)))

    assert [item.code for item in found] == ["off_topic.shared"]
    assert found[0].weight < 0


def test_the_conversation_makes_its_own_subject():
    body = "Ma perceuse à colonne vibre aussi, surtout avec un foret de douze."
    thread = ("Rien à voir, mais ma perceuse à colonne vibre quand le foret chauffe.",)

    alone = sum(e.weight for e in off_topic.detect(make_submission(body)))
    within = sum(
        e.weight for e in off_topic.detect(make_submission(body, thread=thread))
    )
    answer = sum(
        e.weight for e in off_topic.detect(make_submission(body, parent=thread[0]))
    )

    assert alone > 0 > within
    assert answer < 0


def test_a_comment_under_the_wrong_post_is_told_which_it_fits():
    body = "La farine de seigle et une pousse lente donnent une mie moins serrée."

    found = off_topic.detect(make_submission(body, other_posts=(TRAIN, BREAD)))

    assert [e.details["post"] for e in found if e.code == "off_topic.better"] == [
        BREAD.title
    ]


PRAISED = (
    "L'Atelier Ruchon répare tout, une équipe formidable. N'hésitez pas à les appeler !"
)


@pytest.mark.parametrize(
    "tied",
    [
        Writer(name="Paul", email="paul@atelier-ruchon.example"),
        Writer(name="Paul", url="https://www.atelier-ruchon.example/contact"),
        Writer(name="Paul", email="paul@atelierruchon.ch"),
    ],
)
def test_affiliation_sees_the_tie_in_the_address_or_the_site(tied):
    found = codes(affiliation.detect, PRAISED, writer=tied)

    assert any(code.startswith("affiliation.tie_") for code in found)


def test_a_declared_tie_silences_affiliation():
    tied = Writer(
        name="Paul",
        email="paul@atelier-ruchon.example",
        affiliation="Atelier Ruchon",
    )

    assert codes(affiliation.detect, PRAISED, writer=tied) == []


@pytest.mark.parametrize(
    "said",
    ["Je travaille chez eux, je précise. ", "Full disclosure, I work for them. "],
)
def test_a_tie_told_in_the_comment_weighs_against_a_hidden_one(said):
    tied = Writer(name="Paul", email="paul@atelier-ruchon.example")

    found = affiliation.detect(make_submission(said + PRAISED, writer=tied))

    assert [e.weight < 0 for e in found if e.code == "affiliation.disclosed"] == [True]


def test_saying_that_there_is_no_tie_is_evidence():
    denies = Writer(name="Paul", email="paul@atelier-ruchon.example", denies_tie=True)

    found = list(affiliation.detect(make_submission(PRAISED, writer=denies)))

    assert "affiliation.denied" in [item.code for item in found]
    assert sum(item.weight for item in found) > 0


def test_a_tie_without_praise_is_nothing():
    body = "J'en ai parlé sur carnet-de-paul.example, avec les photos des pneus."
    tied = Writer(name="Paul", url="https://carnet-de-paul.example")

    assert codes(affiliation.detect, body, writer=tied) == []


@pytest.mark.parametrize("provider", ["gmail.com", "bluewin.ch", "laposte.net"])
def test_a_mail_provider_ties_to_nobody(provider):
    body = f"{PRAISED} Le site est chez {provider.split('.')[0].capitalize()}."
    someone = Writer(name="Paul", email=f"paul@{provider}")

    assert not [
        code
        for code in codes(affiliation.detect, body, writer=someone)
        if "tie" in code
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Buy v\u200bi\u200ba\u200bg\u200br\u200ba here", "automated.invisible"),
        ("Bonjour à tous, v i a g r a moins cher", "automated.spaced_out"),
        ("Great cаsinо tonight", "automated.mixed_script"),
        ("[url=http://x.example]x[/url]", "automated.markup"),
        ('<a href="http://x.example">x</a>', "automated.markup"),
        ("Nice blog! Very good post, keep it up.", "automated.flattery"),
    ],
)
def test_automated_recognises_a_machine(body, code):
    assert code in codes(automated.detect, body)


@pytest.mark.parametrize(
    "body", ["Ça l'a fait 👩‍👩‍👧 !", "A B C, easy as 1 2 3", "Москва"]
)
def test_automated_takes_nobody_odd_for_a_machine(body):
    assert codes(automated.detect, body) == []


def test_what_was_typed_in_the_hidden_field_is_quoted():
    assert excerpts(automated.detect, "Bonjour", honeypot="cheap pills") == [
        "cheap pills"
    ]


def test_a_repeated_comment_is_likelier_automated_each_time():
    weights = [
        sum(e.weight for e in automated.detect(make_submission(repeats=n)))
        for n in range(4)
    ]

    assert weights[0] == 0
    assert weights == sorted(weights)


@pytest.mark.parametrize(
    "body",
    [
        "Ferme ta gueule, espèce d'idiot.",
        "T'es qu'un pauvre type.",
        "You are such an idiot, shut up.",
        "Go back to your country.",
        "You people are pathetic, watch your back.",
        "The idiot who wrote this should resign.",
        "Somebody should hang you. You whiny parasite.",
        "Bande de guignols, je vous emmerde.",
        "Vous êtes une belle ordure.",
        "T'es la pire des connes. Crevez tous !",
        "J'espère que vous crèverez.",
        "Va te faire foutre.",
    ],
)
def test_abusive_quotes_the_insult(body):
    assert "abusive.insult" in codes(abusive.detect, body)


@pytest.mark.parametrize(
    "body",
    [
        "Quel idiot je suis, j'avais oublié le sel !",
        "Vous êtes complètement à côté de la plaque sur le prix du billet.",
        "Putain, quelle belle miche.",
        "This stupid oven never gets hot enough.",
        "I was an idiot to trust that recipe.",
        "J'ai crevé hier, mais le ciel était dégagé.",
        "Ma vieille chatte va mourir, et le pneu va crever aussi.",
        "La ferme la plus proche vend du lait ; elle ferme la porte à midi.",
        "De grosses vaches curieuses nous ont suivis.",
        "Elle va te faire un gâteau. Tu n'es nulle part sur la photo.",
        "Ce pneu est bon à rien, et moi abruti de fatigue.",
        "Shut Up and Sit Down reviewed it, your kids are lovely.",
        "This piece of crap printer makes me sick, such a joke.",
        "It gives you garbage; you will never go back to your old oven.",
        "I felt like an idiot. Old software should die.",
        "She was drop dead gorgeous in that film.",
        "You're right, this stupid driver is crap and the docs are garbage.",
        "Tu as raison, cette mise à jour est nulle et ridicule.",
        "Avec un peu de retard, mais à vendre au bon prix : le mien.",
    ],
)
def test_strong_words_about_things_are_no_abuse(body):
    assert "abusive.insult" not in codes(abusive.detect, body, subject=BREAD)


def test_the_writer_weighs_for_those_known_here_and_against_strangers():
    def weight(person):
        return sum(e.weight for e in writer.detect(make_submission(writer=person)))

    assert weight(Writer(name="A")) > 0 > weight(Writer(name="A", published=3))
    assert weight(Writer(name="A", published=9)) < weight(Writer(name="A", published=1))
    assert weight(Writer(name="A", rejected=2)) > weight(Writer(name="A"))


def test_everything_about_the_writer_is_circumstantial():
    known = Writer(name="A", published=3, is_confirmed=True, affiliation="B")

    assert all(e.circumstantial for e in writer.detect(make_submission(writer=known)))


@pytest.mark.parametrize(("subject", "body"), INNOCENT)
def test_an_innocent_comment_is_neither_abusive_nor_automated(subject, body):
    reasons = {
        item.reason
        for detect in (abusive.detect, automated.detect)
        for item in detect(make_submission(body, subject=subject))
    }

    assert reasons & {Reason.ABUSIVE, Reason.AUTOMATED} == set()


def test_a_comment_far_from_the_post_is_off_topic_in_both_languages():
    english = "My accountant found three deductions for freelancers in the tax code."

    assert codes(off_topic.detect, english, subject=TYRES) == ["off_topic.alien"]


def test_of_thousands_of_names_only_some_are_looked_at():
    body = ",".join(f"Z{a}{b}" for a in "abcdefghijklmnop" for b in "abcdefghijklmnop")

    assert (
        len(organisations.organisations(make_submission(body, subject=BREAD)))
        == organisations.MOST_NAMES
    )


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ("Code promo -50 % : achetez maintenant", ["Code promo"]),
        ("Cheap watches, order now", ["order now"]),
        ("Boulangerie des Tilleuls (tilleuls.example)", []),
        ("I work for the Public Library", []),
    ],
)
def test_a_declared_tie_is_no_place_to_sell_from(tie, expected):
    found = excerpts(
        promotional.detect,
        INNOCENT[2][1],
        subject=BREAD,
        writer=Writer(affiliation=tie),
    )

    assert found == expected


@pytest.mark.parametrize("name", ["www.montres.example", "montres.com -50 %"])
def test_an_address_is_no_name(name):
    found = excerpts(
        promotional.detect, INNOCENT[2][1], subject=BREAD, writer=Writer(name=name)
    )

    assert found == [name]


def weight(detect, *args, **kwargs):
    return sum(item.weight for item in detect(make_submission(*args, **kwargs)))


def test_a_blogger_may_sign_with_the_address_of_a_blog_but_not_with_an_offer():
    own, shop = Writer(name="www.carnet.example"), Writer(name="montres.com -50 %")
    body = INNOCENT[2][1]

    assert weight(promotional.detect, body, writer=own) < 2
    assert weight(promotional.detect, body, writer=shop) > 3.5


@pytest.mark.parametrize(
    "body",
    [
        "Would you please help me to solve this problem?",
        "Please share that one too, it makes the article more helpful.",
        "I want to use it in my WebSite project, with the latest version.",
        "The order is guaranteed by the index, so click on the button.",
        "Will the customer subscribe a term deposit or not?",
        "J'ai téléchargé la version gratuite et suivi la notice.",
        "I run `backup -r sftp:bro@box.example.org:/photos` every night.",
        "for (const p of patterns) { if (pattern.test(input)) throw new Error(); }",
    ],
)
def test_what_everybody_says_is_no_advertising(body):
    assert codes(promotional.detect, body, subject=BREAD) == []


def test_a_word_of_trade_alone_weighs_little_and_a_call_to_buy_much():
    assert weight(promotional.detect, "L'un était en promo.", subject=BREAD) < 1.5
    assert weight(promotional.detect, "Discounts are rare.", subject=BREAD) < 1.5
    assert weight(promotional.detect, "-40 %, port offert, quantités limitées !") > 4
    assert weight(promotional.detect, "Only $39, unlimited revisions!") > 3.5


def test_no_words_are_counted_twice():
    found = excerpts(promotional.detect, "Please check out my new website today.")

    assert found.count("check out my") + found.count("check out") <= 1


def test_a_link_all_alone_weighs_more_than_one_beside_a_text():
    link = "https://a.example/b"

    assert weight(promotional.detect, link) > weight(
        promotional.detect, f"Voir ce qu'en dit l'autre : {link}"
    )
    assert codes(promotional.detect, "https://a.example/?ref=4604617") == [
        "promotional.only_link",
        "promotional.paid_link",
    ]


@pytest.mark.parametrize("said", ["", "Regardez ", "Look: "])
def test_an_address_alone_says_nothing_of_the_subject(said):
    link = "https://www.example.com/du-pain-au-levain"

    with_it = weight(off_topic.detect, said + link, subject=BREAD, thread=(link,))

    assert with_it == weight(off_topic.detect, said, subject=BREAD, thread=(link,))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Voir marketmontres . com/jeu pour cela", "automated.disguised_link"),
        ("Go to mysite dot com today", "automated.disguised_link"),
        ("hxxp://evil.example/now", "automated.disguised_link"),
        ("{Bonjour|Salut}, {super|bel} article !", "automated.template"),
        ("Achetez ce disque. " * 8, "automated.again_and_again"),
    ],
)
def test_automated_sees_through_disguises(body, code):
    assert code in codes(automated.detect, body)


@pytest.mark.parametrize(
    "body",
    [
        "Les sites . com se vendent cher.",
        "J'utilise ASP .NET depuis dix ans. Comme vous.",
        "P E A C E & L O V E",
        "D-D-D-D-D-DROP",
        "Le set {1, 2, 3} et la formule {x | x > 2}.",
        "Non, non, non et non !",
    ],
)
def test_automated_lets_emphasis_and_code_pass(body):
    assert codes(automated.detect, body) == []


def test_automated_knows_what_sites_send_each_other():
    sent = "Nos services... [...]Le pain est une affaire de temps. « Un blog[...]..."
    quoted = "Vous écrivez « [...] de la patience [...] », et je suis bien d'accord."

    assert codes(automated.detect, sent) == ["automated.trackback"]
    assert codes(automated.detect, quoted) == []


def test_a_word_of_thanks_under_a_site_is_no_reason_to_hold():
    writer = Writer(name="Food Home", url="https://food-home.example")

    said = pipeline.screen(make_submission("Merci beaucoup !", writer=writer))

    assert decide(said, writer).outcome == Outcome.PUBLISH
    assert weight(automated.detect, "Merci beaucoup !", writer=writer) > 0
    assert codes(automated.detect, "Merci beaucoup !", writer=Writer(name="Jo")) == []


def test_thanks_with_a_page_at_a_big_platform_are_not_those_of_a_machine():
    thanks = "Thank you so much for sharing. Keep posting!"
    someone = Writer(name="Arjun", url="https://gravatar.com/arjun")

    assert "automated.flatterer_with_site" not in codes(
        automated.detect, thanks, writer=someone
    )


STILL_WATERS = "Still Waters has helped so many of us, a gentle space. Call them today."


@pytest.mark.parametrize(
    ("body", "tied"),
    [
        (STILL_WATERS, Writer(email="fiona@stillwaters-therapy.example")),
        (
            "À l’Église de la Lumière, une communauté chaleureuse. Venez !",
            Writer(email="contact@eglise-lumiere.example"),
        ),
        (
            "Desk & Bean is the best place in town, give it a try.",
            Writer(url="https://deskandbean.example"),
        ),
        (
            "Depuis je suis chez CoffreNuage et je dors, c'est le top.",
            Writer(url="https://coffrenuage.example"),
        ),
        (
            "Greg's club? Have you come across SleeperClub? The best there is.",
            Writer(email="greg@sleeperclub.example", affiliation="none"),
        ),
    ],
)
def test_a_tie_is_seen_however_the_name_is_spelled(body, tied):
    found = list(affiliation.detect(make_submission(body, writer=tied)))

    assert any(item.code.startswith("affiliation.tie_") for item in found)
    assert "affiliation.disclosed" not in [item.code for item in found]


@pytest.mark.parametrize(
    "answer",
    ["aucune", "Non.", "no", "none", "n/a", "just a customer", "simple lectrice", "-"],
)
def test_answering_that_there_is_none_declares_no_tie(answer):
    tied = Writer(name="Paul", email="paul@atelier-ruchon.example", affiliation=answer)

    assert "affiliation.tie_mail" in codes(affiliation.detect, PRAISED, writer=tied)
    assert "writer.declared" not in codes(writer.detect, PRAISED, writer=tied)


@pytest.mark.parametrize(
    "said",
    [
        "Je suis professeur à l'Atelier Ruchon, vous ferez la part des choses. ",
        "J'ai fondé l'Atelier Ruchon. ",
        "Ma sœur y travaille. ",
        "Pardon pour la pub. ",
        "I founded the Atelier Ruchon. ",
        "I teach at Atelier Ruchon. ",
        "Apologies for banging my own drum. ",
        "My husband runs it. ",
    ],
)
def test_many_ways_of_telling_a_tie_are_understood(said):
    tied = Writer(name="Paul", email="paul@atelier-ruchon.example")

    assert "affiliation.disclosed" in codes(
        affiliation.detect, said + PRAISED, writer=tied
    )


@pytest.mark.parametrize(
    "said",
    [
        "Ma fille a progressé plus vite qu'avec un professeur. ",
        "Pour être honnête, je doutais. ",
        "I run a marathon each year. ",
        "My son loves it. ",
        "Je suis chez eux depuis deux ans. ",
    ],
)
def test_speaking_of_oneself_tells_no_tie(said):
    tied = Writer(name="Paul", email="paul@atelier-ruchon.example")

    assert "affiliation.disclosed" not in codes(
        affiliation.detect, said + PRAISED, writer=tied
    )


@pytest.mark.parametrize(
    ("body", "someone"),
    [
        (
            "I wrote about the other side of this: https://noor.example/letting-go",
            Writer(name="Noor", url="https://noor.example"),
        ),
        (
            "Venez à la fête de la courge à Saint-Loup : https://courges.example",
            Writer(name="Jeanine", url="https://courges.example"),
        ),
        (
            "The Man in Seat 61 is a wonderful site for this, check it out.",
            Writer(name="Paula", email="paula@postbox.example"),
        ),
        (
            "Quelqu'un sait-il si la piscine de Bellerive rouvre en mai ?",
            Writer(name="Hugo"),
        ),
    ],
)
def test_friends_link_their_blogs_and_recommend_what_they_like(body, someone):
    found = affiliation.detect(make_submission(body, writer=someone))

    assert sum(item.weight for item in found) < 3.5


def test_an_appeal_made_of_nothing_but_signs_needs_no_other_subject_to_be_doubted():
    appeal = (
        "Bonjour à tous, connaissez-vous Terre d'Avenir ? Cette association fait un "
        "boulot admirable. Parrainez un champ, et parlez d'elle autour de vous !"
    )

    assert "affiliation.nothing_else" in codes(affiliation.detect, appeal)
    assert "affiliation.nothing_else" not in codes(
        affiliation.detect, appeal, writer=Writer(name="Odile", published=3)
    )


def test_naming_the_site_beside_ones_name_hides_nothing_unless_it_sells():
    own = Writer(name="Robert", url="https://cherrypy.example")

    assert codes(affiliation.detect, "Let me know about CherryPy 3.", writer=own) == []
    assert "affiliation.tie_site" in codes(
        affiliation.detect, "CherryPy est en promo ce mois.", writer=own
    )


def test_scorn_hurts_when_it_is_heaped_on_somebody():
    heaped = "Vous êtes des hypocrites, vos amis des guignols et vos textes pitoyables."
    opinion = "Votre conclusion est pitoyable, voilà mon avis."

    assert weight(abusive.detect, heaped) > 5.6
    assert weight(abusive.detect, opinion) < 2


@pytest.mark.parametrize(
    ("body", "tied", "code"),
    [
        (
            "Horizon Partage aide les aînés, venez !",
            Writer(name="Léa", email="horizon.partage@gmail.com"),
            "affiliation.tie_mail",
        ),
        (
            "La Cordonnerie Lachenal est formidable, allez-y.",
            Writer(name="Denis Lachenal", email="denis@gmail.com"),
            "affiliation.tie_name",
        ),
        (
            "Pagewell gives you sixty thousand books, any time.",
            Writer(name="Oliver", url="https://pagewell.example"),
            "affiliation.pitch",
        ),
        (
            "Voyages Lenteur organise ce genre de périple.",
            Writer(name="Sophie", url="https://voyages-lenteur.example"),
            "affiliation.pitch",
        ),
    ],
)
def test_a_tie_may_hide_in_a_mail_box_a_surname_or_a_pitch(body, tied, code):
    assert code in codes(affiliation.detect, body, writer=tied)


def test_an_organisation_that_praises_itself_advertises():
    body = "L'Atelier Ruchon répare tout, diagnostic gratuit."
    itself = Writer(name="Atelier Ruchon", email="info@atelier-ruchon.example")

    assert "promotional.own_praise" in codes(promotional.detect, body, writer=itself)
    assert "promotional.own_praise" not in codes(
        promotional.detect, body, writer=Writer(name="Paul")
    )


def test_who_praises_a_house_under_its_name_like_a_customer_is_not_open_about_it():
    def said(body):
        writer = Writer(name="R. Gonin", email="rg@gonin-encadrements.example")
        found = affiliation.detect(make_submission(body, subject=BREAD, writer=writer))
        return next(item.weight for item in found if item.code == "affiliation.signed")

    from_outside = said("Faites-les encadrer chez Gonin, des artisans formidables.")
    openly = said("Chez Gonin, nous avons des artisans formidables.")

    assert openly < from_outside < 0


@pytest.mark.parametrize("nothing", ["no connection", "pas du tout", "aucun rapport"])
def test_a_tie_that_is_denied_in_other_words_is_none(nothing):
    assert organisations.tie_in(nothing) == ""


def test_a_bidding_is_no_name():
    assert organisations.names("Inscrivez-vous. Soutenez-les. Prenez-en !") == ()
    assert organisations.names("Inscrivez-vous chez Gonin.") == ("Gonin",)


@pytest.mark.parametrize(
    "body",
    [
        "Il faut absolument essayer avec Rando Passion : le guide est un puits de "
        "science, et on rentre changé.",
        "For lamps only Lumen & Fils will do. The kindest support, light as a feather.",
    ],
)
def test_praise_is_understood_in_words_that_no_list_has_whole(body):
    writer = Writer(
        name="Cédric",
        email="c@lumen-fils.example",
        url="https://rando-passion.example",
    )
    submission = make_submission(body, subject=BREAD, writer=writer)

    ruling = decide(pipeline.screen(submission), writer)

    assert Reason.UNDISCLOSED_AFFILIATION in ruling.reasons


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("T'es vraiment qu'un pauvre cloporte, va.", "T'es vraiment qu'un pauvre"),
        ("Espèce de larve, personne ne te lit.", "Espèce de larve"),
        ("Quand on est trop bête on se tait, cafard.", "cafard"),
        ("Mais ferme ton blog et disparais.", "ferme ton blog"),
        ("On sait où tu habites.", "On sait où tu habites"),
        ("Quel texte de m*rde, espèce de c.o.n", "espèce de c.o.n"),
        ("You write like a brainless toad.", "You write like a brainless toad"),
        ("Learn to cook, numbskull.", "numbskull"),
        ("You are too thick to read a map.", "You are too thick"),
        ("Delete your account.", "Delete your account"),
        ("I will make you sorry.", "make you sorry"),
        ("What are you, an i d i o t ? You i d i o t!", "You i d i o t"),
    ],
)
def test_an_insult_is_known_by_its_form(body, excerpt):
    found = list(abusive.detect(make_submission(body, subject=BREAD)))

    assert sum(item.weight for item in found) > 5
    assert any(excerpt in item.excerpt for item in found)


@pytest.mark.parametrize(
    "body",
    [
        "Je suis un cloporte, j'ai oublié ton anniversaire.",
        "On m'a dit « tu es une larve », et on avait raison.",
        "Cette machine est une ordure, elle mange mes tickets.",
        "Tu n'es pas nul, tu débutes.",
        "My boss called me “a brainless toad” in front of you all.",
        "You are not stupid, the manual is.",
        "I am too thick to read a map, and you know it.",
        "That sh*t happens to you and to me.",
    ],
)
def test_a_word_that_hurts_is_no_insult_to_oneself_in_quotes_or_to_a_thing(body):
    found = abusive.detect(make_submission(body, subject=BREAD))

    assert sum(item.weight for item in found) < 3
