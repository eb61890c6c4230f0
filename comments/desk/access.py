"""Who may come to the desk."""

from django.contrib.auth.decorators import login_required, permission_required

from ..screening import MODERATE_PERMISSION


def for_moderators(view):
    """Let in those who may moderate; send strangers to sign in, refuse the others."""
    return login_required(
        permission_required(MODERATE_PERMISSION, raise_exception=True)(view)
    )
