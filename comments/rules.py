"""The lists of people and places: what a rule would do, what was changed in them."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from blog.models import Post

from .models import PostComment, Rule, RuleChange, Screening
from .moderation import rules as judging
from .moderation.verdicts import Outcome
from .rights import MODERATE_PERMISSION

TRIED_ON = 500
"""The latest comments that a rule is tried on before it is kept."""
TERMS = ("kind", "pattern", "effect", "reason", "note", "ends_on", "commenter")


def in_force():
    """Return the rules that apply today, as screening reads them (one query)."""
    rows = Rule.objects.in_force().select_related("author", "commenter").order_by("pk")
    return tuple(as_data(row) for row in rows)


def as_data(rule):
    """Return a rule, saved or not, as plain data for ``moderation.rules``."""
    author = rule.author.get_full_name() or rule.author.get_username()
    return judging.Rule(
        kind=judging.Kind(rule.kind),
        effect=judging.Effect(rule.effect),
        pattern=rule.subject,
        reason=rule.reason,
        note=rule.note,
        author=author,
        since=_day(rule.created_at) if rule.created_at else "",
    )


def _day(moment):
    return timezone.localtime(moment).date().isoformat()


def keep(rule, *, moderator):
    """Save a rule, new or changed, and record who did. Returns the ``RuleChange``.

    Its author stays whoever made it. Raises ``IntegrityError`` where there is one about
    the same already.
    """
    is_new = rule.pk is None
    with transaction.atomic():
        rule.save()
        action = RuleChange.Action.MADE if is_new else RuleChange.Action.CHANGED
        return _record(rule, moderator, action)


def remove(rule, *, moderator):
    """Take a rule back, and record who did. Two who do so at once are one removal.

    Returns the ``RuleChange``, or None where somebody else was first.
    """
    with transaction.atomic():
        removed, _ = Rule.objects.filter(pk=rule.pk).delete()
        if not removed:
            return None
        return _record(rule, moderator, RuleChange.Action.REMOVED)


def _record(rule, moderator, action):
    terms = {name: getattr(rule, name) for name in TERMS}
    return RuleChange.objects.create(action=action, moderator=moderator, **terms)


def preview(rule):
    """Try a rule, saved or not, on the latest comments.

    Returns the ``Preview`` and the comments that would have fared otherwise, the latest
    first, in six queries whatever their number.
    """
    comments = list(
        PostComment.objects.filter(is_erased=False)
        .select_related(None)
        .order_by("-pk")[:TRIED_ON]
    )
    others = Rule.objects.in_force().exclude(pk=rule.pk)
    others = others.select_related("author", "commenter")
    found = judging.preview(
        as_data(rule), _as_seen(comments), [as_data(other) for other in others]
    )
    changed = [comment for comment in comments if comment.pk in found.changed]
    return found, changed


def _as_seen(comments):
    last = {}
    keys = [comment.pk for comment in comments]
    rows = Screening.objects.filter(comment__in=keys).order_by("pk")
    for row in rows.defer("evidence", "scores"):
        last[row.comment_id] = row
    moderators = get_user_model().objects.with_perm(
        MODERATE_PERMISSION, backend="django.contrib.auth.backends.ModelBackend"
    )
    team = set(moderators.values_list("pk", flat=True))
    team |= set(Post.objects.order_by().values_list("author", flat=True).distinct())
    return [_seen(comment, last.get(comment.pk), team) for comment in comments]


def _seen(comment, screening, team):
    if screening is None:
        is_published = comment.status == PostComment.Status.PUBLISHED
    else:
        is_published = screening.outcome == Outcome.PUBLISH
    return judging.Seen(
        key=comment.pk,
        written=judging.Written(
            body=comment.text,
            name=comment.user_name,
            email=comment.user_email,
            url=comment.user_url,
            affiliation=comment.affiliation,
        ),
        is_published=is_published,
        reasons=frozenset(screening.reasons) if screening else frozenset(),
        waits_anyhow=bool(screening and screening.failures),
        is_team=comment.user_id in team,
    )
