"""How little a page weighs."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders

from ..factories import CommentFactory, PictureFactory, PostFactory

pytestmark = pytest.mark.django_db
COMPRESSED = {"Accept-Encoding": "gzip"}
LOADED = re.compile(
    rb'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*?(?:href|src)="([^"]+)"'
)
WORDS = (
    "Chez nous, la mie reste serrée quand la farine est trop faible ; une nuit au "
    "frais n’y change rien, le four du voisin non plus, numéro {n}. Et le seigle ?"
)


def test_a_post_with_a_hundred_comments_weighs_little(client, post):
    for n in range(100):
        CommentFactory(post=post, comment=WORDS.format(n=n), user_name=f"Noémie {n}")

    response = client.get(post.get_absolute_url(), headers=COMPRESSED)

    assert response["Content-Encoding"] == "gzip"
    loaded = LOADED.findall(gzip.decompress(response.content))
    assert len(loaded) <= 4
    weight = len(response.content)
    for address in loaded:
        path = finders.find(address.decode().removeprefix("/static/"))
        with open(path, "rb") as file:
            weight += len(gzip.compress(file.read()))
    assert weight <= 24_000


def test_the_text_waits_for_one_stylesheet_alone(client, post):
    page = client.get(post.get_absolute_url()).content
    above = page[: page.index(b'class="e-content')]

    assert above.count(b'rel="stylesheet"') == 1
    assert b"<script src" not in above


@pytest.mark.parametrize("path", ["/fr/", "/feeds/all.atom", "/feeds/all.json"])
def test_what_is_text_travels_compressed(client, path):
    PostFactory.create_batch(3)

    assert client.get(path, headers=COMPRESSED)["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(path)


def test_a_picture_travels_as_it_is(client):
    picture = PictureFactory()

    response = client.get(picture.file.url, headers=COMPRESSED)

    assert response.status_code == 200
    assert "Content-Encoding" not in response
    assert int(response["Content-Length"]) == picture.file.size


def test_a_page_that_has_not_changed_is_not_sent_again_compressed_or_not(client, post):
    url = "/feeds/all.atom"
    etag = client.get(url, headers=COMPRESSED)["ETag"]

    again = client.get(url, headers=COMPRESSED | {"If-None-Match": etag})

    assert again.status_code == 304
