"""The picture that goes with a link to a post: what is drawn is measured."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.utils import timezone
from lxml import html as lxml_html
from PIL import Image, ImageChops

from blog import cards
from blog.cards import Card
from blog.models import Blog, Post

from ..factories import EnglishPostFactory, PictureFactory, PostFactory

TITLES = [
    "Zut",
    "Le pain au levain, deuxième essai",
    "Every piano is slightly wrong, and what can be said about it in two hundred words",
    "Anticonstitutionnellement parlant, les choses ne vont pas si mal : " * 3,
    "W" * 200,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 4,
    ("Mwmw " * 50).strip(),
]


@pytest.mark.parametrize("width", [600, 1040])
@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_drawn_whole_within_its_place(title, width):
    size, lines = cards.fitted(cards.drawable(title), width, cards.TITLE_HEIGHT)

    letters = cards.font("SemiBold", size)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert max(letters.getlength(line) for line in lines) <= width
    assert len(lines) * size * cards.LINE_HEIGHT <= cards.TITLE_HEIGHT


def test_a_short_title_is_large_and_its_lines_are_about_as_long_as_each_other():
    size, lines = cards.fitted("Le pain au levain, deuxième essai", 1040, 340)

    assert (size, lines) == (cards.LARGEST, ["Le pain au levain,", "deuxième essai"])


def test_what_can_never_fit_ends_in_an_ellipsis():
    size, lines = cards.fitted("W" * 2000, 600, 340)

    assert size == cards.SMALLEST
    assert lines[-1].endswith("W…")
    assert cards.font("SemiBold", size).getlength(lines[-1]) <= 600


def test_signs_that_our_letters_lack_leave_no_empty_box():
    assert cards.drawable("Opéra 🎻 à Vienne 木 : « œuvre »\u202f!") == (
        "Opéra à Vienne : « œuvre »\u202f!"
    )


def ink(card):
    """Return the box of what is drawn on the paper, beside the band."""
    image = Image.open(BytesIO(card.jpeg()))
    assert image.size == (1200, 630)
    right = cards.WIDTH - (cards.PICTURE_WIDTH if card.picture else 0)
    # A JPEG shades eight pixels beside an edge.
    page = image.crop((cards.BAND + 16, 0, right - 16, cards.HEIGHT))
    paper = Image.new("RGB", page.size, cards.PAPER)
    dark = ImageChops.difference(page, paper).convert("L").point(lambda v: v > 48)
    left, top, right, bottom = dark.getbbox()
    offset = cards.BAND + 16
    return left + offset, top, right + offset, bottom


@pytest.mark.parametrize("title", TITLES)
def test_nothing_is_cut_at_an_edge_of_the_card(title):
    card = Card(title=title, blog="Un blog au nom fort long " * 8, language="fr")

    left, top, right, bottom = ink(card)

    assert left >= cards.MARGIN - 12
    assert right <= cards.WIDTH - cards.MARGIN + 4
    assert top >= 40
    assert bottom <= cards.HEIGHT - 40


@pytest.mark.django_db
def test_a_lead_picture_stands_beside_the_words_and_not_under_them():
    picture = PictureFactory(file__width=1300, file__height=900, file__color="navy")
    card = Card(title=TITLES[3], blog="Le fournil", language="fr",
                picture=picture.file.name)  # fmt: skip

    *_, right, _bottom = ink(card)

    assert right <= cards.WIDTH - cards.PICTURE_WIDTH - cards.MARGIN + 4
    image = Image.open(BytesIO(card.jpeg()))
    assert image.getpixel((1190, 10))[2] > 100 > image.getpixel((1190, 10))[0]


def test_a_picture_that_is_gone_is_left_out():
    card = Card(title="Zut", blog="B", language="fr", picture="pictures/gone.jpg")

    image = Image.open(BytesIO(card.jpeg()))

    assert min(image.getpixel((1100, 300))) > 240


def test_a_card_is_known_by_all_that_it_shows():
    card = {"title": "A", "blog": "B", "language": "fr"}
    others = [
        {"title": "Z"}, {"blog": "Z"}, {"language": "en"}, {"accent": "#000000"},
        {"picture": "p.jpg"},
    ]  # fmt: skip

    assert Card(**card).key == Card(**card).key
    assert len({Card(**card | other).key for other in [{}, *others]}) == 6


def card_on(client, post, language="fr"):
    return card_at(client, f"/{language}{post.get_absolute_url()[3:]}")


def card_at(client, path):
    page = lxml_html.fromstring(client.get(path).content)
    return {
        meta.get("property") or meta.get("name"): meta.get("content")
        for meta in page.iter("meta")
    }


@pytest.fixture
def blog(db):
    return Blog.objects.create(title_fr="Le fournil", title_en="The bakehouse")


def test_the_front_page_has_a_card_of_the_blog(client, blog):
    assert "og:image" not in card_at(client, "/fr/")
    Blog.objects.update(
        tagline_en="Of bread", header_picture=PictureFactory(alt_en="An oven")
    )

    card = card_at(client, "/en/")

    told = ("type", "title", "description", "url", "locale", "image:alt")
    assert [card[f"og:{name}"] for name in told] == [
        "website", "The bakehouse", "Of bread", "http://127.0.0.1:8000/en/", "en_GB",
        "An oven",
    ]  # fmt: skip
    picture = card["og:image"].removeprefix("http://127.0.0.1:8000")
    assert client.get(picture).status_code == 200


def test_a_shared_post_says_where_its_card_is_and_what_it_shows(client, blog):
    french = card_on(client, PostFactory(title_fr="Du pain"))
    english = card_on(client, EnglishPostFactory(title_en="Bread"), "en")

    for card in (french, english):
        address = card["og:image"]
        assert address.startswith("http://127.0.0.1:8000/cards/")
        drawn = client.get(address.removeprefix("http://127.0.0.1:8000"))
        assert drawn["Content-Type"] == card["og:image:type"] == "image/jpeg"
        assert Image.open(BytesIO(drawn.content)).size == (
            int(card["og:image:width"]),
            int(card["og:image:height"]),
        )
        assert card["twitter:card"] == "summary_large_image"
    assert french["og:image:alt"] == "«\u202fDu pain\u202f», sur Le fournil"
    assert english["og:image:alt"] == "“Bread”, on The bakehouse"


def path_of(post, language="fr"):
    card = cards.card_of(post, language, Blog.current())
    return f"/cards/{post.pk}-{language}-{card.key}.jpg"


def test_a_card_is_drawn_once_and_not_sent_to_who_has_it(client, blog, monkeypatch):
    post = PostFactory()
    first = client.get(path_of(post))
    monkeypatch.setattr(Card, "jpeg", lambda card: pytest.fail("drawn again"))

    assert client.get(path_of(post)).content == first.content
    cache.clear()
    again = client.get(path_of(post), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "immutable" in first["Cache-Control"]
    assert first.cookies == {}


def test_the_card_of_an_earlier_title_leads_to_the_one_of_today(client, blog):
    post = PostFactory()
    before = path_of(post)
    post.title_fr = "Troisième essai"
    post.save()

    assert path_of(post) != before
    answer = client.get(before)
    assert (answer.status_code, answer["Location"]) == (302, path_of(post))
    invented = client.get(f"/cards/{post.pk}-fr-{'0' * 16}.jpg")
    assert invented["Location"] == path_of(post)


def test_what_is_not_published_or_not_written_has_no_card(client, blog):
    draft = PostFactory(published_at=None)
    later = PostFactory(published_at=timezone.now() + timedelta(days=1))

    for path in (path_of(draft), path_of(later), path_of(PostFactory(), "en")):
        assert client.get(path).status_code == 404
    assert client.get(f"/cards/{'9' * 18}-fr-{'0' * 16}.jpg").status_code == 404


def test_a_card_takes_two_queries(client, blog, django_assert_num_queries):
    post = PostFactory(lead_picture=PictureFactory())
    path = path_of(Post.objects.get(pk=post.pk))

    with django_assert_num_queries(2):
        assert client.get(path).status_code == 200
