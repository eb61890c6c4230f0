"""What an import did, counted and told: nothing is left out in silence."""

from collections import Counter
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from ctts.addresses import absolute
from ctts.sentences import Sentence


class Count(int):
    """A number as people read it, in the groups of their language."""

    def __format__(self, spec):
        return number_format(int(self), force_grouping=True)


# The words of the JSON stay as they are; these tell them to people.
COUNTED = {
    "found": gettext_lazy("{count} found"),
    "added": gettext_lazy("{count} added"),
    "merged": gettext_lazy("{count} added as the translation of another"),
    "unchanged": ngettext_lazy(
        "{count} already here, left as it is",
        "{count} already here, left as they are",
        "count",
    ),
    "left out": gettext_lazy("{count} left out"),
    "published": gettext_lazy("{count} published"),
    "scheduled": gettext_lazy("{count} scheduled"),
    "draft": ngettext_lazy("{count} draft", "{count} drafts", "count"),
    "held": gettext_lazy("{count} held for a moderator"),
    "rejected": ngettext_lazy("{count} rejected", "{count} rejected", "count"),
    "unconfirmed": ngettext_lazy(
        "{count} not confirmed by its writer",
        "{count} not confirmed by their writers",
        "count",
    ),
    "copied": ngettext_lazy("{count} brought over", "{count} brought over", "count"),
    "missing": ngettext_lazy(
        "{count} not among the files", "{count} not among the files", "count"
    ),
    "refused": ngettext_lazy("{count} refused", "{count} refused", "count"),
    "fr": gettext_lazy("{count} in French"),
    "en": gettext_lazy("{count} in English"),
    "guessed": gettext_lazy("{count} of them guessed from the text"),
}
MADE = {
    "authors": ngettext_lazy("{count} author", "{count} authors", "count"),
    "commenters": ngettext_lazy("{count} commenter", "{count} commenters", "count"),
    "tags": ngettext_lazy("{count} tag", "{count} tags", "count"),
    "series": ngettext_lazy("{count} series", "{count} series", "count"),
    "decisions": ngettext_lazy(
        "{count} decision of a moderator", "{count} decisions of moderators", "count"
    ),
    "redirects": ngettext_lazy(
        "{count} old address that leads to the new one",
        "{count} old addresses that lead to the new ones",
        "count",
    ),
}
THINGS = {
    "post": gettext_lazy("post"),
    "page": gettext_lazy("page"),
    "comment": gettext_lazy("comment"),
    "mention": gettext_lazy("mention"),
    "picture": gettext_lazy("picture"),
    "lead picture": gettext_lazy("lead picture"),
    "file": gettext_lazy("file"),
    "redirect": gettext_lazy("old address"),
    "decision": gettext_lazy("decisions on a comment"),
    "script": gettext_lazy("program"),
    "style": gettext_lazy("style sheet"),
    "block": gettext_lazy("block"),
}
REASONS = {
    "trash": gettext_lazy("in the trash"),
    "auto-draft": gettext_lazy("never saved by anybody"),
    "inherit": gettext_lazy("an older revision"),
    "spam": gettext_lazy("spam"),
    "like": gettext_lazy("a “like”, which says nothing"),
    "not a post or page": gettext_lazy("neither a post nor a page"),
    "no type": gettext_lazy("an item that does not say what it is"),
    "not as exported": gettext_lazy("not as the export had written them"),
    "too long": gettext_lazy("longer than a text can be here"),
    "of a page": gettext_lazy("under a page; only posts have conversations here"),
    "of an item left out": gettext_lazy("under something that was left out"),
    "empty": gettext_lazy("without a word in it"),
    "unknown kind": gettext_lazy("of a kind that is not known here"),
    "not approved": gettext_lazy("never approved on the old blog"),
    "no address": gettext_lazy("without an address to link to"),
    "program": gettext_lazy("it stood in a text, and is no part of it"),
    "gallery without its pictures": gettext_lazy(
        "a gallery of which the export has none"
    ),
    "picture inside the text": gettext_lazy("written into the text itself"),
    "no picture": gettext_lazy("no picture; links go on leading to where it is"),
    "not brought over": gettext_lazy("its file was not found, or not given"),
    "unreadable": gettext_lazy("the file is damaged, or cannot be opened"),
    "block without text": gettext_lazy("WordPress filled it in by itself"),
}
NOTES = {
    "parent missing": ngettext_lazy(
        "{count} answer to a comment that is not there: it begins a thread of its own",
        "{count} answers to a comment that is not there: each begins a thread of its "
        "own",
        "count",
    ),
    "parent hidden": ngettext_lazy(
        "{count} answer to a comment that is not public: it moved up to the one above",
        "{count} answers to a comment that is not public: they moved up to the one "
        "above",
        "count",
    ),
    "circle": ngettext_lazy(
        "{count} comment that answers itself in a circle: it begins a thread",
        "{count} comments that answer each other in a circle: each begins a thread",
        "count",
    ),
    "too deep": ngettext_lazy(
        "{count} answer deeper than a thread goes here: it moved up to the last level",
        "{count} answers deeper than a thread goes here: they moved up to the last "
        "level",
        "count",
    ),
    "comment without a date": ngettext_lazy(
        "{count} comment without a date: the post's is taken",
        "{count} comments without a date: the post's is taken",
        "count",
    ),
    "comment shortened": ngettext_lazy(
        "{count} writer's name that was too long, shortened",
        "{count} writers' names that were too long, shortened",
        "count",
    ),
    "address of a writer dropped": ngettext_lazy(
        "{count} site of a commenter that cannot be linked to, dropped",
        "{count} sites of commenters that cannot be linked to, dropped",
        "count",
    ),
    "title from text": ngettext_lazy(
        "{count} post without a title: its first words serve",
        "{count} posts without a title: their first words serve",
        "count",
    ),
    "title shortened": ngettext_lazy(
        "{count} title that was too long, shortened",
        "{count} titles that were too long, shortened",
        "count",
    ),
    "slug changed": ngettext_lazy(
        "{count} address that was taken or could not be kept as it was",
        "{count} addresses that were taken or could not be kept as they were",
        "count",
    ),
    "third language": ngettext_lazy(
        "{count} post with a text in a third language, kept below the first",
        "{count} posts with a text in a third language, kept below the first",
        "count",
    ),
    "published without a date": ngettext_lazy(
        "{count} published post without a date: it came in as a draft",
        "{count} published posts without a date: they came in as drafts",
        "count",
    ),
    "day has passed": ngettext_lazy(
        "{count} post scheduled for a day that has passed: it came in as a draft",
        "{count} posts scheduled for a day that has passed: they came in as drafts",
        "count",
    ),
    "number used twice": ngettext_lazy(
        "{count} item that shares its number with another",
        "{count} items that share their number with another",
        "count",
    ),
    "control characters": ngettext_lazy(
        "{count} control character, taken out",
        "{count} control characters, taken out",
        "count",
    ),
    "bytes of another encoding": ngettext_lazy(
        "{count} byte that is no UTF-8, read as Windows-1252",
        "{count} bytes that are no UTF-8, read as Windows-1252",
        "count",
    ),
    "stray ]]>": ngettext_lazy(
        "{count} end of a section in the midst of a text, mended",
        "{count} ends of a section in the midst of a text, mended",
        "count",
    ),
}


