"""What the desk shows of a comment: its post, its parent, its writer's history."""

from django.db.models import Count, Q

from blog.models import Post

from ..explained import Explained
from ..models import PostComment


def for_cards(comments):
    return comments.select_related("commenter").prefetch_related("screenings")


def cards_for(comments):
    """Return what a page shows of each comment, in a fixed number of queries."""
    posts = Post.objects.in_bulk([int(comment.object_pk) for comment in comments])
    parents = PostComment.objects.select_related(None).in_bulk(
        [comment.parent_id for comment in comments if comment.is_reply]
    )
    histories = _histories({comment.commenter_id for comment in comments} - {None})
    return [
        {
            "comment": comment,
            "explained": Explained(comment),
            "post": posts.get(int(comment.object_pk)),
            "parent": parents.get(comment.parent_id) if comment.is_reply else None,
            "history": histories.get(comment.commenter_id),
        }
        for comment in comments
    ]


def _histories(commenters):
    """Return for each commenter what became of their comments here."""
    status = PostComment.Status
    rows = (
        PostComment.objects.select_related(None)
        .filter(commenter__in=commenters)
        .order_by()
        .values("commenter")
        .annotate(
            published=Count("pk", filter=Q(status=status.PUBLISHED)),
            rejected=Count("pk", filter=Q(status=status.REJECTED)),
            held=Count("pk", filter=Q(status=status.HELD)),
        )
    )
    return {row["commenter"]: row for row in rows}
