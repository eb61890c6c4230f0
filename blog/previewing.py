"""Secret links under which somebody without an account reads a draft, for a while."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from ctts.addresses import absolute

GOOD_FOR = timedelta(days=14)
signer = signing.TimestampSigner(salt="blog.preview")


def secret_link(post):
    """Return ``(address, until)`` of a new link to the draft ``post``."""
    with translation.override(post.original_language):
        path = reverse("blog:secret_preview", args=[signer.sign(post.pk)])
    return absolute(path), timezone.now() + GOOD_FOR


def key_of(token):
    """Return the key of the post that ``token`` opens.

    Raises ``signing.SignatureExpired`` and ``signing.BadSignature``.
    """
    return int(signer.unsign(token, max_age=GOOD_FOR))
