"""What waits, by mail: to each moderator at the pace they chose, each comment once."""

from datetime import timedelta
from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from post_office.models import STATUS, Email

from blog.dates import written_moment
from blog.models import Blog, Post
from ctts.addresses import absolute

from . import notifications, tokens
from .explained import Explained
from .models import Decision, Digest, PostComment, Screening, Told
from .moderation.verdicts import Outcome
from .quoting import one_line, quoted
from .rights import MODERATE_PERMISSION

MOST_IN_ONE = 20
"""Comments in one mail. The rest is in the next, or is decided at the desk by then."""
TIME_TO_ANSWER = timedelta(hours=1)
"""Whoever was only asked about a tie has so long to answer before anybody is called."""
MOST_SENTENCES = 3
PUBLISH, REJECT = "publish", "reject"


def moderators():
    """Return the accounts that may moderate now and can be written to."""
    return (
        get_user_model()
        .objects.with_perm(
            MODERATE_PERMISSION, backend="django.contrib.auth.backends.ModelBackend"
        )
        .exclude(email="")
    )


def send_due(now=None):
    """Write to every moderator whose time has come. Returns how many mails that were.

    Who has never said how often they want to hear hears once a day.
    """
    now = now or timezone.now()
    new = moderators().filter(digest=None)
    Digest.objects.bulk_create(
        [Digest(moderator=user) for user in new], ignore_conflicts=True
    )
    return _send_all(Digest.objects.due(now), now)


def tell_at_once():
    """Write to those who want to hear of each comment at once."""
    _send_all(Digest.objects.filter(interval=Digest.Interval.AT_ONCE), timezone.now())


def _send_all(digests, now):
    keys = digests.filter(moderator__in=moderators()).values_list("pk", flat=True)
    return sum(_send(key, now) for key in list(keys))


def _send(key, now):
    """Note what a moderator is told, and write to them once that is committed."""
    with transaction.atomic():
        # Of two runs at the same time the second finds that nothing is due any more.
        locked = Digest.objects.due(now).select_for_update().filter(pk=key)
        digest = locked.first()
        if digest is None:
            return False
        news = list(_news(digest, now)[:MOST_IN_ONE])
        if not news:
            return False
        Told.objects.bulk_create(
            Told(digest=digest, comment=comment, reopening=comment.reopening)
            for comment in news
        )
        Digest.objects.filter(pk=key).update(sent_at=now)
        transaction.on_commit(partial(_write, digest, news))
    return True


def _news(digest, now):
    """Return what waits for this moderator and what they were not told of yet."""
    decisions = Decision.objects.filter(comment=OuterRef("pk")).order_by("-pk")
    last = decisions.values("pk")[:1]
    told = Told.objects.filter(
        digest=digest, comment=OuterRef("pk"), reopening=OuterRef("reopening")
    )
    just_asked = Screening.objects.filter(
        comment=OuterRef("pk"),
        outcome=Outcome.ASK,
        created_at__gt=now - TIME_TO_ANSWER,
        comment__affiliation="",
        comment__denies_tie=False,
    )
    return (
        PostComment.objects.moderable_by(digest.moderator)
        .held()
        .select_related(None)
        .annotate(reopening=Coalesce(Subquery(last), 0))
        .exclude(Exists(told))
        .exclude(Exists(just_asked))
        .prefetch_related("screenings")
        .order_by("pk")
    )


def _write(digest, news):
    moderator = digest.moderator
    waiting = PostComment.objects.moderable_by(moderator).held().count()
    posts = Post.objects.for_lists().in_bulk([int(c.object_pk) for c in news])
    with translation.override(digest.language):
        leave = absolute(
            reverse("moderation:no_digest", args=[tokens.make("no_digest", digest.pk)])
        )
        notifications.tell_moderator(
            moderator.email,
            _subject(len(news)),
            {
                "name": moderator.get_short_name(),
                "count": len(news),
                "more": max(0, waiting - len(news)),
                "entries": [
                    _entry(comment, posts.get(int(comment.object_pk)), moderator)
                    for comment in news
                ],
                "queue_url": absolute(reverse("moderation:queue")),
                "mails_url": absolute(reverse("moderation:mails")),
                "leave_url": leave,
            },
        )


def _subject(count):
    """One short line with nothing in it that a commenter typed."""
    sentence = ngettext(
        "%(count)d comment waits for you on %(blog)s",
        "%(count)d comments wait for you on %(blog)s",
        count,
    )
    title = Truncator(str(Blog.current())).chars(30)
    return sentence % {"count": count, "blog": title}


def _entry(comment, post, moderator):
    state = state_of(comment, comment.reopening)
    return {
        "name": one_line(comment.user_name, longest=60) or _("Somebody"),
        "post": post.original_title if post else "",
        "when": written_moment(comment.submit_date),
        "quote": quoted(comment.text),
        "tie": one_line(comment.affiliation, longest=200),
        "why": why(comment),
        "publish_url": link(moderator, comment, PUBLISH, state),
        "reject_url": link(moderator, comment, REJECT, state),
    }


def why(comment, *, shown=one_line):
    """Say in plain words why a comment waits, in some lines.

    ``shown`` is what becomes of a sentence, which quotes the commenter: for a mail,
    one with nothing to click on.
    """
    explained = Explained(comment)
    lines = [
        _("%(reason)s (%(percent)d%%): %(seen)s")
        % {
            "reason": item["label"],
            "percent": item["percent"],
            "seen": " ".join(
                shown(evidence["sentence"])
                for evidence in item["evidence"]
                if evidence["is_for"]
            ),
        }
        for item in _shortened(explained)
    ]
    if explained.screening and explained.screening.failures:
        lines.append(
            _("Part of the screening broke down, so nothing was decided without you.")
        )
    if explained.waits_by_policy:
        lines.append(_("Nothing was found against it; your policy has it wait."))
    return lines or [_("Nothing was found against it that would hold it by itself.")]


def _shortened(explained):
    for item in explained.for_moderator:
        if item["is_why"]:
            telling = [e for e in item["evidence"] if e["is_for"]][:MOST_SENTENCES]
            yield item | {"evidence": telling}


def forget(comments):
    """Take mails that quote these comments out of the outbox, which keeps what it sent.

    For a writer who is erased. What waits there still is news of others as well.
    """
    for comment in comments:
        if comment.text.strip():
            sent = Email.objects.filter(status=STATUS.sent)
            sent.filter(message__contains=quoted(comment.text)).delete()


# The links -------------------------------------------------------------------------


def link(moderator, comment, action, state):
    """Return an address good for this person, this comment, this action, as it is."""
    bound_to = [moderator.pk, comment.pk, action, state]
    token = tokens.make("by_mail", bound_to)
    return absolute(reverse("moderation:by_mail", args=[token]))


def state_of(comment, last_decision):
    """Return what of a comment must be the same still when a link is used.

    That is what was decided before (the key of the last decision, 0: nothing), and all
    that was read: a writer may add to their words, and a moderator then read others.
    """
    return f"{last_decision}-{comment.fingerprint}"


def current_state(comment):
    last = Decision.objects.last_on(comment)
    return state_of(comment, last.pk if last else 0)
