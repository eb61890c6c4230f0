"""What was decided, by whom, when."""

from django.shortcuts import render

from ..models import Decision
from .access import for_moderators

PAGE_LENGTH = 25


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
