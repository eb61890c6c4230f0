"""Deciding from a mail, without signing in; and how often such mails come.

A link shows a page and changes nothing, whoever follows it: mail programs and virus
scanners do. The button on that page acts, once.
"""

import contextlib

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from blog.models import Post

from .. import digests, services, tokens
from ..exceptions import AlreadyDecided
from ..explained import Explained
from ..models import Decision, Digest, PostComment
from .access import for_moderators
from .forms import DigestForm, RejectionForm


@csrf_exempt
@never_cache
def by_mail(request, token):
    """What one link of a mail offers: to publish this comment, or to reject it."""
    try:
        user_pk, comment_pk, action, state = tokens.read("by_mail", token)
    except signing.SignatureExpired:
        return _no_more(request)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    moderator = get_user_model().objects.filter(pk=user_pk).first()
    if moderator is None:
        return _no_more(request)
    _speak_as(moderator, request)
    comment = PostComment.objects.moderable_by(moderator).filter(pk=comment_pk).first()
    if comment is None:
        return _no_more(request)
    form = _form_for(action, request, comment)
    if request.method == "POST" and form.is_valid():
        with contextlib.suppress(AlreadyDecided):
            _decide(comment, moderator, state, form.as_decided())
        return redirect("moderation:by_mail", token=token)
    if not _is_as_it_was(comment, state):
        return _no_more(request, comment)
    context = {
        "comment": comment,
        "post": Post.objects.filter(pk=comment.object_pk).first(),
        "why": digests.why(comment, shown=str),
        "form": form,
        "publishes": action == digests.PUBLISH,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "moderation/by_mail.html", context, status=status)


def _speak_as(moderator, request):
    """Speak the moderator's language, as the mail did; it ends with the request."""
    digest = Digest.objects.filter(moderator=moderator).first() or Digest()
    translation.activate(digest.language)
    request.LANGUAGE_CODE = digest.language


def _is_as_it_was(comment, state):
    is_held = comment.status == PostComment.Status.HELD and not comment.is_erased
    return is_held and digests.current_state(comment) == state


def _form_for(action, request, comment):
    reasons = Explained(comment).reasons
    likeliest = reasons[0].value if reasons else None
    data = request.POST if request.method == "POST" else None
    if action == digests.PUBLISH:
        # Whatever was sent along: this link publishes, and does nothing else.
        data = None if data is None else {"decision": Decision.Outcome.PUBLISH}
    return RejectionForm(action, data, initial={"decision": likeliest})


def _decide(comment, moderator, state, decided):
    """Raise ``AlreadyDecided`` unless everything is as it was in the mail."""
    with transaction.atomic():
        locked = PostComment.objects.select_related(None).select_for_update()
        comment = locked.get(pk=comment.pk)
        if not _is_as_it_was(comment, state):
            raise AlreadyDecided(comment.pk)
        services.decide(comment, moderator=moderator, **decided)


def _no_more(request, comment=None):
    """Say that a link has done its work, or that something has changed since."""
    last = Decision.objects.last_on(comment) if comment else None
    context = {"comment": comment, "last": last}
    return render(request, "moderation/by_mail_over.html", context, status=410)


@for_moderators
def mails(request):
    """How often a moderator wants to hear, and in which language."""
    digest = Digest.objects.filter(moderator=request.user).first()
    digest = digest or Digest(moderator=request.user)
    form = DigestForm(request.POST or None, instance=digest)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Noted."))
        return redirect("moderation:mails")
    return render(request, "moderation/mails.html", {"form": form})


@csrf_exempt
@never_cache
def no_digest(request, token):
    """Stop these mails: the link shows a page, its button does it."""
    try:
        key = tokens.read("no_digest", token)
    except signing.BadSignature:
        raise Http404 from None
    digest = Digest.objects.filter(pk=key).select_related("moderator").first()
    if digest:
        _speak_as(digest.moderator, request)
    never = Digest.Interval.NEVER
    if request.method == "POST":
        Digest.objects.filter(pk=key).update(interval=never)
    is_over = request.method == "POST" or digest is None or digest.interval == never
    return render(request, "moderation/no_digest.html", {"is_over": is_over})
