"""Move in with an export of ours (see ``ours``): everything comes back as it was."""

import json
import re
from contextlib import suppress
from datetime import datetime, timedelta
from html import unescape

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import translate_url
from django.utils.text import Truncator

from blog.html import MAX_LENGTH
from blog.models import Blog, Language, Page, Picture, Post, Series, Tag

from . import ours, php
from .bilingual import OTHER, Versions
from .pictures import Pictures
from .posts import MAX_TITLE, PostImporter
from .terms import Terms, unique_slug

MEDIA = f"/{settings.MEDIA_URL.strip('/')}/"
OWN_PATH = re.compile(r"/(?!/)")
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,200}")
# Names of files that are kept: those our uploads have, and no others.
FILE_NAME = re.compile(r"pictures/(?:[\w-]+/)*[\w-]+\.(?P<extension>\w{3,4})")


class OurPostImporter(PostImporter):
    lists_moved = False  # the addresses of our lists are the same on every blog

    def __init__(self, survey, report, *, media=None, is_rehearsal=False):
        super().__init__(survey, report, media=media, is_rehearsal=is_rehearsal)
        self.told = _data(survey.site.ours)
        self.pictures = OurPictures(survey, media, report, is_rehearsal=is_rehearsal)
        self.terms = OurTerms(report, self.told)

    def finish(self):
        if self.told["blog"] and not Blog.objects.exists():
            blog = Blog()
            ours.take(blog, self.told["blog"])
            blog.save()
        for old, new in self.told["redirects"]:
            self.redirects.add([old], new)
        self.redirects.save()

    def _attach(self, item):
        copy = self.pictures.attach(item.attachment_url, self._default_language())
        if copy is None or copy.pk is None or copy.pk not in self.pictures.new:
            return
        picture = Picture.objects.get(pk=copy.pk)
        meta = meta_of(item.meta)
        ours.take(picture, meta)
        picture.created_at = moment_of(meta.get("created_at")) or picture.created_at
        picture.save()

    def _versions(self, item):
        meta = meta_of(item.meta)
        code = next(iter(item.metadata("bb-post-language")), "")
        language = code if code in OTHER else self._default_language()
        other = OTHER[language]
        texts = Versions(language=language)
        texts.titles[language], texts.bodies[language] = item.title, item.content
        if meta.get("title") or meta.get("body"):
            texts.titles[other] = meta.get("title", "")
            texts.bodies[other] = meta.get("body", "")
        for text in item.metadata("bb-post-excerpts"):
            with suppress(ValueError, AttributeError):
                texts.summaries |= {
                    code: summary
                    for code, summary in php.loads(text).items()
                    if code in OTHER and isinstance(summary, str)
                }
        if item.excerpt:
            texts.summaries[language] = unescape(item.excerpt)
        return texts

    def _texts(self, item, texts, told):
        fields = {}
        for language, body in texts.bodies.items():
            if len(body) > MAX_LENGTH:
                return None
            title = texts.titles[language]
            if language == texts.language:
                title = unescape(title)
            fields[f"body_{language}"] = self.pictures.shown_in(body, language)
            fields[f"title_{language}"] = Truncator(title).chars(MAX_TITLE)
        told["title"] = fields[f"title_{texts.language}"]
        told["languages"] = sorted(texts.bodies)
        return fields

    def save(self):
        new = self.new
        super().save()
        for model in (Post, Page):
            rows = []
            for each in new:
                moment = moment_of(meta_of(each.item.meta).get("modified_at"))
                if moment and isinstance(each.writing, model):
                    each.writing.modified_at = moment
                    rows.append(each.writing)
            # Not by save(), which notes that this is now.
            model.objects.bulk_update(rows, ["modified_at"])

    def _published_at(self, item):
        date = super()._published_at(item)
        exact = moment_of(meta_of(item.meta).get("published_at"))
        is_same = date and exact and abs(exact - date) < timedelta(seconds=1)
        return exact if is_same else date

    def _slug(self, model, item, title):
        if not SLUG.fullmatch(item.name):
            return super()._slug(model, item, title)
        return unique_slug(item.name, self.slugs[model])

    def _describe(self, post, item, texts, told):
        for language, summary in texts.summaries.items():
            setattr(post, f"summary_{language}", summary)
        post.author = self.people.author(item.creator)
        post.series = self.terms.series_of(item)
        post.lead_picture_id = self._lead_picture(item, texts.language)
        ours.take(post, meta_of(item.meta))
        told["summaries"] = texts.summaries

    def _describe_page(self, page, item):
        super()._describe_page(page, item)
        ours.take(page, meta_of(item.meta))

    def _lead_here(self, item, writing, path, told):
        told["old_paths"] = []
        for language in Language.values:
            old = item.metadata(f"{ours.PREFIX}old_path_{language}")
            told["old_paths"] += old
            self.redirects.add(old, translate_url(path, language))


