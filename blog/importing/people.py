"""Who wrote on the old blog: users here, who cannot sign in until they are let in."""

from django.contrib.auth import get_user_model
from django.utils.text import slugify

from .wxr import Author

MAX_NAME = 150


class People:
    """The users for an export's authors, made when they are first needed.

    Somebody with the same login or address is taken for the same person.
    """

    def __init__(self, site, report):
        self.report = report
        self.by_login = {author.login.casefold(): author for author in site.authors}
        self.by_id = {author.author_id: author for author in site.authors}
        self.users = {}

    def author(self, login):
        """Return the user who writes as ``login`` there; somebody, if that is empty."""
        login = login.strip()
        if not login:
            first = next(iter(self.by_login.values()), None)
            return self._user(first) if first else self._anybody()
        known = self.by_login.get(login.casefold())
        return self._user(known or Author(login=login))

    def commenter(self, user_id):
        """Return the user whose number there is ``user_id``; None if none of ours."""
        known = self.by_id.get(user_id) if user_id not in {"", "0"} else None
        return self._user(known) if known and known.login else None

    def _anybody(self):
        first = get_user_model().objects.order_by("-is_superuser", "pk").first()
        return first or self._user(Author(login="author"))

    def _user(self, author):
        key = author.login.casefold()
        if key not in self.users:
            self.users[key] = self._existing(author) or self._new(author)
        return self.users[key]

    def _existing(self, author):
        users = get_user_model().objects
        found = users.filter(username__iexact=author.login[:MAX_NAME]).first()
        if not found and author.email:
            found = users.filter(email__iexact=author.email).first()
        return found

    def _new(self, author):
        user_model = get_user_model()
        first, last = author.first_name, author.last_name
        if not (first or last):
            first = author.display_name if author.display_name != author.login else ""
        user = user_model(
            username=_username(author.login),
            email=author.email[:254],
            first_name=first[:MAX_NAME],
            last_name=last[:MAX_NAME],
        )
        user.set_unusable_password()
        user.save()
        self.report.added["authors"] += 1
        return user


def _username(login):
    """Return ``login`` as a name that can sign in, and that nobody has yet."""
    users = get_user_model().objects
    name = "".join(c for c in login if c.isalnum() or c in "@.+-_")[:MAX_NAME]
    name = name or slugify(login) or "author"
    candidate, number = name, 1
    while users.filter(username__iexact=candidate).exists():
        number += 1
        candidate = f"{name[:140]}-{number}"
    return candidate
