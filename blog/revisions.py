"""Every saved state of a post or page: kept, compared with another, taken back."""

import reversion
from django.db import transaction
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname
from reversion.models import Version

from . import comparing
from .dates import written_moment
from .models import Language, Page, Post

# What is compared and restored: what was written, never where and when it appears.
TEXTS = ("title", "summary", "body")
NOT_KEPT = ("search_text", "links", "body_html", "body_html_fr", "body_html_en")

for model in (Post, Page):
    reversion.register(model, exclude=NOT_KEPT)


def versions_of(writing):
    """Return the kept states of ``writing``, newest first."""
    versions = Version.objects.get_for_object(writing)
    return versions.select_related("revision__user")


def keep_what_was(writing):
    """Keep the state before the first change made here, of what came from elsewhere."""
    if not versions_of(writing).exists():
        with reversion.create_revision():
            reversion.add_to_revision(writing)
            reversion.set_comment(_("Before the first change made here."))


def differences(old, new):
    """Return ``(language, field, rows)`` for each text that differs (see ``compare``).

    ``old`` and ``new`` map the names of columns to their texts.
    """
    found = []
    for field in TEXTS:
        for language in Language.values:
            name = build_localized_fieldname(field, language)
            before, after = old.get(name) or "", new.get(name) or ""
            rows = comparing.compare(_lines(field, before), _lines(field, after))
            if rows:
                found.append((language, field, rows))
    return found


def texts(writing):
    """Return the texts of ``writing`` as ``differences`` wants them."""
    names = [
        build_localized_fieldname(field, language)
        for field in TEXTS
        for language in Language.values
    ]
    return {name: getattr(writing, name, "") for name in names}


@transaction.atomic
def restore(version, writing, *, user):
    """Give ``writing`` the texts it had in ``version``, as a new state of it."""
    state = version.field_dict
    keep_what_was(writing)
    with reversion.create_revision():
        for name in [*texts(writing), "original_language"]:
            if name in state and hasattr(writing, name):
                setattr(writing, name, state[name])
        writing.save()
        reversion.set_user(user)
        moment = written_moment(version.revision.date_created)
        reversion.set_comment(_("The text of %(moment)s, again.") % {"moment": moment})


def _lines(field, text):
    return comparing.blocks(text) if field == "body" else text.splitlines()
