"""What the old blog filed its posts under.

Categories and tags both become tags: WordPress's categories are what other engines call
tags, and only the blogger knows which of them is a column with a beginning and an
order. A series is what was called one there: a term of the taxonomy “series” (the
plugin Organize Series). What old tag plugins kept in post meta becomes tags too.
"""

import re
import unicodedata
from urllib.parse import unquote

from django.utils.text import slugify

from blog.models import Language, Series, Tag, localized

from . import php
from .markup import title_text

TAG_DOMAINS = {"category", "post_tag", "tag"}
# What WordPress files a post under that its author filed under nothing.
NO_CATEGORY = {"uncategorized", "uncategorised", "non-classe", "non-classifiee"}
BUNNY_TAGS = re.compile(r"[\w+'’.-]+(?:\s+[\w+'’.-]+){0,30}")


class Terms:
    def __init__(self, report):
        self.report = report
        self.tags = {}
        self.series = {}
        self.slugs = {Tag: set(), Series: set()}
        for model, field, known in (
            (Tag, "name", self.tags),
            (Series, "title", self.series),
        ):
            for row in model.objects.all():
                self.slugs[model].add(row.slug)
                for language in Language.values:
                    known.setdefault(_identity(localized(row, field, language)), row)
            known.pop("", None)

    def tags_of(self, item):
        """Return the tags of ``item``, each once; those that are new are made."""
        tags = (self.tag(name, nicename) for name, nicename in tag_names(item))
        return list(dict.fromkeys(tags))

    def series_of(self, item):
        """Return the series of ``item``, or None."""
        term = next((t for t in item.terms if t.domain == "series" and t.name), None)
        return self._series(title_text(term.name), term.nicename) if term else None

    def find(self, name):
        """Return the tag of this name, or None."""
        return self.tags.get(_identity(title_text(name)))

    def tag(self, name, nicename):
        key = _identity(name)
        if key not in self.tags:
            names = {f"name_{language}": name[:100] for language in Language.values}
            slug = self._slug(Tag, nicename, name, 100)
            self.tags[key] = Tag.objects.create(slug=slug, **names)
            self.report.added["tags"] += 1
        return self.tags[key]

    def _series(self, title, nicename):
        key = _identity(title)
        if key not in self.series:
            titles = {f"title_{language}": title[:200] for language in Language.values}
            slug = self._slug(Series, nicename, title, 200)
            self.series[key] = Series.objects.create(slug=slug, **titles)
            self.report.added["series"] += 1
        return self.series[key]

    def _slug(self, model, nicename, name, length):
        base = slugify(unquote(nicename)) or slugify(name) or model.__name__.lower()
        return unique_slug(base, self.slugs[model], length)


def tag_names(item):
    """Yield ``(name, nicename)`` of all that ``item`` is filed under, once each."""
    seen = set()
    for name, nicename in _all_names(item):
        name = title_text(name)
        key = _identity(name)
        if key and key not in seen and slugify(unquote(nicename)) not in NO_CATEGORY:
            seen.add(key)
            yield name, nicename


def _all_names(item):
    for term in item.terms:
        if term.domain in TAG_DOMAINS:
            yield term.name, term.nicename or slugify(term.name)
    for text in item.metadata("_utw_tags_0"):  # Ultimate Tag Warrior
        for name in _utw_names(text):
            yield name.replace("-", " "), slugify(name)
    for text in item.metadata("tags"):  # Bunny's Technorati Tags
        if BUNNY_TAGS.fullmatch(text.strip()):
            for name in text.split():
                yield name.replace("+", " "), slugify(name)


def _utw_names(text):
    try:
        tags = php.loads(text)
    except ValueError:
        return []
    rows = tags.values() if isinstance(tags, dict) else []
    names = [row.get("tag") for row in rows if isinstance(row, dict)]
    return [name for name in names if isinstance(name, str)]


def unique_slug(base, taken, length=200):
    """Return ``base``, or ``base-2``…, and note that it is taken now."""
    slug, number = base[:length].strip("-"), 1
    while slug in taken:
        number += 1
        slug = f"{base[: length - 8].strip('-')}-{number}"
    taken.add(slug)
    return slug


def _identity(name):
    """What two spellings of one word share: case and accents aside."""
    plain = unicodedata.normalize("NFKD", " ".join((name or "").split()).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
