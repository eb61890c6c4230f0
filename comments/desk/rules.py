"""People and places: the lists that moderators keep, and what a rule would do."""

from django.contrib import messages
from django.core import signing
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.models import Post

from .. import rules as keeping
from ..models import Commenter, Rule
from .access import for_moderators_of_all
from .forms import RuleForm

MOST_LISTED = 50
SIGNER = signing.Signer(salt="comments.rule")


@for_moderators_of_all
def rules(request):
    """All rules, those whose day is over apart."""
    rows = Rule.objects.select_related("author", "commenter").order_by(
        "kind", "pattern", "pk"
    )
    rows = list(rows)
    context = {
        "in_force": [rule for rule in rows if not rule.is_over],
        "over": [rule for rule in rows if rule.is_over],
    }
    return render(request, "moderation/rules.html", context)


@for_moderators_of_all
def new_rule(request):
    return _edit(request, Rule(author=request.user))


@for_moderators_of_all
def change_rule(request, pk):
    return _edit(
        request, get_object_or_404(Rule.objects.select_related("author"), pk=pk)
    )


@for_moderators_of_all
@require_POST
def remove_rule(request, pk):
    rule = get_object_or_404(Rule, pk=pk)
    keeping.remove(rule, moderator=request.user)
    messages.success(request, _("Removed: it counts no more. The log remembers it."))
    return redirect("moderation:rules")


def _edit(request, rule):
    """Show a rule, then what it would have done; keep it once that was seen."""
    initial = None if rule.pk else _asked_for(request)
    form = RuleForm(request.POST or None, instance=rule, initial=initial)
    context = {"form": form, "rule": rule}
    if request.method == "POST" and form.is_valid():
        rule = form.instance
        seen = SIGNER.signature(form.terms)
        if constant_time_compare(request.POST.get("save", ""), seen):
            return _kept(request, rule)
        context |= _previewed(rule) | {"seen": seen}
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "moderation/rule.html", context, status=status)


def _asked_for(request):
    """Begin with the person whose comment a moderator comes from."""
    initial = {"kind": Rule.Kind.WORD, "effect": Rule.Effect.BLOCK}
    key = request.GET.get("commenter", "")
    person = (
        Commenter.objects.filter(pk=key).first()
        if key.isdecimal() and len(key) < 18
        else None
    )
    if person:
        initial |= {"kind": Rule.Kind.COMMENTER, "pattern": person.email}
    if request.GET.get("effect") in Rule.Effect.values:
        initial["effect"] = request.GET["effect"]
    return initial


def _kept(request, rule):
    try:
        keeping.keep(rule, moderator=request.user)
    except IntegrityError:
        messages.warning(request, _("Somebody else has just made this rule."))
    else:
        messages.success(request, _("Kept. It counts for every comment from now on."))
    return redirect("moderation:rules")


def _previewed(rule):
    found, changed = keeping.preview(rule)
    listed = changed[:MOST_LISTED]
    posts = Post.objects.for_lists().in_bulk([int(c.object_pk) for c in listed])
    return {
        "preview": found,
        "number_changed": len(changed),
        "changed": [
            {
                "comment": comment,
                "post": posts.get(int(comment.object_pk)),
                "excerpt": found.changed[comment.pk],
            }
            for comment in listed
        ],
    }
