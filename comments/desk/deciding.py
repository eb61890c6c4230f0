"""Deciding about comments, one by one or together, and taking it back."""

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import kindly, services
from ..exceptions import AlreadyDecided, ChangedMeanwhile
from ..forms import DecisionForm, TogetherForm
from ..models import Decision, PostComment
from .access import for_moderators
from .cards import cards_for, for_cards
from .queue import buttons

CHANGED = 409
READ_AGAIN = 412
QUEUE_PARAMETERS = {"q", "reason", "language", "writer", "age", "post", "after"}


@never_cache
@for_moderators
def review(request, pk):
    """One comment, with everything known of it; a POST decides."""
    comment = get_object_or_404(for_cards(_moderable(request)), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decided(request, comment, form.as_decided())
    status = 400 if request.method == "POST" else 200
    if _wants_json(request) and request.method == "POST":
        return JsonResponse({"told": _first_error(form)}, status=status)
    return _review_page(request, comment, status=status, form=form)


def _moderable(request):
    return PostComment.objects.moderable_by(request.user)


def _review_page(request, comment, *, status=200, **context):
    decisions = comment.decisions.select_related("moderator").telling_if_last()
    context = {
        "card": cards_for([comment], among=_moderable(request))[0],
        "decisions": decisions.order_by("pk"),
        "here": _place(request.POST.get("back", "")),
        **buttons(),
        **context,
    }
    return render(request, "moderation/review.html", context, status=status)


@never_cache
@for_moderators
@require_safe
def letter(request, pk):
    """A rejection with its letter, to be read and changed before it is sent."""
    comment = get_object_or_404(for_cards(_moderable(request).held()), pk=pk)
    card = cards_for([comment], among=_moderable(request))[0]
    reason = request.GET.get("reason", "")
    if reason not in Decision.Reason.values:
        reason = _likeliest(card["explained"])
    reason = Decision.Reason(reason)
    draft = card["post"] and kindly.letter(comment, reason, card["post"])
    if _wants_json(request):
        return JsonResponse({"reason": reason, "letter": draft or ""})
    writing = {
        "reason": reason,
        "letter": draft or "",
        "language": card["post"] and kindly.language_of(comment, card["post"]),
        "is_sent": reason != Decision.Reason.AUTOMATED,
    }
    return _review_page(request, comment, writing=writing)


def _likeliest(explained):
    return next(iter(explained.reasons), Decision.Reason.OFF_TOPIC)


@for_moderators
@require_POST
def together(request):
    """Decide about many comments in one gesture; each is decided by itself."""
    form = TogetherForm(request.POST)
    keys = form.keys()
    if not (form.is_valid() and keys):
        told = _first_error(form) if form.errors else _("Tick some comments first.")
        return _answer(request, {"told": told}, status=400)
    comments = _moderable(request).held().select_related(None).in_bulk(keys)
    decisions = services.decide_together(
        [comments[key] for key in keys if key in comments],
        moderator=request.user,
        **form.as_decided(),
    )
    told = _told_of_many(decisions, missed=len(keys) - len(decisions))
    return _answer(
        request,
        {"told": told, "comments": [decision.comment_id for decision in decisions]},
        decision=decisions[0] if decisions else None,
        status=200 if decisions else CHANGED,
    )


@for_moderators
@require_POST
def undo(request, pk):
    """Take back a decision, with all that were taken in the same gesture."""
    within_reach = Decision.objects.filter(comment__in=_moderable(request))
    decision = get_object_or_404(within_reach, pk=pk)
    gesture = [decision]
    if decision.batch:
        gesture = list(within_reach.filter(batch=decision.batch).order_by("pk"))
    restored = services.undo_together(gesture, moderator=request.user)
    told = _told_of_undone(restored, missed=len(gesture) - len(restored))
    back = [row.comment_id for row in restored if row.comment.status == "held"]
    return _answer(
        request,
        {"told": told, "comments": back},
        status=200 if restored else CHANGED,
    )


@for_moderators
@require_POST
def reopen(request, pk):
    comment = get_object_or_404(_moderable(request), pk=pk)
    try:
        services.reopen(comment, moderator=request.user)
    except AlreadyDecided:
        messages.warning(request, _("This comment is in the queue already."))
    else:
        messages.success(request, _("Back in the queue."))
    return redirect("moderation:review", pk=pk)


def _decided(request, comment, data):
    name = comment.user_name or _("Somebody")
    try:
        decision = services.decide(comment, moderator=request.user, **data)
    except AlreadyDecided:
        told = who_was_first(comment, request.user)
        return _answer(request, {"told": told}, comment=comment, status=CHANGED)
    except ChangedMeanwhile:
        return _to_be_read_again(request, comment)
    sentence = (
        _("Published: the comment by %(name)s is in the conversation now.")
        if decision.outcome == Decision.Outcome.PUBLISH
        else _("Rejected: the comment by %(name)s will not appear.")
    )
    told = sentence % {"name": name}
    return _answer(request, {"told": told}, comment=comment, decision=decision)


def _to_be_read_again(request, comment):
    told = _(
        "Its writer has changed it since you read it, so nothing was decided. Please "
        "read it again."
    )
    if _wants_json(request):
        return JsonResponse({"told": told}, status=READ_AGAIN)
    messages.warning(request, told)
    return redirect("moderation:review", pk=comment.pk)


def who_was_first(comment, moderator):
    """Say to ``moderator`` who decided on a comment before them, what, and when."""
    last = Decision.objects.select_related("moderator").last_on(comment)
    if last is None or not last.is_in_force:
        return _("It has left the queue meanwhile, without a decision of anybody's.")
    what = {
        "name": last.by,
        "reason": last.get_reason_display(),
        "ago": timesince(last.created_at, depth=1),
    }
    published = last.outcome == Decision.Outcome.PUBLISH
    if last.moderator == moderator:
        if published:
            return _("You have published it already, %(ago)s ago.") % what
        return _("You have rejected it already, %(ago)s ago: %(reason)s.") % what
    if published:
        return _("%(name)s was first, and published it %(ago)s ago.") % what
    return _("%(name)s was first, and rejected it %(ago)s ago: %(reason)s.") % what


def _told_of_many(decisions, *, missed):
    count = len(decisions)
    if not count:
        return _("Somebody else has decided on all of them already.")
    if decisions[0].outcome == Decision.Outcome.PUBLISH:
        told = ngettext(
            "%(count)d comment published.", "%(count)d comments published.", count
        )
    else:
        told = ngettext(
            "%(count)d comment rejected.", "%(count)d comments rejected.", count
        )
    return " ".join([told % {"count": count}, *_told_of_missed(missed)])


def _told_of_undone(restored, *, missed):
    count = len(restored)
    if not count:
        return _(
            "Something was decided on it since: that would have to be undone first."
        )
    told = ngettext(
        "Undone: %(count)d comment is as it was.",
        "Undone: %(count)d comments are as they were.",
        count,
    )
    return " ".join([told % {"count": count}, *_told_of_missed(missed)])


def _told_of_missed(missed):
    if missed:
        told = ngettext(
            "Somebody else was faster with %(count)d: it stays as they decided.",
            "Somebody else was faster with %(count)d: they stay as decided.",
            missed,
        )
        yield told % {"count": missed}


def _first_error(form):
    return next(iter(form.errors.values()))[0]


def _wants_json(request):
    return request.headers.get("Accept") == "application/json"


def _answer(request, data, *, comment=None, decision=None, status=200):
    """Tell what has happened: to the script as JSON, else on the page one came from."""
    if _wants_json(request):
        if decision:
            data["undo"] = reverse("moderation:undo", args=[decision.pk])
        return JsonResponse(data, status=status)
    told = data["told"]
    if comment:
        url = reverse("moderation:review", args=[comment.pk])
        link = format_html('<a href="{}">{}</a>', url, _("Look at it again"))
        told = format_html("{} {}", told, link)
    level = messages.SUCCESS if status == 200 else messages.WARNING
    messages.add_message(request, level, told)
    return redirect(_way_back(request, decision))


def _way_back(request, decision):
    """Return the address of the place in the queue that a decision was taken from."""
    then = request.POST.get("then", "")
    place = _place(request.POST.get("back", ""))
    if decision:
        place += f"{'&' if place else ''}done={decision.pk}"
    anchor = f"#comment-{then}" if then.isdecimal() else ""
    return reverse("moderation:queue") + (f"?{place}" if place else "") + anchor


def _place(query):
    """Return of a query string what the queue knows, so that it leads nowhere else."""
    known = [(k, v) for k, v in parse_qsl(query[:2000]) if k in QUEUE_PARAMETERS]
    return urlencode(known)
