"""What happens to comments: each verb is one transaction.

Whoever adds to a conversation takes the post's row first. Replies then cannot disturb
each other's place in the thread, which on two databases they otherwise do.
"""

import secrets
from contextlib import suppress
from functools import partial

from django.db import transaction
from django.utils import timezone
from post_office.models import Email

from blog.models import Blog, CommentPolicy, Post

from . import digests, learned, notifications, screening
from .exceptions import (
    AlreadyAnswered,
    AlreadyDecided,
    ChangedMeanwhile,
    ParentGone,
    ParentNotFound,
    PostClosed,
    TooDeep,
)
from .models import (
    Amendment,
    Commenter,
    Decision,
    Follow,
    PostComment,
    Screening,
)
from .moderation.organisations import tie_in
from .moderation.policy import suspicion
from .moderation.rules import is_vouched_for
from .moderation.text import detect_language
from .moderation.verdicts import Outcome, Reason, evidence_to_json

Status = PostComment.Status
STATUS_AFTER = {
    Decision.Outcome.PUBLISH: Status.PUBLISHED,
    Decision.Outcome.REJECT: Status.REJECTED,
}
# Anybody can type anybody's address. After so many mails of a kind which nobody there
# has answered, it gets no more of them.
MOST_UNANSWERED = 3


def submit(
    post,
    *,
    name,
    email,
    text,
    url="",
    affiliation="",
    parent=None,
    user=None,
    followup=False,
    honeypot="",
    page_language="",
):
    """Take a comment, have it screened, and publish or hold it accordingly.

    ``parent`` is the key of the comment it answers, if any. The same text sent twice by
    the same writer is one comment. Returns the saved ``PostComment``.

    Raises ``PostClosed``, ``ParentNotFound``, ``ParentGone`` or ``TooDeep``; nothing is
    stored then.
    """
    # Before the post is locked: whoever comes after a decision makes the weights anew.
    learned.current()
    with transaction.atomic():
        post = _locked(post)
        blog = Blog.current()
        if not post.takes_comments_under(blog):
            raise PostClosed(post.pk)
        parent = _parent_on(post, parent)
        commenter, _ = Commenter.objects.get_or_create(email=email.strip().lower())
        comment = PostComment(
            content_object=post,
            object_pk=str(post.pk),
            site_id=1,
            user=user,
            user_name=name,
            user_email=email,
            user_url=url,
            comment=text,
            parent_id=parent.pk if parent else 0,
            affiliation=tie_in(affiliation),
            commenter=commenter,
            followup=followup,
            honeypot=honeypot[:200],
            language=detect_language(text),
        )
        earlier = _sent_before(comment, post)
        if earlier:
            return earlier
        comment.save()
        _settle(comment, post, blog)
        if followup:
            follow(post, email=email, language=page_language or post.original_language)
    return comment


def confirm(comment):
    """Take the confirmation of a writer's address, and let their comment go on.

    Raises ``AlreadyDecided`` if it no longer waits for one, ``PostClosed`` if the post
    is gone.
    """
    with transaction.atomic():
        post = _locked(comment.content_object)
        if not _moves(comment, Status.UNCONFIRMED, Status.HELD):
            raise AlreadyDecided(comment.pk)
        Commenter.objects.filter(pk=comment.commenter_id).update(
            confirmed_at=timezone.now()
        )
        comment = PostComment.objects.get(pk=comment.pk)
        _settle(comment, post, Blog.current())
    return comment


def answer(comment, *, affiliation="", denies_tie=False):
    """Take a writer's answer about the tie they were asked about, and screen again.

    “None” for an ``affiliation`` denies the tie.

    What a moderator has brought back to the queue goes on waiting for one.

    Raises ``AlreadyAnswered`` if they have answered before, ``AlreadyDecided`` if a
    moderator was faster, ``PostClosed`` if the post is gone.
    """
    with transaction.atomic():
        post = _locked(comment.content_object)
        comment = PostComment.objects.get(pk=comment.pk)
        if comment.affiliation or comment.denies_tie:
            raise AlreadyAnswered(comment.pk)
        if comment.status != Status.HELD or comment.is_erased:
            raise AlreadyDecided(comment.pk)
        tie = tie_in(affiliation)
        PostComment.objects.filter(pk=comment.pk).update(
            affiliation=tie, denies_tie=denies_tie or not tie
        )
        comment.refresh_from_db()
        _settle(comment, post, Blog.current())
    return comment


