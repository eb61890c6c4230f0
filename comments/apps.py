from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    label = "comments"
    verbose_name = _("Comments")

    def ready(self):
        from django_comments_xtd.models import publish_or_unpublish_on_pre_save

        from . import checks  # noqa: F401 (registers the system checks)
        from .models import PostComment

        # On any save of a published comment, xtd publishes all its descendants,
        # rejected ones included. What is public is decided by our services alone.
        pre_save.disconnect(publish_or_unpublish_on_pre_save, sender=PostComment)