STATES = ("published", "scheduled", "draft")
# Of a long list people read its beginning; the JSON has all of it.
MOST_LISTED = 20
# In the list of posts, those whose language is to be confirmed.
GUESSED = "?guessed=yes"
COUNTS = {
    "posts": ("found", "added", "merged", "unchanged", "left out", *STATES),
    "pages": ("found", "added", "unchanged", "left out", *STATES),
    "comments": (
        "found",
        "published",
        "held",
        "rejected",
        "unconfirmed",
        "unchanged",
        "left out",
    ),
    "mentions": ("found", "added", "unchanged", "left out"),
    "languages": ("fr", "en", "guessed"),
    "pictures": ("found", "copied", "missing", "refused"),
    "added": (
        "authors",
        "commenters",
        "decisions",
        "redirects",
        "series",
        "tags",
        "learned",
    ),
}


@dataclass(slots=True)
class Report:
    """Counts by what became of each thing; ``items`` tells it of each post and page.

    ``left_out`` counts ``(what, why)``, ``notes`` what was changed on the way in,
    ``shortcodes`` those that stay visible because nothing here knows them. ``missing``
    has the addresses of pictures that were not among the files, ``refused`` those of
    files that are no good, with the reason. ``characters`` counts those of the texts
    in the export, ``lost`` those that are not shown here, by what they were (see
    ``measure``).
    """

    files: list[str] = field(default_factory=list)
    dry_run: bool = False
    read: int = 0
    total: int = 0
    posts: Counter = field(default_factory=Counter)
    pages: Counter = field(default_factory=Counter)
    comments: Counter = field(default_factory=Counter)
    mentions: Counter = field(default_factory=Counter)
    languages: Counter = field(default_factory=Counter)
    pictures: Counter = field(default_factory=Counter)
    added: Counter = field(default_factory=Counter)
    left_out: Counter = field(default_factory=Counter)
    notes: Counter = field(default_factory=Counter)
    shortcodes: Counter = field(default_factory=Counter)
    characters: int = 0
    lost: Counter = field(default_factory=Counter)
    items: list[dict] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    refused: dict[str, str | Sentence] = field(default_factory=dict)

    def leave_out(self, what, why, count=1):
        self.left_out[what, why] += count

    def _left_out_in_short(self):
        """The blocks of a theme are of some fifty kinds; people need their number."""
        short = Counter()
        for (what, why), count in self.left_out.items():
            short["block" if what.startswith("block ") else what, why] += count
        return short

    def to_json(self):
        """Return plain data; its names are relied on by whoever reads the JSON."""
        data = {
            group: {
                name.replace(" ", "_"): getattr(self, group)[name] for name in names
            }
            for group, names in COUNTS.items()
        }
        made = data.pop("added")
        return {
            "files": self.files,
            "dry_run": self.dry_run,
            **data,
            **made,
            "text": {
                "characters": self.characters,
                "lost": self.lost["text"],
                "not_text": {
                    what: count
                    for what, count in sorted(self.lost.items())
                    if what != "text" and count
                },
            },
            "left_out": [
                {"what": what, "why": why, "count": count}
                for (what, why), count in sorted(self.left_out.items())
            ],
            "notes": {note: count for note, count in self.notes.items() if count},
            "shortcodes": dict(self.shortcodes),
            "missing_pictures": self.missing,
            "refused_pictures": {
                path: why.to_json() if isinstance(why, Sentence) else why
                for path, why in self.refused.items()
            },
            "items": self.items,
        }

    @classmethod
    def from_json(cls, data):
        """Return the report that ``to_json`` told, without its items."""
        report = cls(files=data["files"], dry_run=data["dry_run"])
        for group, names in COUNTS.items():
            told = data if group == "added" else data[group]
            # Those that were not counted yet when it was told are none.
            counts = {name: told.get(name.replace(" ", "_"), 0) for name in names}
            getattr(report, group).update({n: c for n, c in counts.items() if c})
        report.characters = data["text"]["characters"]
        report.lost.update({"text": data["text"]["lost"]} | data["text"]["not_text"])
        for row in data["left_out"]:
            report.leave_out(row["what"], row["why"], row["count"])
        report.notes.update(data["notes"])
        report.shortcodes.update(data["shortcodes"])
        report.missing = data["missing_pictures"]
        report.refused = {
            path: Sentence.from_json(why) if isinstance(why, dict) else why
            for path, why in data["refused_pictures"].items()
        }
        return report

    def lines(self):
        """Yield the report as lines for people, in the active language."""
        if self.dry_run:
            yield _("This was a rehearsal: nothing has been written.")
        for group, title in (
            ("posts", _("Posts")),
            ("pages", _("Pages")),
            ("comments", _("Comments")),
            ("mentions", _("Mentions on other sites")),
            ("languages", _("Languages")),
            ("pictures", _("Pictures")),
        ):
            told = _told(getattr(self, group), COUNTED, COUNTS[group])
            yield _("{things}: {counts}").format(things=title, counts=told or "0")
        made = _told(self.added, MADE, MADE)
        yield _("New: {things}.").format(things=made or _("nothing"))
        compared = ngettext(
            "Text: {count} character compared with what is shown here; {lost} lost.",
            "Text: {count} characters compared with what is shown here; {lost} lost.",
            self.characters,
        )
        yield compared.format(
            count=Count(self.characters), lost=Count(self.lost["text"])
        )
        if self.added["learned"]:
            yield _(
                "Learned from {count} of its comments that such comments are welcome."
            ).format(count=Count(self.added["learned"]))
        if self.languages["guessed"] and not self.dry_run:
            yield _(
                "Guessed languages can be looked through and confirmed, many at once: "
                "{address}"
            ).format(address=absolute(reverse("admin:blog_post_changelist") + GUESSED))
        if self.missing:
            yield _("Pictures that are not among the files, and stay links:")
            yield from (f"  {url}" for url in self.missing[:MOST_LISTED])
            yield from _and_more(self.missing)
        if self.refused:
            yield _("Files that cannot be kept, and stay links:")
            told = list(self.refused.items())
            for path, why in told[:MOST_LISTED]:
                line = _("{file}: {why}").format(file=path, why=_reason(why))
                yield f"  {line}"
            yield from _and_more(told)
        if self.left_out:
            yield _("Left out:")
        for (what, why), count in sorted(self._left_out_in_short().items()):
            sentence = _("{count} × {thing}: {why}").format(
                count=Count(count),
                thing=THINGS.get(what, what),
                why=REASONS.get(why, why),
            )
            yield f"  {sentence}"
        if any(self.notes.values()):
            yield _("To know:")
        for note, count in sorted(self.notes.items()):
            if count:
                yield f"  {NOTES[note].format(count=Count(count))}"
        if self.shortcodes:
            names = ", ".join(f"[{n}] × {c}" for n, c in self.shortcodes.most_common())
            yield _(
                "Shortcodes that nothing here knows, left to be seen: {names}"
            ).format(names=names)


def _told(counts, sentences, names):
    """Return what was counted under ``names`` in words, but for what is none."""
    return ", ".join(
        sentences[name].format(count=Count(counts[name]))
        for name in names
        if counts[name]
    )


def _reason(why):
    return str(why) if isinstance(why, Sentence) else REASONS.get(why, why)


def _and_more(listed):
    if len(listed) > MOST_LISTED:
        count = len(listed) - MOST_LISTED
        yield "  " + _("… and {count} more").format(count=Count(count))
