"""What the blog's templates show of conversations."""

from django import template
from django.db.models import Count
from django.utils.translation import get_language

from blog.models import Blog, localized
from blog.typography import set_text
from comments.forms import PostCommentForm
from comments.models import PostComment
from comments.threads import load_thread
from comments.views import is_signed_in

register = template.Library()


@register.simple_tag(takes_context=True)
def conversation(context, post):
    """Return the thread under ``post``, the form to join it, and whether it is open.

    The page of the thread is the first, unless a view has loaded another.
    """
    blog = context.get("blog") or Blog.current()
    language = get_language()
    return {
        "invitation": set_text(localized(blog, "invitation", language), language),
        "thread": context.get("thread") or load_thread(post),
        "is_open": post.takes_comments_under(blog),
        "form": PostCommentForm(post),
        "is_signed_in": is_signed_in(context["request"]),
    }


@register.simple_tag
def comment_counts(posts):
    """Return how many published comments each of ``posts`` has, in one query."""
    rows = (
        PostComment.objects.published()
        .filter(object_pk__in=[str(post.pk) for post in posts])
        .select_related(None)
        .order_by()
        .values_list("object_pk")
        .annotate(Count("pk"))
    )
    return {int(key): count for key, count in rows}


@register.simple_tag
def held_under(post, user):
    """Return how many comments wait under ``post`` that ``user`` may decide about."""
    return PostComment.objects.moderable_by(user).held().on(post).count()


@register.filter
def of_post(counts, post):
    return counts.get(post.pk, 0)
