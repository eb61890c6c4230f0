"""Signed keys in links: they name a row, are good for one purpose, and expire."""

from django.core import signing

DAY = 24 * 3600
LIFETIMES = {
    "receipt": 30 * DAY,
    "confirm": 7 * DAY,
    "follow": 7 * DAY,
    "by_mail": 7 * DAY,
    "amend": 30 * DAY,
    # Leaving must work from the oldest mail in the box.
    "unfollow": 3650 * DAY,
    "no_digest": 3650 * DAY,
}


def make(purpose, pk):
    """Sign the key of a row, or a list of what the link is bound to."""
    return signing.dumps(pk, salt=f"comments.{purpose}")


def read(purpose, token):
    """Return what was signed. Raises ``signing.BadSignature``."""
    return signing.loads(token, salt=f"comments.{purpose}", max_age=LIFETIMES[purpose])
