"""Keeping what is typed, and finding it again (see ``kept``)."""

from datetime import timedelta

from django.utils import timezone

from .kept import KeptText

# Somebody who has not come back to a text for so long has forgotten it.
KEPT_FOR = timedelta(days=60)
# Of one writer; each window and each visit to the write screen makes its own.
MOST_KEPT = 40
TEXTS = (
    "title_fr",
    "title_en",
    "body_fr",
    "body_en",
    "summary_fr",
    "summary_en",
    "note",
)
NOT_KEPT = {"csrfmiddlewaretoken", "_save", "_continue", "_addanother"}


def keep(*, writer, kind, object_id, window, fields):
    """Keep ``fields`` (names to lists of strings) as what stands in that window.

    Returns the ``KeptText``, or None if nothing was typed yet.
    """
    if not any("".join(fields.get(name, [])).strip() for name in TEXTS):
        return None
    kept, _created = KeptText.objects.update_or_create(
        writer=writer,
        window=window,
        defaults={
            "kind": kind,
            "object_id": object_id,
            "fields": {k: v for k, v in fields.items() if k not in NOT_KEPT},
        },
    )
    _forget_the_oldest(writer)
    return kept


def offered(*, writer, kind, object_id, saved=None, without=""):
    """Return what ``writer`` may want to take up again here, newest first.

    ``saved`` is the text as it is saved: what says just the same is not offered.
    """
    texts = KeptText.objects.filter(writer=writer, kind=kind, object_id=object_id)
    return [kept for kept in texts.exclude(window=without) if differs(kept, saved)]


def differs(kept, saved):
    """Whether ``kept`` says anything that the saved text does not."""
    return any(
        _plain("".join(kept.fields.get(name, []))) != _plain(getattr(saved, name, ""))
        for name in TEXTS
    )


def forget(*, writer, window):
    KeptText.objects.filter(writer=writer, window=window).delete()


def _plain(text):
    # A browser sends other line endings than it was given.
    return "\n".join((text or "").split())


def _forget_the_oldest(writer):
    mine = KeptText.objects.filter(writer=writer)
    mine.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()
    mine.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST_KEPT:])).delete()
