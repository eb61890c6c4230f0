"""From rows to a judgement: gathers what a comment is judged by, and has it judged.

The judging itself is in ``moderation`` and knows no database.
"""

import logging
from functools import lru_cache
from threading import Lock, Thread
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections
from django.db.models import Count, Max, Q

from blog.html import plain_text
from blog.models import Blog, Language, Post, localized

from . import learned, rules
from .models import PostComment
from .moderation import pipeline, policy
from .moderation.relevance import PreparedBlog, prepare
from .moderation.text import detect_language
from .moderation.verdicts import Subject, Submission, Writer
from .rights import MODERATE_PERMISSION

# The earlier comments and the posts a comment is compared with. A long thread makes
# each new comment slower; each post takes a millisecond or two to prepare.
THREAD_LENGTH = 100
THREAD_CHARACTERS = 50_000
POSTS = 1000
READ_AT_ONCE = 100
SAMPLE = "Une phrase assez longue pour que sa langue se devine."

logger = logging.getLogger(__name__)


def screen(comment, post):
    """Return ``(writer, verdict, ruling)`` on a stored comment; nothing is written."""
    submission = submission_for(comment, post)
    verdict = pipeline.screen(submission, learned=learned.current())
    strictness = policy.Strictness(Blog.current().strictness)
    ruling = policy.decide(verdict, submission.writer, strictness=strictness)
    return submission.writer, verdict, ruling


def submission_for(comment, post):
    """Gather everything ``comment`` is judged by (about seven queries)."""
    others = PostComment.objects.exclude(pk=comment.pk).select_related(None)
    worded = others.only("comment", "html", "is_html")
    latest = worded.published().on(post).order_by("-pk")[:THREAD_LENGTH]
    parent = worded.filter(pk=comment.parent_id).first()
    return Submission(
        body=comment.text,
        subject=subject_of(post),
        writer=writer_of(comment, post),
        language=comment.language,
        thread=_within_reach([earlier.text for earlier in latest]),
        parent=parent.text if parent else "",
        blog=prepared_blog(),
        own_hosts=own_hosts(),
        repeats=others.filter(comment=comment.comment).count(),
        honeypot=comment.honeypot,
        rules=rules.in_force(),
    )


def warm_up():
    """Make ready in the background what the first comment would have to wait for.

    Call it where a process begins to serve. Returns the thread.
    """
    thread = Thread(target=_make_ready, name="screening", daemon=True)
    thread.start()
    return thread


def _make_ready():
    try:
        detect_language(SAMPLE)
        prepared_blog()
        learned.current()
    except Exception:
        logger.exception("Screening is not ready yet; the first comment will wait.")
    finally:
        connections.close_all()


def _within_reach(latest):
    """Return the texts, oldest first, as far back as they are read."""
    thread, characters = [], 0
    for text in latest:
        characters += len(text)
        if characters > THREAD_CHARACTERS:
            break
        thread.append(text)
    return tuple(reversed(thread))


def prepared_blog():
    """Return the latest posts, ready to be compared with: made anew if one changed."""
    state = Post.objects.published().aggregate(Max("modified_at"), Count("pk"))
    return _prepared_blog(*state.values())


@lru_cache(maxsize=1)
def _prepared_blog(last_modified_at, number):
    with _preparing:
        return PreparedBlog(prepared=_prepared_posts())


_preparing = Lock()
_prepared = {}
"""Each post by its key: when it was last modified, and what was prepared of it."""


def _prepared_posts():
    """Return the latest posts, prepared; only those that changed are read again."""
    global _prepared
    latest = dict(Post.objects.published().values_list("pk", "modified_at")[:POSTS])
    _prepared = {
        pk: known for pk, known in _prepared.items() if known[0] == latest.get(pk)
    }
    stale = [pk for pk in latest if pk not in _prepared]
    for start in range(0, len(stale), READ_AT_ONCE):
        posts = Post.objects.filter(pk__in=stale[start : start + READ_AT_ONCE])
        for post in posts.prefetch_related("tags"):
            _prepared[post.pk] = post.modified_at, prepare(subject_of(post))
    return [_prepared[pk][1] for pk in latest if pk in _prepared]


def subject_of(post):
    """Return a post as screening reads it: its words, in every language it has."""
    body = "\n".join(
        plain_text(localized(post, "body_html", language))
        for language in post.full_languages or [post.original_language]
    )
    return Subject(
        title=" / ".join(
            title
            for language in Language.values
            if (title := localized(post, "title", language))
        ),
        body=body,
        language=post.original_language,
        summaries={
            language: summary
            for language in Language.values
            if (summary := localized(post, "summary", language))
        },
        tags=tuple(
            name
            for tag in post.tags.all()
            for language in Language.values
            if (name := localized(tag, "name", language))
        ),
    )


def writer_of(comment, post):
    """Return who wrote ``comment``, with what became of their earlier comments here.

    Anybody may type the blogger's address: what was written under an account speaks
    for that account alone.
    """
    user = comment.user
    history = {"published": 0, "rejected": 0}
    if comment.commenter_id:
        status = PostComment.Status
        history = (
            PostComment.objects.exclude(pk=comment.pk)
            .by(comment.commenter_id)
            .filter(user=user)
            .order_by()
            .aggregate(
                published=Count("pk", filter=Q(status=status.PUBLISHED)),
                rejected=Count("pk", filter=Q(status=status.REJECTED)),
            )
        )
    return Writer(
        name=comment.user_name,
        email=comment.user_email,
        url=comment.user_url,
        affiliation=comment.affiliation,
        denies_tie=comment.denies_tie,
        is_confirmed=bool(comment.commenter and comment.commenter.confirmed_at),
        is_team=bool(
            user and (user.pk == post.author_id or user.has_perm(MODERATE_PERMISSION))
        ),
        **history,
    )


def own_hosts():
    return frozenset({urlsplit(settings.SITE_URL).hostname or ""})
