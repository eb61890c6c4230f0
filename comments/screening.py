"""From rows to a judgement: gathers what a comment is judged by, and has it judged.

The judging itself is in ``moderation`` and knows no database.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max, Q

from blog.html import plain_text
from blog.models import Blog, Language, Post, localized

from . import learned, rules
from .models import PostComment
from .moderation import pipeline, policy
from .moderation.relevance import PreparedBlog
from .moderation.verdicts import Subject, Submission, Writer
from .rights import MODERATE_PERMISSION

# The earlier comments and the posts a comment is compared with. A long thread makes
# each new comment slower; each post takes some five milliseconds to prepare.
THREAD_LENGTH = 100
THREAD_CHARACTERS = 50_000
POSTS = 100


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
    posts = Post.objects.published().prefetch_related("tags")[:POSTS]
    return PreparedBlog([subject_of(post) for post in posts])


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
