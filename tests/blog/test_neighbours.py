"""What else is offered after a post."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from lxml import html

from blog.models import PostLink
from tests.factories import EnglishPostFactory, PostFactory, SeriesFactory, TagFactory

pytestmark = pytest.mark.django_db
BACK, OUT = "Des billets qui reviennent sur celui-ci", "Des billets dont celui-ci part"
ALIKE = "Sur les mêmes sujets"


def offered(client, post):
    """Return ``{heading: titles}`` of what is offered after a post."""
    page = html.fromstring(client.get(post.get_absolute_url()).content)
    return {
        heading.text: [a.text_content() for a in heading.getnext().iter("a")]
        for nav in page.find_class("around")
        for heading in nav.iter("h2")
    }


def linking_to(post, **fields):
    return PostFactory(
        body_fr=f'<p>Comme <a href="{post.get_absolute_url()}#c1">ici</a>.</p>',
        **fields,
    )


def test_a_link_between_two_posts_is_shown_under_both(client):
    first = PostFactory(title_fr="Premier essai")
    second = linking_to(first, title_fr="Deuxième essai")

    assert offered(client, first) == {BACK: ["Deuxième essai"]}
    assert offered(client, second) == {OUT: ["Premier essai"]}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/en/2026/01/02/essai/",
        "/fr/2026/01/02/essai/?x=1",
        "/fr/1999/09/09/essai/#c3",
    ],
)
def test_a_post_is_known_by_any_of_its_addresses(client, address):
    post = PostFactory(slug="essai")
    PostFactory(title_fr="Suite", body_fr=f'<p><a href="{address}">là</a></p>')

    assert offered(client, post) == {BACK: ["Suite"]}


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="https://else.example/fr/2026/01/02/essai/">ailleurs</a></p>',
        '<p>&lt;a href="/fr/2026/01/02/essai/"&gt;</p>',
        '<p><a href="/fr/tags/essai/">étiquette</a></p>',
    ],
)
def test_another_address_is_no_link_to_a_post(client, body):
    post = PostFactory(slug="essai")
    PostFactory(body_fr=body)

    assert offered(client, post) == {}


def test_a_link_may_be_written_before_the_post_it_leads_to(client):
    PostFactory(
        title_fr="Annonce",
        body_fr='<p><a href="/fr/2026/01/02/promis/">bientôt</a></p>',
    )

    assert offered(client, PostFactory(slug="promis")) == {BACK: ["Annonce"]}


def test_a_link_that_was_taken_out_is_shown_no_more(client, post):
    other = linking_to(post)
    other.body_fr = "<p>Plus rien.</p>"
    other.save()

    assert offered(client, post) == {}


@pytest.mark.parametrize("date", [None, timezone.now() + timedelta(days=1)])
def test_what_is_not_published_is_not_offered(client, date):
    tag = TagFactory()
    post = PostFactory()
    hidden = linking_to(post, published_at=date)
    for each in (post, hidden):
        each.tags.add(tag)

    assert offered(client, post) == {}


def test_posts_on_the_same_subjects_are_offered_the_nearest_first(client):
    bread, oven, travel = TagFactory(), TagFactory(), TagFactory()
    now = timezone.now()
    days = iter(range(10))

    def filed(title, *tags):
        date = now - timedelta(days=next(days))
        post = PostFactory(title_fr=title, published_at=date)
        post.tags.add(*tags)
        return post

    filed("Train", travel)
    for title in ("Mie", "Croûte", "Farine"):
        filed(title, bread)
    filed("Four à pain", bread, oven)

    assert offered(client, filed("Miche", bread, oven)) == {
        ALIKE: ["Four à pain", "Mie", "Croûte"]
    }


def test_what_the_series_offers_already_is_not_offered_twice(client):
    series, tag = SeriesFactory(), TagFactory()
    now = timezone.now()
    for number in range(3):
        post = PostFactory(
            series=series, title_fr=f"Essai {number}",
            published_at=now - timedelta(days=number),
        )  # fmt: skip
        post.tags.add(tag)

    assert offered(client, post) == {ALIKE: ["Essai 0"]}


def test_a_title_in_the_other_language_says_so(client, post):
    EnglishPostFactory(body_en=f'<p><a href="{post.get_absolute_url()}">there</a></p>')

    page = html.fromstring(client.get(post.get_absolute_url()).content)

    assert page.xpath("//nav[@class='around']//span/@lang") == ["en"]


def test_links_are_written_anew_on_demand(client, post):
    linking_to(post, title_fr="Suite")
    PostLink.objects.all().delete()

    call_command("reindex")

    assert offered(client, post) == {BACK: ["Suite"]}
