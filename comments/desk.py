"""The moderation desk: what was held and why, and what was decided."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.models import Post

from . import services
from .exceptions import AlreadyDecided
from .explained import Explained
from .forms import DecisionForm
from .models import Decision, PostComment
from .screening import MODERATE_PERMISSION

PAGE_LENGTH = 25


def for_moderators(view):
    """Let in those who may moderate; send strangers to sign in, refuse the others."""
    return login_required(
        permission_required(MODERATE_PERMISSION, raise_exception=True)(view)
    )


@for_moderators
def queue(request):
    """The held comments, the longest waiting first."""
    after = request.GET.get("after", "")
    held = PostComment.objects.held().order_by("pk")
    if after.isdecimal() and len(after) < 18:
        held = held.filter(pk__gt=after)
    comments = list(_for_cards(held)[: PAGE_LENGTH + 1])
    context = {
        "cards": cards_for(comments[:PAGE_LENGTH]),
        "next_after": comments[PAGE_LENGTH - 1].pk
        if len(comments) > PAGE_LENGTH
        else None,
        "waiting": PostComment.objects.held().count(),
        "reasons": Decision.Reason.choices,
    }
    return render(request, "moderation/queue.html", context)


@for_moderators
def review(request, pk):
    """One comment, with everything known of it; a POST decides."""
    comment = get_object_or_404(_for_cards(PostComment.objects.all()), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _decide(request, comment, form.as_decided())
        return redirect("moderation:queue")
    context = {
        "card": cards_for([comment])[0],
        "form": form,
        "reasons": Decision.Reason.choices,
        "decisions": comment.decisions.select_related("moderator").order_by("pk"),
        "earlier": _earlier_by(comment),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "moderation/review.html", context, status=status)


def _earlier_by(comment):
    if comment.commenter_id is None:
        return []
    others = PostComment.objects.by(comment.commenter_id).exclude(pk=comment.pk)
    return others.select_related(None).order_by("-pk")[:10]


def _decide(request, comment, data):
    try:
        decision = services.decide(comment, moderator=request.user, **data)
    except AlreadyDecided:
        messages.warning(request, _("Somebody else has decided on this one already."))
        return
    sentence = (
        _("Published: the comment by %(name)s is in the conversation now.")
        if decision.outcome == Decision.Outcome.PUBLISH
        else _("Rejected: the comment by %(name)s will not appear.")
    )
    sentence = sentence % {"name": comment.user_name or _("Somebody")}
    url = reverse("moderation:review", args=[comment.pk])
    link = format_html('<a href="{}">{}</a>', url, _("Look at it again"))
    messages.success(request, format_html("{} {}", sentence, link))


@for_moderators
@require_POST
def reopen(request, pk):
    comment = get_object_or_404(PostComment, pk=pk)
    try:
        services.reopen(comment, moderator=request.user)
    except AlreadyDecided:
        messages.warning(request, _("This comment is in the queue already."))
    else:
        messages.success(request, _("Back in the queue."))
    return redirect("moderation:review", pk=pk)


@for_moderators
def log(request):
    """Every decision, the latest first."""
    before = request.GET.get("before", "")
    decisions = Decision.objects.select_related("comment", "moderator").order_by("-pk")
    if before.isdecimal() and len(before) < 18:
        decisions = decisions.filter(pk__lt=before)
    page = list(decisions[: PAGE_LENGTH + 1])
    context = {
        "decisions": page[:PAGE_LENGTH],
        "next_before": page[PAGE_LENGTH - 1].pk if len(page) > PAGE_LENGTH else None,
    }
    return render(request, "moderation/log.html", context)


def _for_cards(comments):
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
