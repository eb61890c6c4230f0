"""Who may come to the desk."""

from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied

from ..rights import MODERATE_PERMISSION, moderates_everywhere


def for_moderators(view):
    """Let in those who may moderate; send strangers to sign in, refuse the others.

    What they see there starts from ``PostComment.objects.moderable_by``.
    """
    return login_required(
        permission_required(MODERATE_PERMISSION, raise_exception=True)(view)
    )


def for_moderators_of_all(view):
    """Let in those alone whose desk is the whole blog's."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not moderates_everywhere(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return for_moderators(guarded)
