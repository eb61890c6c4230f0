"""What the desk shows of a comment: its post, its parent, its writer's history."""

from itertools import groupby

from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber, Substr

from blog.listing import opening
from blog.models import Language, Post, localized

from ..explained import Explained
from ..models import PostComment

Status = PostComment.Status
SHOWN = (Status.PUBLISHED, Status.REJECTED, Status.HELD)
EARLIER_SHOWN = 3
OPENING_WORDS = 30
# More than the opening needs, whatever tags stand in it; whole texts are megabytes.
OPENING_CHARACTERS = 3000


def for_cards(comments):
    return comments.select_related(
        "commenter", "screening", "amendment", "amendment__rejection"
    )


def cards_for(comments, *, among):
    """Return what a page shows of each comment: two queries, whatever their number.

    ``among`` are the comments that whoever looks may moderate: of a writer's others,
    only those are shown.
    """
    posts = posts_of(comments)
    parents, histories = _others(comments, among)
    return [
        {
            # As text: a template would ask for its thousands separator each time.
            "pk": str(comment.pk),
            "comment": comment,
            "explained": Explained(comment),
            "post": posts.get(int(comment.object_pk)),
            "parent": parents.get(comment.parent_id) if comment.is_reply else None,
            "history": _history(comment, histories.get(comment.commenter_id, [])),
        }
        for comment in comments
    ]


def _history(comment, decided):
    """Return what became of the other comments of its writer; None of a stranger."""
    others = [row for row in decided if row.pk != comment.pk]
    if not others:
        return None
    counts = {"published": others[0].published, "rejected": others[0].rejected}
    if comment.status in counts:
        counts[comment.status] -= 1
    return {"latest": others[:EARLIER_SHOWN], **counts}


def groups_of(cards):
    """Return the cards by their posts, in the order in which they come.

    Each card learns which one comes ``then``, for the way back to the queue.
    """
    for card, following in zip(cards, [*cards[1:], None], strict=False):
        card["then"] = following and following["pk"]
    groups = []
    for key, members in groupby(cards, key=lambda card: card["comment"].object_pk):
        members = list(members)
        keys = ",".join(card["pk"] for card in members)
        post = members[0]["post"]
        groups.append({"key": key, "post": post, "cards": members, "keys": keys})
    return groups


def posts_of(comments):
    """Return the posts under which ``comments`` stand, with their first lines."""
    openings = {
        f"opening_{language}": Substr(f"body_html_{language}", 1, OPENING_CHARACTERS)
        for language in Language.values
    }
    titles = [f"title_{language}" for language in Language.values]
    posts = Post.objects.only("slug", "published_at", "original_language", *titles)
    found = posts.annotate(**openings).in_bulk(
        {int(comment.object_pk) for comment in comments}
    )
    for post in found.values():
        html = localized(post, "opening", post.original_language)
        post.first_lines = opening(html, words=OPENING_WORDS)
    return found


def _others(comments, among):
    """Return the parents by key, and by commenter what of theirs was decided before.

    Of each commenter the latest few come, each with ``published`` and ``rejected``: how
    many there are.
    """
    parents = {comment.parent_id for comment in comments if comment.is_reply}
    commenters = {comment.commenter_id for comment in comments} - {None}
    within_reach = among.select_related(None).order_by().values("pk")
    by_them = Q(commenter__in=commenters, status__in=SHOWN, pk__in=within_reach)
    per_commenter = {"partition_by": "commenter"}
    rows = (
        PostComment.objects.select_related(None)
        .filter(Q(pk__in=parents) | by_them)
        .annotate(
            published=Window(
                Count("pk", filter=Q(status=Status.PUBLISHED)), **per_commenter
            ),
            rejected=Window(
                Count("pk", filter=Q(status=Status.REJECTED)), **per_commenter
            ),
            turn=Window(RowNumber(), order_by="-pk", **per_commenter),
        )
        .filter(Q(pk__in=parents) | Q(turn__lte=EARLIER_SHOWN + 1))
        .order_by("-pk")
    )
    histories = {}
    rows = list(rows)
    for row in rows:
        if row.commenter_id in commenters and row.status in SHOWN:
            histories.setdefault(row.commenter_id, []).append(row)
    return {row.pk: row for row in rows}, histories
