"""Move out, conversations included.

``blog.exporting`` writes the posts; what was said under them is gathered here.
"""

import json
from html import escape

from django.utils.translation import gettext, override

from blog.exporting import wordpress_dates
from blog.feed_formats import stable_id
from blog.importing.ours import PREFIX
from blog.importing.wxr import ItemComment

from . import decided
from .models import Decision, Mention, PostComment

# What each status is called in WordPress; spam is what a rejection says it is.
APPROVED = {
    PostComment.Status.PUBLISHED: "1",
    PostComment.Status.HELD: "0",
    PostComment.Status.UNCONFIRMED: "0",
    PostComment.Status.REJECTED: "trash",
}
SPAM = {Decision.Reason.AUTOMATED, Decision.Reason.PROMOTIONAL}
# What WordPress has no place for, by the names of the fields.
KEPT = ("status", "language", "affiliation", "denies_tie", "is_html", "is_erased")


class Conversations:
    """What was said under posts, as ``blog.exporting`` wants it."""

    def whole(self, posts):
        """Return every comment and mention under ``posts``, by the key of the post."""
        by_key = {post.pk: post for post in posts}
        found = {}
        comments = PostComment.objects.select_related("commenter")
        decisions = _decisions(posts)
        for comment in _under(posts, comments):
            key = int(comment.object_pk)
            told = _whole(comment, by_key[key], decisions.get(comment.pk, []))
            found.setdefault(key, []).append(told)
        for mention in Mention.objects.filter(post__in=by_key).order_by("pk"):
            found.setdefault(mention.post_id, []).append(_mention(mention))
        return found

    def public(self, posts):
        """Return what anyone may read under ``posts``, by the key of the post.

        Each comment is a dict, ready for JSON; nobody's address of mail is in it.
        """
        by_key = {post.pk: post for post in posts}
        found = {}
        comments = PostComment.objects.published().select_related(None)
        for comment in _under(posts, comments):
            key = int(comment.object_pk)
            found.setdefault(key, []).append(_public(comment, by_key[key]))
        return found


def _under(posts, comments):
    keys = [str(post.pk) for post in posts]
    return comments.filter(object_pk__in=keys).order_by("pk")


def _decisions(posts):
    """Return what was decided under ``posts``, in order, by the key of the comment."""
    keys = [str(post.pk) for post in posts]
    rows = Decision.objects.filter(comment__object_pk__in=keys)
    found = {}
    for row in rows.select_related("moderator").order_by("pk"):
        found.setdefault(row.comment_id, []).append(row)
    return found


def _whole(comment, post, decisions):
    meta = [
        (f"{PREFIX}{name}", str(getattr(comment, name)))
        for name in KEPT
        if getattr(comment, name) not in {"", False}
    ]
    meta.append((f"{PREFIX}submit_date", comment.submit_date.isoformat()))
    if comment.commenter and comment.commenter.confirmed_at:
        confirmed_at = comment.commenter.confirmed_at.isoformat()
        meta.append((f"{PREFIX}confirmed_at", confirmed_at))
    if decisions:
        told = json.dumps(list(decided.told(decisions)), ensure_ascii=False)
        meta.append((f"{PREFIX}decisions", told))
    is_rejected = comment.status == PostComment.Status.REJECTED
    is_spam = is_rejected and decisions and decisions[-1].reason in SPAM
    return ItemComment(
        comment_id=str(_number(comment)),
        author=escape(comment.user_name, quote=False),
        email=comment.user_email,
        url=comment.user_url,
        date=wordpress_dates.local(comment.submit_date),
        date_gmt=wordpress_dates.gmt(comment.submit_date),
        content=_content(comment, post),
        approved="spam" if is_spam else APPROVED[comment.status],
        type="comment",
        parent=str(2 * comment.parent_id) if comment.is_reply else "0",
        user_id=str(comment.user_id or 0),
        meta=meta,
    )


def _content(comment, post):
    """Return the text as WordPress keeps it, which is HTML."""
    if comment.is_erased:
        with override(post.original_language):
            return gettext("Its writer took this comment back.")
    if comment.is_html:
        return comment.comment
    return escape(comment.comment, quote=False)


def _mention(mention):
    return ItemComment(
        comment_id=str(_number(mention)),
        author=escape(mention.title, quote=False),
        url=mention.url,
        date=wordpress_dates.local(mention.mentioned_at),
        date_gmt=wordpress_dates.gmt(mention.mentioned_at),
        approved="1",
        type=mention.kind,
        parent="0",
        user_id="0",
    )


def _number(row):
    """Comments and mentions have one row of numbers in WordPress, and two here."""
    return 2 * row.pk + isinstance(row, Mention)


def _public(comment, post):
    told = {
        "id": stable_id("comment", comment.pk),
        "name": comment.user_name,
        "url": comment.user_url,
        "date_published": comment.submit_date.isoformat(),
        "language": comment.language or post.original_language,
        "content_html": comment.html,
        "affiliation": comment.affiliation,
        "is_by_author": comment.user_id == post.author_id,
        "is_taken_back": comment.is_erased,
        "in_reply_to": stable_id("comment", comment.parent_id)
        if comment.is_reply
        else "",
    }
    return {name: value for name, value in told.items() if value}
