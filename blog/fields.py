"""Fields of our own."""

from functools import partial

from django.db import models
from modeltranslation.utils import build_localized_fieldname

from .figures import illustrate
from .html import clean_body


class CleanHTMLField(models.TextField):
    """The clean HTML of another field of the same model, made whenever that is saved.

    ``source`` names the field that keeps what was written. Both are registered for
    translation: ``body_html_fr`` is made from ``body_fr``.
    """

    def __init__(self, *args, source, **kwargs):
        self.source = source
        super().__init__(*args, **{"blank": True, "editable": False, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        return name, path, args, kwargs

    def pre_save(self, model_instance, add):
        # Only the translated copies of this field know a language. The column without
        # one, which modeltranslation leaves beside them, stays empty.
        language = getattr(self, "language", None)
        if language is None:
            return ""
        html = self.prepared(model_instance, language)
        setattr(model_instance, self.attname, html)
        return html

    def prepared(self, model_instance, language):
        """Return the clean HTML of what ``model_instance`` says in ``language``."""
        source = build_localized_fieldname(self.source, language)
        has_lead = getattr(model_instance, "lead_picture_id", None) is not None
        return clean_body(
            getattr(model_instance, source) or "",
            language=language,
            illustrate=partial(
                illustrate, language=language, first_is_eager=not has_lead
            ),
        )
