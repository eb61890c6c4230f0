"""Move in from WordPress, conversations included.

``blog.importing`` reads the export and writes posts; the comments that stand under them
there are written here. They were read and approved on the old blog, so nothing screens
them again, nobody is told of them, and no decision is recorded that nobody took here.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext
from django_comments_xtd.models import max_thread_level_for_content_type

from blog.html import MAX_LENGTH, plain_text
from blog.importing import wxr
from blog.importing.markup import comment_body, title_text
from blog.importing.media import open_media
from blog.importing.posts import PostImporter, moment
from blog.importing.redirects import folder_of
from blog.importing.report import Report
from blog.importing.returning import OurPostImporter
from blog.importing.survey import survey
from blog.languages import detect_language
from blog.models import Post

from . import bulk, learned, welcomed
from .models import Commenter, Mention, PostComment

STATUS_OF = {
    "1": PostComment.Status.PUBLISHED,
    "approve": PostComment.Status.PUBLISHED,
    "approved": PostComment.Status.PUBLISHED,
    "0": PostComment.Status.HELD,
    "hold": PostComment.Status.HELD,
    "": PostComment.Status.HELD,
}
COMMENT_TYPES = {"", "comment"}
MENTION_TYPES = {"pingback", "trackback", "webmention", "mention", "repost"}
MAX_NAME = 50
MAX_SITE = 200
KEYS_AT_ONCE = 500
# Written in one transaction: on SQLite, what readers write waits for it.
ITEMS_AT_ONCE = 50
# Enough to tell a language by.
SAMPLE = 2_000


def import_wordpress(
    paths: Iterable,
    *,
    media=None,
    dry_run=False,
    learn=False,
    on_items: Callable | None = None,
):
    """Import the exports at ``paths`` and return a ``Report``.

    ``media`` is the folder or ZIP archive of the old blog's files. What an earlier run
    imported is left as it is now, and a run that was killed goes on when it is started
    again: posts come in some at a time, each with all that belongs to it. With
    ``dry_run`` everything is done, and then undone. With ``learn`` the comments that
    were public teach that such comments are welcome. ``on_items`` is called with the
    report now and then, which tells how many items were ``read``, of how many.

    Raises ``wxr.BrokenExport`` or ``BrokenMedia`` before anything is written.
    """
    report = Report(files=[str(path) for path in paths], dry_run=dry_run)
    with ExitStack() as stack:
        files = stack.enter_context(open_media(media)) if media else None
        surveys = survey(paths)
        for site in {id(found.site): found.site for found in surveys.values()}.values():
            report.notes.update(site.repairs)
        if dry_run:
            stack.enter_context(transaction.atomic())
        report.total = sum(
            {id(found): found.items for found in surveys.values()}.values()
        )
        for path, found in surveys.items():
            for count in _import_file(path, found, files, report):
                report.read += count
                if on_items:
                    on_items(report)
        if dry_run:
            transaction.set_rollback(True)
    if report.added["decisions"] and not dry_run:
        learned.relearn()
    if learn and not dry_run:
        report.added["learned"] = welcomed.learn()
    return report


def _import_file(path, found, media, report):
    """Import one file; yield the number of items, each time some are written."""
    import_posts, import_comments = PostImporter, CommentImporter
    if found.site.ours:
        from .returning import OurCommentImporter  # which is made from what is here

        import_posts, import_comments = OurPostImporter, OurCommentImporter
    posts = import_posts(found, report, media=media, is_rehearsal=report.dry_run)
    comments = import_comments(found, posts.people, report)
    items = wxr.read(path)
    next(items)
    while batch := list(islice(items, ITEMS_AT_ONCE)):
        with transaction.atomic():
            under = []
            for item in batch:
                post = posts.add(item)
                told = report.items[-1] if report.items else {}
                if post is not None:
                    under.append((item, post, told))
                else:
                    comments.leave_out(item, told)
            posts.save()
            comments.add(under)
            for _item, post, told in under:
                _lead_feed(posts.redirects, post, told)
            posts.redirects.save()
        yield len(batch)
    with transaction.atomic():
        if posts.lists_moved:
            feed = reverse("comments_feed", kwargs={"extension": "rss"})
            posts.redirects.add([f"{folder_of(found)}/comments/feed/"], feed)
        posts.finish()


def _lead_feed(redirects, post, told):
    """Lead who followed the conversation under ``post`` there to its feed here."""
    if told.get("old_paths"):
        feed = {"pk": post.pk, "extension": "rss"}
        path = f"{told['old_paths'][0].rstrip('/')}/feed/"
        if "?" not in path:
            redirects.add([path], reverse("conversation_feed", kwargs=feed))


class CommentImporter:
    """Write the comments of some items at once."""

    def __init__(self, survey, people, report):
        self.survey = survey
        self.people = people
        self.report = report
        self.content_type = ContentType.objects.get_for_model(Post)
        self.max_level = max_thread_level_for_content_type(self.content_type)
        self.commenters = {}
        self.numbers = set()

    @staticmethod
    def threads(*args):
        return Threads(*args)

    def leave_out(self, item, told):
        """Count the comments under ``item``, which is no post of ours."""
        if not item.comments:
            return
        is_page = item.type == "page" and told.get("state") != "left out"
        why = "of a page" if is_page else "of an item left out"
        for comment in item.comments:
            is_mention = comment.type in MENTION_TYPES
            counts = self.report.mentions if is_mention else self.report.comments
            counts.update(["found", "left out"])
            self.report.leave_out("mention" if is_mention else "comment", why)

    def add(self, under):
        """Write the comments and mentions that are new to their posts.

        ``under`` holds ``(item, post, told)``: what the export says, the post that is
        here, and what the report says of it.
        """
        under = [(item, post, told) for item, post, told in under if item.comments]
        # As every writer of comments does first: two at once would spoil the threads.
        keys = [post.pk for _item, post, _told in under]
        posts = Post.objects.select_for_update().order_by("pk")
        list(posts.only("pk").filter(pk__in=keys))
        mentions, conversations = [], []
        for item, post, told in under:
            told["comments"] = outcome = {
                "published": [],
                "held": [],
                "left_out": [],
                "mentions": [],
                "replies": {},
                "roots": [],
            }
            self._number(item)
            kept = []
            for comment in item.comments:
                if comment.type in MENTION_TYPES:
                    mentions.append((comment, post, outcome))
                elif self._is_kept(comment, outcome):
                    kept.append(comment)
            threads = self.threads(kept, item.comments, self.report, outcome)
            ordered = threads.order(post.published_at or timezone.now())
            conversations.append((ordered, post, outcome))
        self._add_mentions(mentions)
        self._add_conversations(conversations)

    def _number(self, item):
        """Give each comment a number of its own; broken exports have them twice."""
        for position, comment in enumerate(item.comments):
            if not comment.comment_id or comment.comment_id in self.numbers:
                self.report.notes["number used twice"] += 1
                comment.comment_id += f"-{item.post_id}-{position}"
            self.numbers.add(comment.comment_id)

    def _known(self, model, comments):
        """Return ``{number there: row}`` of those that came in before."""
        keys = {self._key(comment): comment.comment_id for comment in comments}
        known, names = {}, list(keys)
        for start in range(0, len(names), KEYS_AT_ONCE):
            rows = model.objects.filter(
                import_key__in=names[start : start + KEYS_AT_ONCE]
            )
            known.update((keys[row.import_key], row) for row in rows)
        return known

    def _key(self, comment):
        return self.survey.key(f"comment-{comment.comment_id}")

    def _is_kept(self, comment, outcome):
        self.report.comments["found"] += 1
        why = ""
        if comment.approved not in STATUS_OF:
            why = "trash" if "trash" in comment.approved else "spam"
        elif comment.type == "like":
            why = "like"
        elif comment.type not in COMMENT_TYPES:
            why = "unknown kind"
        elif not comment.content:
            why = "empty"
        elif len(comment.content) > MAX_LENGTH // 2:
            why = "too long"
        if why:
            self.report.comments["left out"] += 1
            self.report.leave_out("comment", why)
            outcome["left_out"].append(comment.comment_id)
        return not why

    def _add_conversations(self, conversations):
        comments = [comment for ordered, *_ in conversations for comment, _ in ordered]
        self._note_commenters(comments)
        known = self._known(PostComment, comments)
        answers = []
        for ordered, post, outcome in conversations:
            answers += self._answers(ordered, post, outcome, known)
        bulk.insert(answers)

    def _answers(self, ordered, post, outcome, known):
        """Return the new ones of a conversation, as ``bulk.insert`` wants them.

        ``ordered`` holds ``(comment, number of its parent)``. Where some are ``known``
        already, and so in the database, a new one takes its place among them by itself.
        """
        numbers = [comment.comment_id for comment, _ in ordered]
        rows = {number: known[number] for number in numbers if number in known}
        continues = bool(rows)
        above, answers = {}, []
        for comment, parent_number in ordered:
            number = comment.comment_id
            row = rows.get(number)
            if row:
                self.report.comments["unchanged"] += 1
            else:
                parent = self._room(parent_number, rows, above)
                above[number] = parent
                row = rows[number] = self._row(comment, parent, post)
                self.report.comments[row.status] += 1
                if continues:
                    row.parent_id = parent.pk if parent else 0
                    row.save()
                else:
                    answers.append((row, parent))
            outcome.setdefault(row.status, []).append(number)
        return answers

    def _room(self, number, rows, above):
        """Return the row to answer, or the one above it where answers may stand."""
        parent = rows.get(number)
        if parent is None or parent.level < self.max_level:
            return parent
        self.report.notes["too deep"] += 1
        return above.get(number) or PostComment.objects.get(pk=parent.parent_id)

    def _row(self, comment, parent, post):
        text, is_html = comment_body(comment.content)
        sample = (plain_text(text) if is_html else text)[:SAMPLE]
        language = detect_language(sample, post.original_language)
        date = moment(comment.date_gmt, comment.date)
        if date is None:
            self.report.notes["comment without a date"] += 1
        email = _email(comment.email)
        return PostComment(
            content_type=self.content_type,
            object_pk=str(post.pk),
            site_id=settings.SITE_ID,
            level=parent.level + 1 if parent else 0,
            status=STATUS_OF[comment.approved],
            user=self.people.commenter(comment.user_id),
            user_name=self._name(comment, language),
            user_email=email,
            user_url=self._site(comment),
            comment=text,
            is_html=is_html,
            submit_date=date or post.published_at or timezone.now(),
            language=language,
            commenter_id=self.commenters.get(email),
            import_key=self._key(comment),
        )

    def _name(self, comment, language):
        name = title_text(comment.author)
        if not name:
            with translation.override(language):
                name = gettext("Anonymous")
        if len(name) > MAX_NAME:
            self.report.notes["comment shortened"] += 1
        return Truncator(name).chars(MAX_NAME)

    def _site(self, comment):
        url = _address(comment.url, MAX_SITE)
        if comment.url.strip() not in {"", "http://", "https://"} and not url:
            self.report.notes["address of a writer dropped"] += 1
        return url

    def _note_commenters(self, comments):
        """Have a row for each address; nobody is known here by it until now."""
        emails = {_email(comment.email) for comment in comments} - {""}
        emails = {email for email in emails if email not in self.commenters}
        here = dict(
            Commenter.objects.filter(email__in=emails).values_list("email", "pk")
        )
        new = [Commenter(email=email) for email in sorted(emails - here.keys())]
        Commenter.objects.bulk_create(new)
        self.commenters |= here | {row.email: row.pk for row in new}
        self.report.added["commenters"] += len(new)

    def _add_mentions(self, mentions):
        counts, new = self.report.mentions, []
        known = self._known(Mention, [comment for comment, *_ in mentions])
        for comment, post, outcome in mentions:
            counts["found"] += 1
            mention = self._mention(comment, post)
            if mention:
                outcome["mentions"].append(comment.comment_id)
                is_new = comment.comment_id not in known
                counts["added" if is_new else "unchanged"] += 1
                new += [mention] * is_new
        Mention.objects.bulk_create(new)

    def _mention(self, comment, post):
        url = _address(comment.url, 500)
        is_approved = STATUS_OF.get(comment.approved) == PostComment.Status.PUBLISHED
        if not is_approved or not url:
            why = "no address" if is_approved else "not approved"
            self.report.mentions["left out"] += 1
            self.report.leave_out("mention", why)
            return None
        title = title_text(comment.author) or urlsplit(url).hostname
        return Mention(
            import_key=self._key(comment),
            post=post,
            title=Truncator(title).chars(300),
            url=url,
            kind=comment.type[:20],
            mentioned_at=moment(comment.date_gmt, comment.date),
        )


class Threads:
    """Who answers whom, made sound: no circle, and nothing under what is not there."""

    def __init__(self, kept, everything, report, outcome):
        self.kept = {comment.comment_id: comment for comment in kept}
        self.parents = {
            comment.comment_id: comment.parent for comment in reversed(everything)
        }
        self.report = report
        self.outcome = outcome

    def order(self, fallback):
        """Return ``(comment, number of its parent or "")``, parents first.

        ``fallback`` is the time of a comment that has none.
        """
        children = {}
        for number, comment in self.kept.items():
            children.setdefault(self._parent(comment), []).append(number)
        for numbers in children.values():
            numbers.sort(key=lambda number: self._age(number, fallback), reverse=True)
        ordered, stack = [], [(number, "") for number in children.get("", ())]
        while stack:
            number, parent = stack.pop()
            ordered.append((self.kept[number], parent))
            if parent:
                self.outcome["replies"][number] = parent
            else:
                self.outcome["roots"].append(number)
            stack.extend((child, number) for child in children.get(number, ()))
        return ordered

    def _age(self, number, fallback):
        comment = self.kept[number]
        date = moment(comment.date_gmt, comment.date) or fallback
        return date, int(number) if number.isdecimal() else 0

    def _parent(self, comment):
        """Return the nearest comment above this one that it can stand under."""
        direct = self.parents[comment.comment_id]
        if direct in {"", "0"}:
            return ""
        if self._is_in_circle(comment.comment_id):
            self.report.notes["circle"] += 1
            return ""
        found = self._nearest(direct, comment)
        if found != direct:
            note = "parent hidden" if direct in self.parents else "parent missing"
            self.report.notes[note] += 1
        return found

    def _nearest(self, number, comment):
        passed = set()
        while number in self.parents and number not in passed:
            if self._can_hold(number, comment):
                return number
            passed.add(number)
            number = self.parents[number]
        return ""

    def _can_hold(self, number, comment):
        """Whether a reader who sees ``comment`` also sees the one above it."""
        above = self.kept.get(number)
        if above is None:
            return False
        published = PostComment.Status.PUBLISHED
        return (
            STATUS_OF[above.approved] == published
            or STATUS_OF[comment.approved] != published
        )

    def _is_in_circle(self, start):
        number, passed = self.parents.get(start), {start}
        while number in self.parents and number not in passed:
            passed.add(number)
            number = self.parents[number]
        return number == start


def _email(text):
    text = text.strip().lower()
    try:
        validate_email(text)
    except ValidationError:
        return ""
    # A comma may stand in an address within quotes; the outbox sends to none such.
    return text if len(text) <= 254 and "," not in text else ""


def _address(text, length):
    """Return ``text`` if it is an address a reader can follow, else nothing."""
    text = text.strip()
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return ""
    return text if len(text) <= length else ""