def decide(
    comment,
    *,
    moderator,
    outcome,
    reason="",
    note="",
    tells_writer=True,
    batch="",
    read="",
):
    """Apply a moderator's decision to a held comment and keep a record of it.

    Of two moderators deciding at once, exactly one succeeds. The author is written to
    once the transaction has committed, unless ``tells_writer`` is false. ``note`` is
    what they are told; where it is empty, ``kindly`` finds the words. Decisions of one
    gesture share a ``batch``. ``read`` is the comment's ``fingerprint`` as the
    moderator saw it. Returns the new ``Decision``.

    Raises ``AlreadyDecided`` if the comment has left the queue, ``ChangedMeanwhile`` if
    its writer has changed it since it was read, and ``IntegrityError`` if a rejection
    gives no reason.
    """
    status = STATUS_AFTER[Decision.Outcome(outcome)]
    with transaction.atomic():
        if not _moves(comment, Status.HELD, status):
            raise AlreadyDecided(comment.pk)
        # What is learned are the words as they are now, as a replay would find them.
        comment.refresh_from_db()
        if read and read != comment.fingerprint:
            raise ChangedMeanwhile(comment.pk)
        decision = Decision.objects.create(
            comment=comment,
            moderator=moderator,
            outcome=outcome,
            reason=reason if status == Status.REJECTED else "",
            note=note,
            before=Status.HELD,
            batch=batch,
            screening=comment.latest_screening,
        )
        learned.learn(decision)
        if tells_writer:
            transaction.on_commit(partial(notifications.send_decision, decision.pk))
        if status == Status.PUBLISHED:
            transaction.on_commit(partial(notifications.tell_followers, comment.pk))
    return decision


def decide_together(comments, *, moderator, **decided):
    """Apply one decision to many held comments, in one gesture that is undone in one.

    Each is decided by itself: what somebody else was faster with stays as they decided,
    and what follows is decided all the same. Returns the new decisions; they share a
    ``batch`` unless there was but one.
    """
    batch = _batch_of(comments)
    decisions = []
    for comment in comments:
        with suppress(AlreadyDecided):
            decisions.append(
                decide(comment, moderator=moderator, batch=batch, **decided)
            )
    return decisions


def reopen(comment, *, moderator, note=""):
    """Bring a decided or published comment back to the queue, and record who did.

    What was learned from the decision is taken back. Raises ``AlreadyDecided`` if the
    comment is in the queue already.
    """
    with transaction.atomic():
        was = next(
            (
                status
                for status in (Status.PUBLISHED, Status.REJECTED)
                if _moves(comment, status, Status.HELD)
            ),
            None,
        )
        if was is None:
            raise AlreadyDecided(comment.pk)
        # After the swap, so that no other decision can come between.
        _unlearn_last(comment)
        decision = Decision.objects.create(
            comment=comment,
            moderator=moderator,
            outcome=Decision.Outcome.REOPEN,
            note=note,
            before=was,
        )
    comment.refresh_from_db()
    return decision


def _batch_of(rows):
    """Return what the decisions on ``rows`` share; one alone has nothing to share."""
    return secrets.token_hex(8) if len(rows) > 1 else ""


def undo(decision, *, moderator, batch=""):
    """Put a comment back to what it was before ``decision``, learning included.

    The record grows by a row that says what stands again. A mail that has left cannot
    be called back. Returns that new ``Decision``, which can be undone in turn.

    Raises ``AlreadyDecided`` if something was decided on the comment since, or its
    writer has amended it: there is no way back past that.
    """
    with transaction.atomic():
        comment = _row_of(decision)
        after, before = STATUS_AFTER.get(decision.outcome), decision.before
        if after is None:
            after = comment.status
        last = Decision.objects.last_on(comment)
        if (
            last is None
            or last.pk != decision.pk
            or decision.moderator_id is None
            or comment.is_erased
            or not _moves(comment, after, before)
        ):
            raise AlreadyDecided(comment.pk)
        if decision.is_in_force:
            learned.unlearn(decision)
        stands = _stood_before(decision)
        restored = Decision.objects.create(
            comment=comment,
            moderator=moderator,
            outcome=stands.outcome if stands else _outcome_without(before),
            reason=stands.reason if stands else "",
            before=after,
            batch=batch,
            undoes=decision,
            screening_id=stands.screening_id if stands else None,
        )
        if stands:
            learned.learn(restored)
    comment.refresh_from_db()
    return restored


def undo_together(decisions, *, moderator):
    """Undo what was decided in one gesture; what was decided again since stays.

    Returns the new decisions; several share a ``batch`` too.
    """
    batch = _batch_of(decisions)
    restored = []
    for decision in decisions:
        with suppress(AlreadyDecided):
            restored.append(undo(decision, moderator=moderator, batch=batch))
    return restored


