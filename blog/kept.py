"""What somebody has typed and not saved yet, so that no accident takes it away."""

from django.conf import settings
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _


class KeptText(models.Model):
    """The fields of one write screen, as they stood in one window of its writer.

    ``fields`` maps the names a form sends to lists of strings. It goes when the text is
    saved from that window, or when its writer throws it away.
    """

    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_texts"
    )
    kind = models.CharField(max_length=10, help_text="“post” or “page”.")
    object_id = models.BigIntegerField(null=True, help_text="Empty for a new text.")
    window = models.CharField(max_length=40)
    fields = models.JSONField()
    kept_at = models.DateTimeField(_("kept on"), auto_now=True)

    class Meta:
        verbose_name = _("text not saved yet")
        verbose_name_plural = _("texts not saved yet")
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["writer", "window"], name="one_kept_text_for_each_window"
            )
        ]

    def __str__(self):
        return self.title or str(self.kept_at)

    @property
    def title(self):
        return (self.fields.get(f"title_{self.language}") or [""])[0]

    @property
    def language(self):
        """The language the write screen was laid out for."""
        asked = "".join(self.fields.get("laid_out_in", []))
        return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def as_sent(self):
        """Return the fields as a form reads what a browser sent."""
        return MultiValueDict(self.fields)
