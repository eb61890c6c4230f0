"""What was held and why, in the order in which it is best read."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from ..models import Decision, PostComment
from .access import for_moderators
from .cards import cards_for, for_cards, groups_of
from .filters import QueueFilter
from .waiting import page_of, weighed


@never_cache
@for_moderators
def queue(request):
    """The held comments by their posts, the likeliest to be innocent first.

    ``done`` in the address is a decision that was just taken without script, which can
    be undone from here.
    """
    form = QueueFilter(request.GET)
    moderable = PostComment.objects.moderable_by(request.user)
    waiting = moderable.held()
    held = form.narrow(weighed(for_cards(waiting)))
    page = page_of(held, request.GET.get("after", ""))
    cards = cards_for([*page.comments, *page.pile], among=moderable)
    shown, pile = cards[: len(page.comments)], cards[len(page.comments) :]
    here = request.GET.copy()
    done = here.pop("done", [""])[-1]
    context = {
        "groups": groups_of(shown),
        "cards": shown,
        "pile": pile,
        "page": page,
        "next": _with_after(here, page.after) if page.after else None,
        "waiting": waiting.count(),
        "filter": form,
        "here": here.urlencode(),
        "done": done if done.isascii() and done.isdecimal() and len(done) < 18 else "",
        **buttons(),
    }
    return render(request, "moderation/queue.html", context)


def _with_after(here, after):
    following = here.copy()
    following["after"] = after
    return following


def buttons():
    """Return what a comment can be rejected for, and the buttons that do it, as HTML.

    Made once for all cards of a page. The keys are digits: letters would have to be
    learned anew in each language.
    """
    reasons = [
        {"value": value, "label": label, "key": str(key)}
        for key, (value, label) in enumerate(Decision.Reason.choices, start=1)
    ]
    verbs = render_to_string("moderation/_verbs.html", {"reasons": reasons})
    return {"reasons": reasons, "verbs": verbs}
