"""What readers do with comments: write, answer, confirm, follow."""

import contextlib

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from blog.models import Blog, Post

from . import kindly, services, tokens
from .exceptions import (
    AlreadyAnswered,
    AlreadyDecided,
    ParentGone,
    ParentNotFound,
    PostClosed,
    TooDeep,
)
from .explained import Explained
from .forms import AmendForm, AnswerForm, PostCommentForm
from .models import Decision, Follow, PostComment


def refuse(request, sentence, status):
    """Answer that a comment could not be taken, in a sentence that says why."""
    context = {"sentence": sentence, "typed": request.POST.get("comment", "")}
    return render(request, "comments/refused.html", context, status=status)


def _post_is_gone(request, *, status=410):
    return refuse(request, _("This post is not here (any more)."), status)


@csrf_exempt
@require_POST
@never_cache
def submit(request):
    """Take a comment from the form under a post.

    Readers have no cookie and so no CSRF token; their form is signed for its post. Who
    is signed in comments under their own name, so there the token is asked for.
    """
    if is_signed_in(request):
        return csrf_protect(_submit)(request)
    return _submit(request)


def is_signed_in(request):
    """Ask who it is only where a session was brought along: readers have none."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return has_session and request.user.is_authenticated


def _submit(request):
    post = _post_commented_on(request.POST)
    if post is None:
        return _post_is_gone(request)
    user = request.user if is_signed_in(request) else None
    if not post.is_published:
        return _post_is_gone(request, status=404)
    if not post.takes_comments_under(Blog.current()):
        return refuse(request, _("The conversation under this post is closed."), 410)
    form = PostCommentForm(post, data=_with_account(request.POST, user))
    if "reply_to" in form.errors:
        return refuse(request, _("We could not tell what you are answering."), 400)
    if not form.is_valid():
        return _form_again(request, post, form)
    data = form.cleaned_data
    try:
        comment = services.submit(
            post,
            name=data["name"],
            email=data["email"],
            url=data["url"],
            text=data["comment"],
            affiliation=data["affiliation"],
            parent=data["reply_to"],
            user=user,
            followup=data["followup"],
            honeypot=data["honeypot"],
            page_language=get_language(),
        )
    except PostClosed:
        return refuse(request, _("The conversation under this post is closed."), 410)
    except (ParentNotFound, ParentGone):
        sentence = _("The comment you are answering is not here (any more).")
        return refuse(request, sentence, 404)
    except TooDeep:
        sentence = _(
            "This branch of the conversation is as deep as it can be read. Please "
            "answer a comment higher up, or write a new one."
        )
        return refuse(request, sentence, 400)
    return redirect("comments:receipt", token=tokens.make("receipt", comment.pk))


def _post_commented_on(data):
    """Return the post whose form this is; None if it is gone.

    Raises ``Http404`` if the form is for no post of ours.
    """
    key = data.get("object_pk", "")
    if data.get("content_type") != "blog.post" or not key.isdecimal():
        raise Http404
    if len(key) > 18:
        raise Http404
    return Post.objects.filter(pk=key).first()


def _with_account(data, user):
    """Let an account speak for itself: its name and address are not typed."""
    if user is None:
        return data
    data = data.copy()
    data["name"] = (user.get_full_name() or user.get_username())[:50]
    data["email"] = user.email or f"{user.get_username()}@localhost.invalid"
    return data


def _form_again(request, post, form):
    is_stale = form.is_stale
    if is_stale:
        form = form.refreshed()
        form.is_valid()
    parent = _public_comment(post, form.data.get("reply_to"))
    return _form_page(request, post, form, parent, is_stale=is_stale, status=400)


def _form_page(request, post, form, parent, *, is_stale=False, status=200):
    context = {
        "post": post,
        "form": form,
        "parent": parent,
        "is_stale": is_stale,
        "is_signed_in": is_signed_in(request),
    }
    return render(request, "comments/write.html", context, status=status)


def _public_comment(post, key):
    if not str(key or "").isdecimal():
        return None
    return PostComment.objects.published().on(post).filter(pk=key).first()


@require_http_methods(["GET", "HEAD"])
def reply(request, pk):
    """The form to answer one comment, on a page of its own."""
    parent = get_object_or_404(PostComment.objects.published(), pk=pk)
    post = get_object_or_404(Post.objects.published(), pk=parent.object_pk)
    if not parent.allow_thread() or parent.is_erased:
        raise Http404
    if not post.takes_comments_under(Blog.current()):
        return refuse(request, _("The conversation under this post is closed."), 410)
    form = PostCommentForm(post, comment=parent)
    return _form_page(request, post, form, parent)


@csrf_exempt
@never_cache
def receipt(request, token):
    """What became of a comment, for the one who wrote it; and their answer if asked."""
    comment = _named_by("receipt", token, PostComment)
    if comment.content_object is None:
        return _post_is_gone(request)
    explained = Explained(comment)
    if request.method == "POST" and not explained.is_question_open:
        return redirect("comments:receipt", token=token)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # The page says what has become of it since.
        with contextlib.suppress(AlreadyAnswered, AlreadyDecided, PostClosed):
            services.answer(comment, **form.cleaned_data)
        return redirect("comments:receipt", token=token)
    context = {
        "comment": comment,
        "post": comment.content_object,
        "explained": explained,
        "form": form,
        **_about_rejection(comment),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "comments/receipt.html", context, status=status)


def _about_rejection(comment):
    """Return why a comment was rejected, as its writer was told if they were."""
    rejection = comment.status == PostComment.Status.REJECTED and (
        Decision.objects.last_on(comment)
    )
    if not (rejection and rejection.reason):
        return {}
    letter = rejection.note or kindly.letter(
        comment, rejection.reason, comment.content_object
    )
    return {"letter": letter}


@csrf_exempt
@never_cache
def amend(request, token):
    """The answer to a rejection: one other text, or a tie, and it is read once more.

    The link in the mail shows a page; only its button does anything.
    """
    rejection = _named_by("amend", token, Decision)
    comment = rejection.comment
    post = comment.content_object
    receipt = redirect("comments:receipt", token=tokens.make("receipt", comment.pk))
    if post is None:
        return _post_is_gone(request)
    if not services.may_be_amended(rejection):
        return receipt
    form = AmendForm(comment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Answered in another window: the receipt says how things stand.
        with contextlib.suppress(AlreadyAnswered, AlreadyDecided, PostClosed):
            services.amend(rejection, **form.cleaned_data)
        return receipt
    context = {"comment": comment, "post": post, "form": form, "rejection": rejection}
    status = 400 if request.method == "POST" else 200
    return render(request, "comments/amend.html", context, status=status)


@csrf_exempt
@never_cache
def confirm(request, token):
    """Confirm an address: the link shows a page, its button does it."""
    comment = _named_by("confirm", token, PostComment)
    if comment.content_object is None:
        return _post_is_gone(request)
    if request.method == "POST":
        # Confirmed before: the receipt says what has become of it.
        with contextlib.suppress(AlreadyDecided):
            services.confirm(comment)
        return redirect("comments:receipt", token=tokens.make("receipt", comment.pk))
    context = {"comment": comment, "post": comment.content_object}
    return render(request, "comments/confirm.html", context)


@csrf_exempt
@never_cache
def follow(request, token):
    """Confirm that one wants to follow a conversation."""
    row = _named_by("follow", token, Follow)
    if request.method == "POST":
        services.confirm_follow(row)
    row.refresh_from_db()
    return render(request, "comments/follow.html", {"follow": row, "post": row.post})


@csrf_exempt
@never_cache
def unfollow(request, token):
    """Stop following a conversation; doing it twice is no error."""
    try:
        key = tokens.read("unfollow", token)
    except signing.BadSignature:
        raise Http404 from None
    row = Follow.objects.select_related("post").filter(pk=key).first()
    if request.method == "POST" and row:
        row.delete()
        row = None
    return render(request, "comments/unfollow.html", {"follow": row})


def _named_by(purpose, token, model):
    try:
        key = tokens.read(purpose, token)
    except signing.BadSignature:
        raise Http404 from None
    return get_object_or_404(model, pk=key)
