"""How a feed is written: RSS 2.0, Atom 1.0 and JSON Feed 1.1, each with whole texts.

Beside Django's own names an item has ``language``, ``content`` (HTML) and ``summary``
with its ``summary_language``; it may have ``external_url`` and ``image``, absolute
addresses, and ``answers``, the id and address of what it is an answer to.
"""

import json
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)

from .figures import in_one_size

# An address of this site in clean HTML: in text, “<” is always written “&lt;”.
OWN_ADDRESS = re.compile(r'(<(?:a|img)\s[^<]*?\b(?:href|src)=")/(?!/)')
# What XML 1.0 cannot hold, even escaped.
FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class AtomFeed(Atom1Feed):
    """Atom whose entries carry their language, text and the other one's summary."""

    def root_attributes(self):
        return {
            **super().root_attributes(),
            "xmlns:thr": "http://purl.org/syndication/thread/1.0",
        }

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["summary"]:
            handler.addQuickElement(
                "summary", item["summary"], {"xml:lang": item["summary_language"]}
            )
        handler.addQuickElement("content", item["content"], {"type": "html"})
        if item.get("answers"):
            key, address = item["answers"]
            handler.addQuickElement(
                "thr:in-reply-to", "", {"ref": key, "href": address}
            )


class RssFeed(Rss201rev2Feed):
    """RSS 2.0 with Dublin Core's author and language, and the whole text."""

    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["language"])
        handler.addQuickElement("content:encoded", item["content"])


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["subtitle"],
            "language": self.feed["language"],
            "items": [_json_item(item) for item in self.items],
        }
        text = json.dumps(_told(feed), ensure_ascii=False)
        outfile.write(text.encode(encoding))


FORMATS = {"atom": AtomFeed, "rss": RssFeed, "json": JsonFeed}


def _json_item(item):
    return _told(
        {
            "id": item["unique_id"],
            "url": item["link"],
            "external_url": item.get("external_url"),
            "title": item["title"],
            "content_html": item["content"],
            "summary": item["summary"],
            "image": item.get("image"),
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": item["updateddate"] and rfc3339_date(item["updateddate"]),
            "authors": [{"name": item["author_name"]}],
            "tags": item["categories"],
            "language": item["language"],
        }
    )


def _told(fields):
    """Leave out what there is nothing to say of; a feed without items says so."""
    return {name: value for name, value in fields.items() if value or name == "items"}


def stable_id(kind, key):
    """Return an id that is no address: it outlives a better slug or date."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{kind}-{key}"


def for_xml(text):
    return FORBIDDEN_IN_XML.sub("", text)


def with_absolute_addresses(html):
    """Return clean HTML for readers elsewhere, whose own site is not this one."""
    return OWN_ADDRESS.sub(rf"\g<1>{settings.SITE_URL}/", in_one_size(html))
