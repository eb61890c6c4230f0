"""What was held and why, and deciding about it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import services
from ..exceptions import AlreadyDecided
from ..forms import DecisionForm
from ..models import Decision, PostComment
from .access import for_moderators
from .cards import cards_for, for_cards

PAGE_LENGTH = 25


@for_moderators
def queue(request):
    """The held comments, the longest waiting first."""
    after = request.GET.get("after", "")
    waiting = PostComment.objects.moderable_by(request.user).held()
    held = waiting.order_by("pk")
    if after.isdecimal() and len(after) < 18:
        held = held.filter(pk__gt=after)
    comments = list(for_cards(held)[: PAGE_LENGTH + 1])
    context = {
        "cards": cards_for(comments[:PAGE_LENGTH]),
        "next_after": comments[PAGE_LENGTH - 1].pk
        if len(comments) > PAGE_LENGTH
        else None,
        "waiting": waiting.count(),
        "reasons": Decision.Reason.choices,
    }
    return render(request, "moderation/queue.html", context)


@for_moderators
def review(request, pk):
    """One comment, with everything known of it; a POST decides."""
    moderable = PostComment.objects.moderable_by(request.user)
    comment = get_object_or_404(for_cards(moderable), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _decide(request, comment, form.as_decided())
        return redirect("moderation:queue")
    context = {
        "card": cards_for([comment])[0],
        "form": form,
        "reasons": Decision.Reason.choices,
        "decisions": comment.decisions.select_related("moderator").order_by("pk"),
        "earlier": _earlier_by(comment, moderable),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "moderation/review.html", context, status=status)


def _earlier_by(comment, moderable):
    if comment.commenter_id is None:
        return []
    others = moderable.by(comment.commenter_id).exclude(pk=comment.pk)
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
    comment = get_object_or_404(PostComment.objects.moderable_by(request.user), pk=pk)
    try:
        services.reopen(comment, moderator=request.user)
    except AlreadyDecided:
        messages.warning(request, _("This comment is in the queue already."))
    else:
        messages.success(request, _("Back in the queue."))
    return redirect("moderation:review", pk=pk)
