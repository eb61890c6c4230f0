"""Conversations that come back from an export of ours, as they were."""

from html import unescape

from django.conf import settings
from django.utils import timezone

from blog.html import MAX_LENGTH
from blog.importing.posts import moment
from blog.importing.returning import meta_of, moment_of
from blog.models import Language

from . import decided
from .importing import MAX_NAME, STATUS_OF, CommentImporter, Threads, _email
from .models import Commenter, PostComment

Status = PostComment.Status


class OurCommentImporter(CommentImporter):
    def __init__(self, survey, people, report):
        super().__init__(survey, people, report)
        self.decisions = []

    def _add_conversations(self, conversations):
        super()._add_conversations(conversations)
        self.report.added["decisions"] += len(self.decisions)
        decided.write(self.decisions)
        self.decisions = []

    def _note_commenters(self, comments):
        super()._note_commenters(comments)
        told = {_email(c.email): meta_of(c.meta).get("confirmed_at") for c in comments}
        rows = list(Commenter.objects.filter(email__in=told, confirmed_at=None))
        for row in rows:
            row.confirmed_at = moment_of(told[row.email])
        Commenter.objects.bulk_update(rows, ["confirmed_at"])

    @staticmethod
    def threads(*args):
        return OurThreads(*args)

    def _is_kept(self, comment, outcome):
        self.report.comments["found"] += 1
        if len(comment.content) <= MAX_LENGTH:
            return True
        self.report.comments["left out"] += 1
        self.report.leave_out("comment", "too long")
        outcome["left_out"].append(comment.comment_id)
        return False

    def _row(self, comment, parent, post):
        meta = meta_of(comment.meta)
        is_html = meta.get("is_html") == "True"
        is_erased = meta.get("is_erased") == "True"
        text = comment.content if is_html else unescape(comment.content)
        email = _email(comment.email)
        language = meta.get("language", "")
        date = moment_of(meta.get("submit_date"))
        row = PostComment(
            content_type=self.content_type,
            object_pk=str(post.pk),
            site_id=settings.SITE_ID,
            level=parent.level + 1 if parent else 0,
            status=_status(comment, meta),
            user=self.people.commenter(comment.user_id),
            user_name=unescape(comment.author)[:MAX_NAME],
            user_email=email,
            user_url=self._site(comment),
            comment="" if is_erased else text,
            is_html=is_html,
            is_erased=is_erased,
            submit_date=date or moment(comment.date_gmt) or timezone.now(),
            language=language if language in Language.values else "",
            affiliation=meta.get("affiliation", "")[:200],
            denies_tie=meta.get("denies_tie") == "True",
            commenter_id=self.commenters.get(email),
            import_key=self._key(comment),
        )
        if "decisions" in meta:
            self._take_decisions(meta["decisions"], row)
        return row

    def _take_decisions(self, text, row):
        try:
            decisions = decided.read(text, self.people)
        except ValueError:
            self.report.leave_out("decision", "not as exported")
            return
        for decision in decisions:
            decision.comment = row
        self.decisions += decisions


class OurThreads(Threads):
    def _can_hold(self, number, comment):
        """An answer stays where it is: of what is hidden, readers see the place."""
        return number in self.kept


def _status(comment, meta):
    told = meta.get("status")
    return (
        told if told in Status.values else STATUS_OF.get(comment.approved, Status.HELD)
    )