class OurTerms(Terms):
    """Tags and series by their slugs, with what is said of them in both languages."""

    def __init__(self, report, told):
        super().__init__(report)
        self.report = report
        self.rows = {
            model: {row["slug"]: self._row(model, row) for row in told[name]}
            for model, name in ((Tag, "tags"), (Series, "series"))
        }

    def tags_of(self, item):
        slugs = (t.nicename for t in item.terms if t.domain == "post_tag")
        rows = self.rows[Tag]
        return list(dict.fromkeys(rows[slug] for slug in slugs if slug in rows))

    def series_of(self, item):
        slugs = (term.nicename for term in item.terms if term.domain == "series")
        return self.rows[Series].get(next(slugs, ""))

    def _row(self, model, told):
        row = model.objects.filter(slug=told["slug"]).first()
        if row is None:
            row = model(slug=told["slug"])
            ours.take(row, told)
            row.save()
            self.report.added["tags" if model is Tag else "series"] += 1
        return row


class OurPictures(Pictures):
    """Pictures that keep the names of their files, where those are free here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.new = set()
        self.address = f"{self.survey.base}{MEDIA}"
        self.in_texts = re.compile(rf"""{re.escape(self.address)}[^"'<>\s?#]+""")

    def shown_in(self, html, language):
        def here(match):
            copy = self.at(match[0], language)
            return copy.url if copy else match[0]

        return self.in_texts.sub(here, html)

    def _keep(self, picture, content, address):
        name = _free_name(address, content.name)
        picture.file = default_storage.save(name, content)
        picture.save()
        self.new.add(picture.pk)


def _free_name(address, made):
    """Return the name a file had, if it can have it here, else the one just made."""
    name = address.removeprefix(MEDIA.lstrip("/"))
    match = FILE_NAME.fullmatch(name)
    if not match or match["extension"] != made.rpartition(".")[2]:
        return f"pictures/{made}"
    if not Picture.objects.filter(file=name).exists():
        default_storage.delete(name)  # left by a run that was killed
    return name


def meta_of(pairs):
    """Return what is ours in an item's or comment's metadata, by the field's name."""
    size = len(ours.PREFIX)
    return {key[size:]: text for key, text in pairs if key.startswith(ours.PREFIX)}


def moment_of(text):
    """Return the time that ``text`` says, or None if it says none."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _data(text):
    """Return what an export says of the whole blog, or nothing where it is no good."""
    nothing = {"blog": None, "tags": [], "series": [], "redirects": []}
    try:
        found = json.loads(text)
    except ValueError:
        return nothing
    if not isinstance(found, dict):
        return nothing
    told = nothing | {name: found[name] for name in nothing if found.get(name)}
    rows = {
        name: [row for row in told[name] if _is_told(row) and _has_slug(row)]
        for name in ("tags", "series")
    }
    redirects = [
        pair
        for pair in told["redirects"]
        if isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(path, str) for path in pair)
        and OWN_PATH.match(pair[0])
        # What leads nowhere is gone for good.
        and (OWN_PATH.match(pair[1]) or pair[1] == "")
    ]
    blog = told["blog"] if _is_told(told["blog"]) else None
    return {"blog": blog, **rows, "redirects": redirects}


def _is_told(row):
    return isinstance(row, dict) and all(isinstance(v, str) for v in row.values())


def _has_slug(row):
    return bool(SLUG.fullmatch(row.get("slug", "")))
