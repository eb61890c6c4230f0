"""Write the posts and pages of an export. What is here already is never touched."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator, slugify

from blog.html import MAX_LENGTH, plain_text
from blog.models import (
    CommentPolicy,
    Language,
    Page,
    Post,
    PostLink,
    SearchText,
    Tag,
    Writing,
    localized,
)

from . import wxr
from .bilingual import OTHER, Versions, versions
from .markup import title_text, to_html
from .measure import measure
from .people import People
from .pictures import Pictures
from .redirects import (
    Redirects,
    author_paths,
    canonical_path,
    date_paths,
    feed_path,
    feed_paths,
    home_path,
    old_path,
    old_paths,
    term_path,
)
from .terms import Terms, tag_names, unique_slug

MAX_TITLE = 250
NEVER = {"trash", "auto-draft", "inherit"}
# What each status of WordPress is called in the report.
STATUSES = {"publish": "published", "future": "scheduled"}
NEEDED_OF_KNOWN = ("slug", "original_language", "published_at", "import_key")
CANONICAL_META = ("_yoast_wpseo_canonical", "rank_math_canonical_url")


def moment(gmt, local=""):
    """Return the time WordPress meant, or None: it writes 0000-00-00 for none.

    ``local`` is in the time zone of the blog and counts where ``gmt`` is missing.
    """
    for text, zone in ((gmt, UTC), (local, timezone.get_default_timezone())):
        try:
            found = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
        except ValueError:
            continue
        if 1900 <= found.year <= 9000:
            return found.astimezone(UTC)
    return None


@dataclass(slots=True)
class New:
    """A post or page to be written, and what is known of it beside its row."""

    writing: Writing
    item: wxr.Item
    texts: Versions
    told: dict
    tags: list[Tag] = field(default_factory=list)


class PostImporter:
    """Take one item after the other; ``save`` some at once, ``finish`` after the last.

    ``media`` has the files of the old blog, if they were given.
    """

    def __init__(self, survey, report, *, media=None, is_rehearsal=False):
        self.survey = survey
        self.report = report
        self.pictures = Pictures(survey, media, report, is_rehearsal=is_rehearsal)
        self.people = People(survey.site, report)
        self.terms = Terms(report)
        self.redirects = Redirects(report)
        self.known = {
            model: dict(
                model.objects.exclude(import_key=None).values_list("import_key", "pk")
            )
            for model in (Post, Page)
        }
        self.slugs = {
            model: set(model.objects.values_list("slug", flat=True))
            for model in (Post, Page)
        }
        self.new = []
        self.seen = set()
        self.groups = {}
        self.paths = {}  # of what is public, by its number on the old blog
        self.attachments = []  # the addresses of each, and the number of its post

    def save(self):
        """Write the posts and pages that were added since this was last called."""
        new, self.new = self.new, []
        for model in (Post, Page):
            rows = [row.writing for row in new if isinstance(row.writing, model)]
            model.objects.bulk_create(rows)
            self.known[model] |= {row.import_key: row.pk for row in rows}
        for row in new:
            self._measure(row.writing, row.texts, row.told)
        Post.tags.through.objects.bulk_create(
            Post.tags.through(post=row.writing, tag=tag)
            for row in new
            for tag in row.tags
        )
        # What Post.save writes beside each post.
        posts = [row.writing for row in new if isinstance(row.writing, Post)]
        prefetch_related_objects(posts, "tags")
        SearchText.write(posts)
        PostLink.write(posts)

    @property
    def lists_moved(self):
        """Whether feeds and lists stood elsewhere, with texts that are here now."""
        return bool(self.paths)

    def finish(self):
        """Lead the addresses here that need all posts to be known, and save them."""
        for paths, parent, copy in self.attachments:
            if parent in self.paths:
                self.redirects.add(paths, self.paths[parent])
            elif copy and parent in {"", "0"}:
                self.redirects.add(paths, copy)
        if self.lists_moved:
            language = self._default_language()
            for old_path, new_path in (
                *feed_paths(self.survey),
                *author_paths(self.survey, language),
            ):
                self.redirects.add([old_path], new_path)
        self.redirects.save()

    def add(self, item):
        """Return the ``Post`` of ``item``, to be saved if it is new; or None.

        The report's last item tells what became of it.
        """
        if item.type == "attachment":
            self.report.pictures["found"] += 1
            self._attach(item)
            return None
        if item.type not in {"post", "page"}:
            kind = item.type or "item"
            why = "not a post or page" if item.type else "no type"
            self.report.leave_out(kind[:60], why)
            return None
        model, counts = (
            (Page, self.report.pages)
            if item.type == "page"
            else (Post, self.report.posts)
        )
        counts["found"] += 1
        told = {
            "id": item.post_id,
            "type": item.type,
            "state": "left out",
            "status": "protected" if item.password else _status(item),
        }
        self.report.items.append(told)
        if item.status in NEVER:
            counts["left out"] += 1
            self.report.leave_out(item.type, item.status)
            return None
        return self._add(model, item, told, counts)

    def _attach(self, item):
        url = item.attachment_url or item.guid
        copy = self.pictures.attach(url, self._default_language())
        paths = old_paths(item, self.survey)
        if copy:
            file_path = old_path(url)
            self.redirects.add([file_path], copy.url)
            paths = [path for path in paths if path != file_path]
        self.attachments.append((paths, item.parent, copy and copy.url))

    def _add(self, model, item, told, counts):
        key = self._key(item)
        known = self.known[model].get(key)
        if known:
            counts["unchanged"] += 1
            told |= {"state": "unchanged", "key": key}
            writing = model.objects.only(*NEEDED_OF_KNOWN).get(pk=known)
            self._bring_pictures(writing)
            self._remember_group(item, writing)
            told["path"] = canonical_path(writing)
            if writing.is_published:
                self.paths[item.post_id] = told["path"]
            return writing if model is Post else None
        texts = self._versions(item)
        told |= {"key": key, "language": texts.language}
        group = (self.survey.base, texts.translation_group)
        if model is Post and texts.translation_group and group in self.groups:
            merged = self._merge(item, texts, self.groups[group], told, counts)
            if merged:
                return merged
        return self._write(model, item, texts, told, counts)

    def _bring_pictures(self, writing):
        """Put pictures into a text that came in before their files were given."""
        if self.pictures.media is None:
            return
        for language in Language.values:
            name = f"body_{language}"
            before = getattr(writing, name) or ""
            after = self.pictures.shown_in(before, language)
            if after != before:
                # Whole: one that was read in part would also be saved in part.
                writing = type(writing).objects.get(pk=writing.pk)
                setattr(writing, name, after)
                writing.save()

    def _key(self, item):
        number = item.post_id or item.guid or item.link or slugify(item.title)
        key = self.survey.key(number)
        if (item.type, key) in self.seen:
            self.report.notes["number used twice"] += 1
            key = self.survey.key(f"{number}-{item.name or slugify(item.title)}")
        self.seen.add((item.type, key))
        return key

    def _versions(self, item):
        return versions(item, self._default_language())

    def _default_language(self):
        language = self.survey.language
        return language if language in OTHER else settings.LANGUAGE_CODE[:2]

    def _remember_group(self, item, post):
        for term in item.terms:
            if term.domain == "post_translations" and isinstance(post, Post):
                self.groups.setdefault((self.survey.base, term.nicename), post)

    def _write(self, model, item, texts, told, counts):
        fields = self._texts(item, texts, told)
        if fields is None:
            counts["left out"] += 1
            self.report.leave_out(item.type, "too long")
            return None
        published_at = self._published_at(item)
        slug = self._slug(model, item, fields[f"title_{texts.language}"])
        writing = model(
            original_language=texts.language,
            slug=slug,
            published_at=published_at,
            import_key=told["key"],
            **fields,
        )
        if model is Page:
            self._describe_page(writing, item)
        else:
            self._describe(writing, item, texts, told)
        new = New(writing, item, texts, told)
        self.new.append(new)
        if model is Post:
            new.tags = self.terms.tags_of(item)
            told["tags"] = [str(tag.slug) for tag in new.tags]
            told["tag_names"] = [title_text(name) for name, _ in tag_names(item)]
            self._remember_group(item, writing)
        self._count(writing, texts, told, counts)
        if writing.is_published:
            self._lead_here(item, writing, canonical_path(writing), told)
        return writing if model is Post else None

    def _texts(self, item, texts, told):
        """Return the fields of each language; None if a text is too long to keep."""
        fields = {}
        own = self.survey.children.get(item.post_id, ())
        for language, source in texts.bodies.items():
            body = to_html(source, self.survey.attachments, own)
            body.html = self.pictures.shown_in(body.html, language)
            if len(body.html) > MAX_LENGTH:
                return None
            fields[f"body_{language}"] = body.html
            fields[f"title_{language}"] = self._title(
                texts.titles.get(language, ""), body.html, item
            )
            self._tell_body(body)
        told["title"] = fields[f"title_{texts.language}"]
        told["languages"] = sorted(texts.bodies)
        for _code in texts.notes:
            self.report.notes["third language"] += 1
        return fields

    def _measure(self, writing, texts, told):
        """Compare what is shown now with what the source said."""
        for language, source in texts.bodies.items():
            found = measure(source, localized(writing, "body_html", language))
            self.report.characters += found.characters
            self.report.lost.update(found.lost)
            if found.pieces:
                told.setdefault("lost", []).extend(found.pieces)

    def _tell_body(self, body):
        self.report.shortcodes.update(body.shortcodes)
        for what, count in body.left_out.items():
            if what in {"script", "style"}:
                self.report.leave_out(what, "program", count)
            elif what.startswith("block "):
                self.report.leave_out(what, "block without text", count)
            else:
                self.report.leave_out("picture", what, count)

    def _title(self, title, html, item):
        title = title_text(title)
        if not title:
            self.report.notes["title from text"] += 1
            words = Truncator(plain_text(html)).chars(80)
            title = words or (item.date if moment("", item.date) else "…")
        if len(title) > MAX_TITLE:
            self.report.notes["title shortened"] += 1
        return Truncator(title).chars(MAX_TITLE)

    def _published_at(self, item):
        """Return the day of what is or will be public; None makes it a draft."""
        if item.password or item.status not in STATUSES:
            return None
        date = moment(item.date_gmt, item.date) or _feed_date(item.pub_date)
        if date is None:
            self.report.notes["published without a date"] += 1
        elif item.status == "future" and date <= timezone.now():
            # Nobody has seen it come out, and its author may have forgotten it.
            self.report.notes["day has passed"] += 1
            return None
        return date

    def _slug(self, model, item, title):
        wanted = _slug_of(unquote(item.name)) or _slug_of(title)
        slug = wanted or f"{item.type}-{slugify(item.post_id)}"
        slug = unique_slug(slug, self.slugs[model])
        if slug != unquote(item.name) and item.name:
            self.report.notes["slug changed"] += 1
        return slug

    def _describe_page(self, page, item):
        page.is_in_menu = item.parent in {"", "0"}
        page.position = min(_number(item.menu_order), 32_000)

    def _describe(self, post, item, texts, told):
        """Fill in what posts have and pages have not."""
        for language, summary in texts.summaries.items():
            setattr(post, f"summary_{language}", summary)
        post.author = self.people.author(item.creator)
        post.series = self.terms.series_of(item)
        post.is_language_guessed = texts.is_guessed
        post.is_pinned = item.sticky == "1"
        post.lead_picture_id = self._lead_picture(item, texts.language)
        if item.comment_status == "closed":
            post.comment_policy = CommentPolicy.CLOSED
        canonical = self._canonical(item)
        if canonical:
            post.source_url = canonical
            post.source_name = urlsplit(canonical).hostname[:200]
            post.source_is_canonical = True
        told["summaries"] = texts.summaries
        told["canonical"] = canonical

    def _lead_picture(self, item, language):
        """Return the key of the picture that WordPress showed above the post."""
        for number in item.metadata("_thumbnail_id"):
            known = self.survey.attachments.get(number)
            copy = self.pictures.at(known.url, language) if known else None
            if copy:
                return copy.pk
            self.report.leave_out("lead picture", "not brought over")
        return None

    def _canonical(self, item):
        """Return where a post first appeared, if its author told search engines so."""
        for key in CANONICAL_META:
            for url in item.metadata(key):
                try:
                    URLValidator(schemes=["http", "https"])(url)
                except ValidationError:
                    continue
                if urlsplit(url).hostname != self.survey.host and len(url) <= 500:
                    return url
        return ""

    def _count(self, writing, texts, told, counts):
        state = "draft"
        if writing.published_at:
            state = "published" if writing.is_published else "scheduled"
        counts.update(["added", state])
        self.report.languages[texts.language] += 1
        self.report.languages["guessed"] += texts.is_guessed
        told |= {
            "state": "added",
            "is_language_guessed": texts.is_guessed,
            "published_at": writing.published_at and writing.published_at.isoformat(),
            "slug": writing.slug,
            "path": canonical_path(writing),
        }

    def _lead_here(self, item, writing, path, told):
        told["old_paths"] = old_paths(item, self.survey)
        self.redirects.add(told["old_paths"], path)
        self.paths[item.post_id] = path
        if item.type != "post":
            return
        for term in item.terms:
            self._lead_list(term, told["language"])
        day = timezone.localdate(writing.published_at)
        for old, new in date_paths(item, self.survey, day, self._default_language()):
            self.redirects.add([old], new)

    def _lead_list(self, term, language):
        """Lead the list of ``term`` to its tag here, or else to the list of all."""
        old = term_path(term, self.survey)
        tag = self.terms.find(term.name)
        if tag:
            new = canonical_path(tag, language)
            feed = reverse("tag_feed", kwargs={"slug": tag.slug, "extension": "rss"})
        else:
            new, feed = home_path(self._default_language()), feed_path("rss")
        if old:
            self.redirects.add([old], new)
            self.redirects.add([f"{old}feed/"], feed)

    def _merge(self, item, texts, post, told, counts):
        """Make ``item`` the translation of ``post``, as Polylang had paired them.

        Only if both are public, or what was hidden would come to light. A pair has one
        conversation here. Returns the post, or None where they cannot be one.
        """
        language = texts.language
        path = canonical_path(post, language)
        paths = old_paths(item, self.survey)
        told |= {"translation_of": post.import_key.rpartition("#")[2], "path": path}
        if any(old in self.redirects.taken for old in paths if "?p=" in old):
            counts["unchanged"] += 1
            told["state"] = "unchanged"
            return post
        date = self._published_at(item)
        is_public = date is not None and date <= timezone.now() and post.is_published
        is_free = not getattr(post, f"body_{language}")
        fields = self._texts(item, texts, told) if is_public and is_free else None
        if not fields or language == post.original_language:
            del told["translation_of"], told["path"]
            return None
        if post.pk is None:
            self.save()
        # Whole: one that was read in part would also be saved in part.
        post = Post.objects.get(pk=post.pk)
        for name, value in fields.items():
            setattr(post, name, value)
        post.save()
        self._measure(post, texts, told)
        counts["merged"] += 1
        self.report.languages[language] += 1
        post.tags.add(*(self.terms.tag(*names) for names in tag_names(item)))
        told["state"] = "merged"
        self._lead_here(item, post, path, told)
        return post


def _status(item):
    return STATUSES.get(item.status, item.status or "draft")


def _slug_of(text):
    """Return ``text`` as a slug; nothing if none of its letters can be in one."""
    slug = slugify(text)
    has_letters = any(character.isalpha() for character in slug)
    return slug if has_letters or not any(map(str.isalpha, text)) else ""


def _number(text):
    return int(text) if text.isascii() and text.isdecimal() else 0


def _feed_date(text):
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo and found.year >= 1900 else None
