"""Comments by the thousand, without ``save()``.

A comment is spread over three tables, and ``bulk_create`` refuses such models. So each
table gets its own rows here. What ``PostComment.save`` and xtd would have worked out
one comment at a time (clean HTML, visibility, place in the thread) is worked out first.
"""

from django.db import transaction
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment, max_thread_level_for_content_type

from blog.html import clean_comment

from .exceptions import TooDeep
from .models import PostComment


def insert(answers):
    """Insert new comments, with their places in their threads; return them.

    ``answers`` holds pairs of an unsaved ``PostComment`` and the one of the same list
    which it answers (or None), in the order in which they were written. Each comment
    brings its ``submit_date``. Threads that are in the database already cannot be
    continued.

    Raises ``TooDeep`` if one answers a comment that may not be answered.
    """
    comments = [comment for comment, _ in answers]
    for comment in comments:
        comment.is_public = comment.status == PostComment.Status.PUBLISHED
        comment.html = clean_comment(comment.comment, is_html=comment.is_html)
    with transaction.atomic():
        rows = [
            Comment(
                **{field.attname: getattr(comment, field.attname) for field in FIELDS}
            )
            for comment in comments
        ]
        Comment.objects.bulk_create(rows)
        for comment, row in zip(comments, rows, strict=True):
            comment.id = comment.comment_ptr_id = comment.xtdcomment_ptr_id = row.pk
        _place(answers)
        for model in (XtdComment, PostComment):
            _insert_own_columns(model, comments)
    return comments


FIELDS = [field for field in Comment._meta.concrete_fields if not field.primary_key]


def _place(answers):
    """Give each comment its thread, its level, and its place as it is read aloud."""
    replies = {comment: [] for comment, _ in answers}
    roots = []
    for comment, parent in answers:
        if parent is None:
            comment.level, comment.parent_id = 0, comment.id
            roots.append(comment)
            continue
        comment.level, comment.parent_id = parent.level + 1, parent.id
        if comment.level > max_thread_level_for_content_type(comment.content_type):
            raise TooDeep(parent.pk)
        replies[parent].append(comment)
    for root in roots:
        thread = _as_read(root, replies)
        for order, comment in enumerate(thread, start=1):
            comment.thread_id, comment.order = root.id, order
    for comment, _ in reversed(answers):
        own = replies[comment]
        comment.nested_count = len(own) + sum(reply.nested_count for reply in own)


def _as_read(root, replies):
    """Yield a thread from top to bottom: a comment, then each answer with its own."""
    waiting = [root]
    while waiting:
        comment = waiting.pop()
        yield comment
        waiting.extend(reversed(replies[comment]))


def _insert_own_columns(model, comments):
    queryset = model._base_manager.get_queryset()
    queryset._for_write = True
    queryset._batched_insert(
        comments, model._meta.local_concrete_fields, batch_size=500
    )
