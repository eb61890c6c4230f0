"""The people of the demo: who runs the blog, who writes it, who moderates it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

NAMES = ("admin", "blogger", "moderator")
GROUPS = {"blogger": "Bloggers", "moderator": "Moderators"}


def make_missing(password, *, first_name, last_name, email):
    """Make the accounts that do not exist yet, all with ``password``.

    The names and the address are the blogger's. Returns the names of the accounts made;
    those that exist keep their password and their rights.
    """
    host = email.rsplit("@", 1)[-1]
    people = (
        {"is_superuser": True, "email": f"admin@{host}"},
        {"first_name": first_name, "last_name": last_name, "email": email},
        {"first_name": "Elio", "email": f"elio@{host}"},
    )
    made = []
    for username, about in zip(NAMES, people, strict=True):
        user, is_new = get_user_model().objects.get_or_create(
            username=username, defaults={"is_staff": True, **about}
        )
        if not is_new:
            continue
        user.set_password(password)
        user.save(update_fields=["password"])
        made.append(username)
        if username in GROUPS:
            user.groups.add(Group.objects.get(name=GROUPS[username]))
    return made
