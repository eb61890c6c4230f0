"""What readers say, as feeds: the whole blog's talk, and one conversation."""

from django.conf import settings
from django.db.models import CharField
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from blog import addresses
from blog.feed_formats import for_xml, stable_id, with_absolute_addresses
from blog.feeds import BlogFeed
from blog.models import Post

from .models import PostComment

FEED_SIZE = 50


class CommentsFeed(BlogFeed):
    """The latest comments that anyone may read, on one post or on all of them."""

    def __init__(self, address, extension, *, post=None, subject=""):
        super().__init__(address, extension, subject=subject)
        self.post = post

    def link(self):
        if self.post is None:
            return super().link()
        return addresses.in_language(self.post, self.post.original_language)

    def items(self):
        comments = PostComment.objects.published().filter(is_erased=False)
        if self.post:
            comments = comments.on(self.post)
        else:
            keys = Post.objects.published().annotate(key=Cast("pk", CharField()))
            comments = comments.filter(object_pk__in=keys.values("key"))
        newest_first = comments.select_related(None).order_by("-submit_date", "-pk")
        found = list(newest_first[:FEED_SIZE])
        posts = {str(self.post.pk): self.post} if self.post else _posts_of(found)
        # A post may have been taken back between the two questions.
        found = [comment for comment in found if comment.object_pk in posts]
        for comment in found:
            comment.post = posts[comment.object_pk]
        return found

    def item_title(self, comment):
        return for_xml(
            gettext("%(name)s on “%(title)s”")
            % {"name": _name(comment), "title": comment.post.original_title}
        )

    def item_link(self, comment):
        return addresses.in_language(comment, comment.post.original_language)

    def item_guid(self, comment):
        return stable_id("comment", comment.pk)

    def item_author_name(self, comment):
        return for_xml(_name(comment))

    def item_pubdate(self, comment):
        return comment.submit_date

    def item_updateddate(self, comment):
        # Atom requires one, and what was said stays as it was said.
        return comment.submit_date

    def item_extra_kwargs(self, comment):
        post = comment.post
        html = with_absolute_addresses(comment.html)
        if comment.affiliation:
            tie = gettext("declares a tie: %(tie)s") % {"tie": comment.affiliation}
            html = format_html("<p><em>{}</em></p>", tie) + html
        return {
            "language": comment.language or post.original_language,
            "summary": "",
            "summary_language": "",
            "content": for_xml(html),
            "answers": (
                stable_id("post", post.pk),
                addresses.in_language(post, post.original_language),
            ),
        }


@require_safe
def comments(request, extension):
    with override(settings.LANGUAGE_CODE):
        feed = CommentsFeed(
            reverse("comments_feed", args=[extension]),
            extension,
            subject=gettext("Comments"),
        )
        return feed(request)


@require_safe
def conversation(request, pk, extension):
    post = get_object_or_404(Post.objects.published(), pk=pk)
    with override(post.original_language):
        feed = CommentsFeed(
            reverse("conversation_feed", args=[pk, extension]),
            extension,
            post=post,
            subject=gettext("what is said about “%(title)s”")
            % {"title": post.original_title},
        )
        return feed(request)


def _posts_of(comments):
    posts = Post.objects.published().filter(pk__in={c.object_pk for c in comments})
    fields = ("slug", "published_at", "original_language", "title_fr", "title_en")
    return {str(post.pk): post for post in posts.only(*fields)}


def _name(comment):
    return comment.user_name or gettext("Somebody")
