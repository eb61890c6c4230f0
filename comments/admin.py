"""Comments in the admin: to look things up. Deciding is done at the desk."""

from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.db.models import CharField, Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_comments.models import Comment
from django_comments_xtd.models import BlackListedDomain, XtdComment

from blog.admin import PostAdmin
from blog.models import Post

from . import export_admin, import_admin  # noqa: F401 (register moves in and out)
from .models import Commenter, Follow, PostComment
from .rights import may_moderate, moderates_everywhere

# Their forms would publish what nobody screened and erase what a record rests on.
for model in (Comment, XtdComment, BlackListedDomain):
    try:
        admin.site.unregister(model)
    except NotRegistered:
        continue


class ReadOnly:
    def has_add_permission(self, request, *args):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ForModerators(ReadOnly):
    """Held texts and addresses: for who may moderate, whatever the admin grants."""

    def has_view_permission(self, request, obj=None):
        return may_moderate(request.user)

    def has_module_permission(self, request):
        return self.has_view_permission(request)


class ForModeratorsOfAll(ForModerators):
    """Everybody's addresses, for those whose desk is the whole blog's."""

    def has_view_permission(self, request, obj=None):
        return moderates_everywhere(request.user)


@admin.register(PostComment)
class PostCommentAdmin(ForModerators, admin.ModelAdmin):
    list_display = ("excerpt", "user_name", "post", "status", "language", "submit_date")
    list_filter = ("status", "language")
    search_fields = ("user_name", "user_email", "comment")
    ordering = ("-pk",)
    list_select_related = ("content_type",)
    show_full_result_count = False
    fields = (
        "at_the_desk", "status", "user_name", "user_email", "user_url", "affiliation",
        "language", "comment", "submit_date",
    )  # fmt: skip
    readonly_fields = ("at_the_desk",)
    view_on_site = False  # most of what one looks up here is not there, or not yet

    def get_queryset(self, request):
        comments = super().get_queryset(request).moderable_by(request.user)
        return comments.prefetch_related("content_object")

    @admin.display(description=_("comment"))
    def excerpt(self, comment):
        return comment.text[:80] or "–"

    @admin.display(description=_("post"))
    def post(self, comment):
        return comment.content_object

    @admin.display(description=_("at the desk"))
    def at_the_desk(self, comment):
        url = reverse("moderation:review", args=[comment.pk])
        return format_html('<a href="{}">{}</a>', url, _("See and decide"))


@admin.register(Commenter)
class CommenterAdmin(ForModeratorsOfAll, admin.ModelAdmin):
    list_display = ("email", "confirmed_at", "created_at")
    search_fields = ("email",)


@admin.register(Follow)
class FollowAdmin(ForModeratorsOfAll, admin.ModelAdmin):
    list_display = ("email", "post", "language", "confirmed_at")
    search_fields = ("email",)
    list_select_related = ("post",)


def _number(comments):
    """Count ``comments`` per post, in the query of the posts themselves.

    The key of the post becomes text, and not the other way round: only so does the
    index on ``object_pk`` find them.
    """
    per_post = (
        comments.select_related(None)
        .order_by()
        .filter(object_pk=Cast(OuterRef("pk"), CharField(max_length=64)))
        .values("object_pk")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(per_post, output_field=IntegerField()), 0)


admin.site.unregister(Post)


@admin.register(Post)
class CommentedPostAdmin(PostAdmin):
    """The blog's own list of posts, with the conversations beside them."""

    # Before the columns that a narrow window has to scroll to.
    list_display = (
        *PostAdmin.list_display[:4],
        "published_comments",
        "held_comments",
        *PostAdmin.list_display[4:],
    )

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                number_published=_number(PostComment.objects.published()),
                number_held=_number(PostComment.objects.held()),
            )
        )

    @admin.display(description=_("comments"), ordering="number_published")
    def published_comments(self, post):
        return post.number_published

    @admin.display(description=_("held"), ordering="number_held")
    def held_comments(self, post):
        if not post.number_held:
            return 0
        url = reverse("moderation:queue")
        return format_html('<a href="{}">{}</a>', url, post.number_held)
