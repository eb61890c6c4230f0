"""The further pages of a long conversation, and the address of each comment."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from blog import addresses
from blog.models import Post

from .models import PostComment
from .threads import load_thread, page_address, page_of


@require_safe
def permalink(request, pk):
    """Lead to where a comment stands now. Its own address never changes: the page does
    when a comment that was held appears before it."""
    comment = get_object_or_404(PostComment.objects.published(), pk=pk)
    post = get_object_or_404(Post.objects.published(), pk=comment.object_pk)
    return redirect(f"{page_address(post, page_of(comment, post))}#c{pk}")


@require_safe
def oldest_first(request, year, month, day, slug, number):
    return _page(request, slug, int(number))


@require_safe
def newest_first(request, year, month, day, slug, number="1"):
    return _page(request, slug, int(number), newest_first=True)


def _page(request, slug, number, *, newest_first=False):
    post = get_object_or_404(Post.objects.published(), slug=slug)
    address = page_address(post, number, newest_first=newest_first)
    if request.path != address:
        # The first page, oldest first, is under the post; and a date may be wrong.
        return redirect(f"{address}#comments", permanent=True)
    context = {
        "post": post,
        "thread": load_thread(post, number, newest_first=newest_first),
    }
    if not newest_first:
        in_own = addresses.in_language(post, post.original_language)
        context["canonical"] = f"{in_own}comments/{number}/"
    return render(request, "comments/page.html", context)