def may_be_amended(rejection):
    """Whether the writer of a rejected comment may still answer to its rejection."""
    comment = rejection.comment
    return (
        comment.status == Status.REJECTED
        and not comment.is_erased
        and not Amendment.objects.filter(comment=comment).exists()
        and Decision.objects.last_on(comment) == rejection
    )


def amend(rejection, *, text, affiliation=""):
    """Take what a writer says to the rejection of their comment: once, and to a person.

    The comment changes, is screened anew and waits again, whatever screening says; what
    it said before is kept. The link came by mail, so that the address is confirmed.
    Returns the comment.

    Raises ``AlreadyAnswered`` if they have answered before, ``AlreadyDecided`` if the
    rejection no longer stands, ``PostClosed`` if the post is gone.
    """
    with transaction.atomic():
        post = _locked(rejection.comment.content_object)
        comment = _row_of(rejection)
        if Amendment.objects.filter(comment=comment).exists():
            raise AlreadyAnswered(comment.pk)
        last = Decision.objects.last_on(comment)
        if last.pk != rejection.pk or not _moves(comment, Status.REJECTED, Status.HELD):
            raise AlreadyDecided(comment.pk)
        # With the words it was learned from.
        _unlearn_last(comment)
        Amendment.objects.create(
            comment=comment,
            rejection=rejection,
            text=comment.text,
            affiliation=comment.affiliation,
        )
        Decision.objects.create(
            comment=comment, outcome=Decision.Outcome.REOPEN, before=Status.REJECTED
        )
        Commenter.objects.filter(pk=comment.commenter_id, confirmed_at=None).update(
            confirmed_at=timezone.now()
        )
        comment = PostComment.objects.get(pk=comment.pk)
        comment.comment, comment.is_html = text, False
        comment.affiliation = tie_in(affiliation)
        comment.language = detect_language(text) or comment.language
        comment.save()
        _settle(comment, post, Blog.current())
    return comment


def rescreen(comment):
    """Have a held comment judged again, as a new ``Screening``. Its status stays.

    Raises ``PostClosed`` if the post is gone: there is nothing to compare it with.
    """
    post = comment.content_object
    if post is None:
        raise PostClosed
    before = comment.latest_screening
    _writer, verdict, ruling = screening.screen(comment, post)
    # What the blog's policy said then still holds the comment now.
    policy = before.policy if before else ""
    return _record(comment, verdict, ruling.outcome, ruling.reasons, policy)


def erase_author(commenter):
    """Take a writer out of their comments; the conversation keeps its shape.

    What was learned from their words is taken back first, so that learning can still
    be replayed; what screening quoted of them goes too. Returns how many comments were
    emptied.
    """
    with transaction.atomic():
        # Held until the end: a decision taken meanwhile would be overwritten.
        comments = list(
            PostComment.objects.by(commenter).select_related(None).select_for_update()
        )
        digests.forget(comments)
        for comment in comments:
            _unlearn_last(comment)
            comment.user_name = comment.user_email = comment.user_url = ""
            comment.comment = comment.affiliation = comment.honeypot = ""
            comment.ip_address = comment.user = comment.commenter = None
            comment.is_erased = True
            comment.save()
        for record in (Screening, Amendment, Decision):
            record.objects.filter(comment__in=comments).forget_words()
        Follow.objects.filter(email=commenter.email).delete()
        # The outbox keeps what was sent; their own mails quote them.
        Email.objects.filter(to__iexact=commenter.email).delete()
        commenter.delete()
    return len(comments)


def follow(post, *, email, language):
    """Note that somebody wants to hear of a conversation; ask them to confirm it.

    Each conversation is asked about apart, once: an address that was typed proves
    nothing. Returns the ``Follow``, or None where too many such mails to this address
    were left unanswered.
    """
    email = email.strip().lower()
    earlier = Follow.objects.filter(email=email)
    row = earlier.filter(post=post).first()
    if row:
        return row
    if earlier.filter(confirmed_at=None).count() >= MOST_UNANSWERED:
        return None
    row = Follow.objects.create(post=post, email=email, language=language)
    transaction.on_commit(partial(notifications.ask_to_confirm_follow, row.pk))
    return row


def confirm_follow(row):
    """Take the word of somebody that they want to follow, and that they are reached."""
    with transaction.atomic():
        Follow.objects.filter(pk=row.pk, confirmed_at=None).update(
            confirmed_at=timezone.now()
        )
        Commenter.objects.filter(email=row.email, confirmed_at=None).update(
            confirmed_at=timezone.now()
        )


def _locked(post):
    """Take the post's row for this transaction, so that writers wait for each other.

    Raises ``PostClosed`` if ``post`` is None, or was deleted in the meantime.
    """
    row = post and Post.objects.select_for_update().filter(pk=post.pk).first()
    if row is None:
        raise PostClosed
    return row


