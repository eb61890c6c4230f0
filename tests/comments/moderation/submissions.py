"""Comments and posts of our own for the tests of screening."""

from comments.moderation.verdicts import Subject, Submission, Writer

BREAD = Subject(
    title="Mon levain a trois semaines",
    body=(
        "Je nourris mon levain chaque matin avec de la farine de seigle. La mie reste "
        "serrée, la croûte est belle. J'ai essayé une pousse lente au réfrigérateur, "
        "une farine plus riche en gluten, et un four plus chaud au début de la cuisson."
    ),
    language="fr",
    summaries={
        "en": (
            "My sourdough starter is three weeks old: rye flour, a slow rise in the "
            "fridge, a hotter oven, and a crumb which is still too tight."
        )
    },
    tags=("cuisine", "pain"),
)
TRAIN = Subject(
    title="By night train to Naples",
    body=(
        "The sleeper left Zurich late and I woke up among olive trees. The couchette "
        "was narrow, the coffee surprisingly good. Booking took three websites; the "
        "ticket for the sleeper cost less than a hotel room and a flight."
    ),
    language="en",
    summaries={"fr": "De Zurich à Naples en train de nuit : le prix, la couchette."},
)
TYRES = Subject(
    title="Trois crevaisons en un mois",
    body=(
        "Mon vélo cargo a crevé trois fois depuis la rentrée. Je raconte comment je "
        "répare une chambre à air au bord de la route, quels pneus tiennent l'hiver, "
        "et pourquoi je ne gonfle plus à fond quand il gèle."
    ),
    language="fr",
    summaries={"en": "Three punctures in a month: which tyres last in winter."},
)

LA_PUB = (
    "Bonjour, quel plaisir de vous lire ! J'aimerais vous faire connaître Lueurs "
    "d'Automne, une association formidable qui rend visite aux aînés isolés. Une "
    "équipe de passionnés, des valeurs humaines rares. Je vous invite toutes et tous "
    "à la découvrir et à en parler autour de vous !"
)
LA_PUB_IN_ENGLISH = (
    "Hello everybody! I would love you all to discover Autumn Lights, an amazing "
    "charity that visits lonely neighbours. The volunteers are angels and they change "
    "people's lives. Please look them up and spread the word!"
)

INNOCENT = [
    (BREAD, "merci !"),
    (BREAD, "Bravo 👏"),
    (BREAD, "Chez moi la mie était serrée aussi, jusqu'à ce que j'allonge la pousse."),
    (BREAD, "I had the same crumb until I let the dough rise in the fridge overnight."),
    (BREAD, "J'ai lu le livre de Marie Seigle sur le levain, il répond à tout cela."),
    (
        BREAD,
        "Quelle farine prends-tu ? Celle du moulin d'à côté donne une croûte fine.",
    ),
    (TRAIN, "thanks!"),
    (TRAIN, "lol"),
    (
        TRAIN,
        "Was the couchette noisy? I never sleep on trains, with or without coffee.",
    ),
    (TRAIN, "J'ai pris le même train en mars ; la couchette du haut est plus calme."),
    (TRAIN, "I wrote about the same sleeper here: http://rails.example/naples ."),
    (TRAIN, "You are wrong about the price: my ticket cost twice as much as a flight."),
]


def make_submission(body=LA_PUB, *, subject=TYRES, writer=None, **fields):
    return Submission(
        body=body, subject=subject, writer=writer or Writer(name="Odile"), **fields
    )


def labelled_row(number, text, label, subject=TYRES, **fields):
    """Return a comment under ``subject`` as files of labelled comments hold it."""
    return {
        "id": f"row-{number}",
        "text": text,
        "label": label,
        "language": "fr",
        "post_title": subject.title,
        "post_text": subject.body,
        "post_language": subject.language,
        "author_name": "Odile",
        **fields,
    }
