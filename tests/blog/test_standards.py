"""What machines read, before readers of their own kind: schemas and strange parsers."""

import json
from pathlib import Path

import feedparser
import jsonschema
import mf2py
import pytest
from lxml import etree, html

from ..whole_blog import write_whole_blog

pytestmark = pytest.mark.django_db
SCHEMAS = Path(__file__).parent.parent / "schemas"
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def whole_blog():
    return write_whole_blog()


def schema(name):
    return etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng"))


def test_every_feed_is_one_by_its_standard(client, whole_blog):
    _pages, feeds = whole_blog
    grammars = {name: schema(name) for name in ("atom", "rss")}
    json_feed = json.loads((SCHEMAS / "jsonfeed.json").read_text(encoding="utf-8"))
    for address in feeds:
        content = client.get(address).content
        kind = address.rsplit(".", 1)[1]
        if kind == "json":
            jsonschema.validate(json.loads(content), json_feed)
        else:
            grammars[kind].assertValid(etree.fromstring(content))


def test_a_stranger_reads_every_feed_and_finds_each_entry_once(client, whole_blog):
    _pages, feeds = whole_blog
    for address in feeds:
        if address.endswith(".json"):
            continue
        response = client.get(address)

        read = feedparser.parse(
            response.content,
            response_headers={"content-type": response["Content-Type"]},
        )

        assert not read.bozo, (address, read.get("bozo_exception"))
        ids = [entry.id for entry in read.entries]
        assert len(set(ids)) == len(ids)
        assert all(entry.link.startswith(SITE) for entry in read.entries), address
        assert all(entry.content[0].value for entry in read.entries), address
        (own,) = [link.href for link in read.feed.links if link.rel == "self"]
        assert own == f"{SITE}{address}"


def test_the_three_forms_of_a_feed_say_the_same(client, whole_blog):
    _pages, feeds = whole_blog
    for address in {feed.rsplit(".", 1)[0] for feed in feeds}:
        in_json = json.loads(client.get(f"{address}.json").content)
        told = [(item["id"], item["url"]) for item in in_json["items"]]
        for kind in ("rss", "atom"):
            read = feedparser.parse(client.get(f"{address}.{kind}").content)
            assert [(entry.id, entry.link) for entry in read.entries] == told, address


def test_the_sitemaps_are_sitemaps(client, whole_blog):
    grammar = schema("sitemap")
    index = etree.fromstring(client.get("/sitemap.xml").content)
    grammar.assertValid(index)
    locations = index.xpath("//*[local-name()='loc']/text()")
    assert len(locations) == 3
    for location in locations:
        section = etree.fromstring(client.get(location.removeprefix(SITE)).content)
        grammar.assertValid(section)
        for text in section.xpath("//*[local-name()='loc']/text()"):
            assert client.get(text.removeprefix(SITE)).status_code == 200


def entries_in(client, address):
    found = mf2py.parse(client.get(address).content.decode(), url=f"{SITE}{address}")
    items = list(found["items"])
    for item in items:
        items += item.get("children", [])
    return [item for item in items if item["type"] == ["h-entry"]]


@pytest.mark.parametrize(
    "kind", ["column from elsewhere", "post in French", "post in English"]
)
def test_a_post_is_an_entry_to_a_reader_of_microformats(client, whole_blog, kind):
    address = whole_blog[0][kind]

    (entry,) = entries_in(client, address)

    told = entry["properties"]
    page = html.fromstring(client.get(address).content)
    assert told["name"] == [page.findtext(".//h1")]
    assert told["url"] == [f"{SITE}{address}"]
    assert told["published"]
    assert told["author"][0]["properties"]["name"] == ["Camille"]
    assert told["content"][0]["value"].strip()


def test_its_comments_are_quoted_with_who_wrote_them(client, whole_blog):
    (entry,) = entries_in(client, whole_blog[0]["column from elsewhere"])

    comments = entry["properties"]["comment"]

    assert len(comments) == 3
    for comment in comments:
        assert comment["type"] == ["h-cite"]
        assert comment["properties"]["author"][0]["properties"]["name"]
        assert comment["properties"]["published"]
        assert "#c" in comment["properties"]["url"][0]


@pytest.mark.parametrize(
    "kind",
    ["home", "home in English", "one language", "tag", "series", "month", "found"],
)
def test_a_list_is_a_feed_of_entries(client, whole_blog, kind):
    entries = entries_in(client, whole_blog[0][kind])

    assert entries
    for entry in entries:
        assert entry["properties"]["name"]
        assert entry["properties"]["url"][0].startswith(SITE)


@pytest.mark.parametrize(
    ("kind", "comments"),
    [("column from elsewhere", 3), ("post in French", 0), ("post in English", 0)],
)
def test_a_post_says_what_it_is_to_search_engines(client, whole_blog, kind, comments):
    page = html.fromstring(client.get(whole_blog[0][kind]).content)

    (said,) = page.xpath("//script[@type='application/ld+json']/text()")

    said = json.loads(said)
    assert (said["@context"], said["@type"]) == ("https://schema.org", "BlogPosting")
    assert said["inLanguage"] == page.find(".//article").get("lang")
    assert said["headline"] == page.findtext(".//h1")
    assert ("isBasedOn" in said) is (kind == "column from elsewhere")
    assert said["commentCount"] == comments
