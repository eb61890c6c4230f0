"""Who may moderate what. ``PostComment.objects.moderable_by(user)`` asks here."""

MODERATE_PERMISSION = "django_comments.can_moderate"
"""The right to moderate. Two more permissions of that name exist: neither counts."""
EVERYWHERE_PERMISSION = "comments.moderate_every_post"


def may_moderate(user):
    return user.is_active and user.has_perm(MODERATE_PERMISSION)


def moderates_everywhere(user):
    """Whether somebody's desk holds the comments under everybody's posts.

    Who writes here moderates under their own posts, unless they were given more. Who
    may only moderate has no posts, and would have no desk.
    """
    return may_moderate(user) and (
        user.has_perm(EVERYWHERE_PERMISSION) or not user.has_perm("blog.add_post")
    )
