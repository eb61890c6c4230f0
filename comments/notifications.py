"""Who is told, and how: called once what they are told of is committed.

The mail goes to the outbox of post-office, which keeps it until a mail server takes it.
"""

import logging

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from blog.models import Blog
from ctts.addresses import absolute

from . import kindly, tokens
from .models import Amendment, Decision, Follow, PostComment

logger = logging.getLogger(__name__)


def send_decision(decision_pk):
    """Tell a writer what became of their comment, and why.

    Nobody is told of a conversation whose post is gone, nor where an import brought no
    address along.
    """
    decision = Decision.objects.select_related("comment__screening").get(pk=decision_pk)
    comment = decision.comment
    post = comment.content_object
    if post is None or not comment.user_email:
        return
    published = decision.outcome == Decision.Outcome.PUBLISH
    with translation.override(kindly.language_of(comment, post)):
        _send(
            comment.user_email,
            _("Your comment is published") if published else _("About your comment"),
            "emails/decision_published.txt"
            if published
            else "emails/decision_rejected.txt",
            {
                "name": comment.user_name,
                "post": post,
                "comment": comment,
                "letter": decision.note
                or (not published and kindly.letter(comment, decision.reason, post)),
                "amend_url": not published and _invitation(decision),
                "url": absolute(comment.get_absolute_url()),
            },
        )


def _invitation(rejection):
    """Return where a writer may amend their comment; None if they have done so."""
    if Amendment.objects.filter(comment=rejection.comment_id).exists():
        return None
    return _link("comments:amend", "amend", rejection.pk)


def ask_to_confirm_comment(comment_pk):
    """Ask a new writer to confirm their address before their comment goes on."""
    comment = PostComment.objects.get(pk=comment_pk)
    post = comment.content_object
    with translation.override(comment.language or post.original_language):
        _send(
            comment.user_email,
            _("One click, and your comment is on its way"),
            "emails/confirm_comment.txt",
            {
                "post": post,
                "comment": comment,
                "url": _link("comments:confirm", "confirm", comment.pk),
            },
        )


def ask_to_confirm_follow(follow_pk):
    """Ask whoever gave this address whether they want to hear of a conversation."""
    follow = Follow.objects.select_related("post").get(pk=follow_pk)
    with translation.override(follow.language):
        _send(
            follow.email,
            _("Do you want to follow this conversation?"),
            "emails/confirm_follow.txt",
            {
                "post": follow.post,
                "url": _link("comments:follow", "follow", follow.pk),
            },
        )


def tell_followers(comment_pk):
    """Write to those who follow a conversation, its new comment's writer apart."""
    comment = PostComment.objects.published().filter(pk=comment_pk).first()
    post = comment and comment.content_object
    if post is None:
        return
    follows = Follow.objects.filter(post=post, confirmed_at__isnull=False)
    for follow in follows.exclude(email=comment.user_email.strip().lower()):
        with translation.override(follow.language):
            name = comment.user_name or _("Somebody")
            leave = _link("comments:unfollow", "unfollow", follow.pk)
            _send(
                follow.email,
                _("%(name)s commented on “%(title)s”")
                % {"name": name, "title": post.original_title},
                "emails/new_comment.txt",
                {
                    "name": name,
                    "post": post,
                    "comment": comment,
                    "url": absolute(comment.get_absolute_url()),
                    "leave_url": leave,
                },
                headers={"List-Unsubscribe": f"<{leave}>"},
            )


def _link(view, purpose, pk):
    return absolute(reverse(view, args=[tokens.make(purpose, pk)]))


def _send(to, subject, template, context, headers=None):
    body = render_to_string(template, context | {"blog_title": str(Blog.current())})
    message = EmailMessage(
        # A header is one line, whatever a name or a title holds.
        subject=" ".join(subject.split()),
        body=body,
        to=[to],
        headers=headers or {},
    )
    try:
        message.send()
    except Exception:
        # The comment is stored and decided; a mail that cannot even be queued must not
        # turn that into an error page.
        logger.exception("A mail could not be queued: %s", template)


def tell_moderator(address, subject, context):
    """Write to a moderator about what waits (see ``digests``)."""
    _send(
        address,
        subject,
        "emails/digest.txt",
        context,
        headers={
            "List-Unsubscribe": f"<{context['leave_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