def _parent_on(post, key):
    if not key:
        return None
    parent = PostComment.objects.on(post).filter(pk=key).first()
    if parent is None:
        raise ParentNotFound(key)
    if not (parent.is_public and parent.status == Status.PUBLISHED):
        raise ParentGone(key)
    if not parent.allow_thread():
        raise TooDeep(key)
    return parent


def _sent_before(comment, post):
    same = PostComment.objects.on(post).filter(
        commenter=comment.commenter, comment=comment.comment
    )
    # A comment that answers none is stored as its own parent.
    same = [
        row
        for row in same
        if (row.parent_id if row.is_reply else 0) == comment.parent_id
    ]
    return same[0] if same else None


def _moves(comment, before, after):
    """Change the status if it is still ``before``; say whether it was.

    Of a comment whose writer was erased there is nothing left to decide about.
    ``is_public`` follows apart: it is a column of a parent table, and Django would run
    one update of both as SELECT then UPDATE, between which a second moderator slips in.
    """
    same = PostComment.objects.filter(pk=comment.pk, status=before, is_erased=False)
    moved = same.update(status=after)
    if moved:
        PostComment.objects.filter(pk=comment.pk).update(
            is_public=after == Status.PUBLISHED
        )
    return bool(moved)


def _row_of(decision):
    """Take the row of a decision's comment until the transaction ends."""
    rows = PostComment.objects.select_related(None).select_for_update(of=("self",))
    return rows.get(pk=decision.comment_id)


def _unlearn_last(comment):
    last = Decision.objects.last_on(comment)
    if last and last.is_in_force:
        learned.unlearn(last)
    elif comment.import_key:
        learned.forget_import([comment])


def _stood_before(decision):
    """Return the decision that is in force again once ``decision`` is undone, if any.

    Before a decision about a held comment, none was: the one before it, if there was
    one, had been taken back.
    """
    if decision.before == Status.HELD:
        return None
    earlier = Decision.objects.filter(
        comment=decision.comment_id, pk__lt=decision.pk
    ).order_by("-pk")
    previous = earlier.first()
    return previous if previous and previous.is_in_force else None


def _outcome_without(status):
    """Return what to record where a comment is put back and no decision stands."""
    return (
        Decision.Outcome.REOPEN if status == Status.HELD else Decision.Outcome.RESTORE
    )


def _settle(comment, post, blog):
    """Screen a comment that is not public yet; publish it if nothing speaks against."""
    writer, verdict, ruling = screening.screen(comment, post)
    outcome, policy = ruling.outcome, ""
    status = Status.PUBLISHED if outcome == Outcome.PUBLISH else Status.HELD
    if not writer.is_team:
        policy = post.policy_under(blog)
        waits = policy == CommentPolicy.HOLD_ALL or (
            policy == CommentPolicy.HOLD_FIRST
            and not (writer.is_known or is_vouched_for(verdict.evidence))
        )
        if outcome == Outcome.PUBLISH and (waits or comment.decisions.exists()):
            outcome, status = Outcome.HOLD, Status.HELD
        if blog.confirms_addresses and not (writer.is_confirmed or writer.is_known):
            if _left_unanswered(comment):
                outcome, status = Outcome.HOLD, Status.HELD
            else:
                status = Status.UNCONFIRMED
                transaction.on_commit(
                    partial(notifications.ask_to_confirm_comment, comment.pk)
                )
    _record(comment, verdict, outcome, ruling.reasons, policy)
    _moves(comment, Status.HELD, status)
    if status == Status.HELD and outcome == Outcome.HOLD:
        transaction.on_commit(digests.tell_at_once, robust=True)
    if status == Status.PUBLISHED:
        transaction.on_commit(partial(notifications.tell_followers, comment.pk))
    comment.refresh_from_db()


def _left_unanswered(comment):
    others = PostComment.objects.by(comment.commenter).exclude(pk=comment.pk)
    asked = others.filter(status=Status.UNCONFIRMED).select_related(None)
    return asked.count() >= MOST_UNANSWERED


def _record(comment, verdict, outcome, reasons, policy=""):
    row = Screening.objects.create(
        comment=comment,
        outcome=outcome,
        reasons=list(reasons),
        scores={reason.value: verdict.scores.get(reason) for reason in Reason},
        evidence=[evidence_to_json(item) for item in verdict.evidence],
        failures=list(verdict.failures),
        policy=policy,
        suspicion=suspicion(verdict),
    )
    PostComment.objects.filter(pk=comment.pk).update(screening=row)
    return row
