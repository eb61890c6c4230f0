"""Load the demo: our small blog, or a generated one of any size."""

import os
import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Page, Post
from comments.demo import accounts, content, generated, loader, waiting

PASSWORD_VARIABLE = "CTTS_DEMO_PASSWORD"  # noqa: S105 (its name, not itself)


class Command(BaseCommand):
    help = (
        "Load the demo blog into an empty one. With --posts, generate that many posts "
        "instead, for measuring."
    )

    def add_arguments(self, parser):
        parser.add_argument("--posts", type=int, metavar="N", help="generate N posts")
        parser.add_argument(
            "--comments-per-post",
            type=float,
            metavar="M",
            help="with M comments each; 6.6 gives 66 on ten posts (default: 6)",
        )
        parser.add_argument(
            "--held",
            type=int,
            default=0,
            metavar="H",
            help="with H more that wait at the desk, under the newest posts",
        )
        parser.add_argument(
            "--seed",
            type=int,
            default=1,
            metavar="S",
            help="the same seed makes the same blog (default: 1)",
        )

    def handle(self, *, posts, comments_per_post, held, seed, **options):
        if posts is not None:
            self.generate(
                posts, 6 if comments_per_post is None else comments_per_post, held, seed
            )
        elif comments_per_post is not None or held:
            raise CommandError(_("Say how many posts as well, with --posts."))
        else:
            self.load()

    def load(self):
        if loader.is_loaded():
            self.say(_("The demo blog is here already. Nothing was changed."))
            return
        if Post.objects.exists() or Page.objects.exists():
            raise CommandError(
                _(
                    "This blog has texts of its own, and the demo would only be in "
                    "their way. Nothing was changed. To add generated posts, for "
                    "measuring, say how many with --posts."
                )
            )
        with transaction.atomic():
            people, told = self.people()
            posts = loader.load(author=people["blogger"], moderator=people["moderator"])
        self.say(*told)
        self.say(
            ngettext(
                "The demo blog is ready: %(count)d post, and what its readers say.",
                "The demo blog is ready: %(count)d posts, and what their readers say.",
                len(posts),
            )
            % {"count": len(posts)}
        )

    def generate(self, posts, comments_per_post, held, seed):
        if posts < 1 or comments_per_post < 0 or held < 0:
            raise CommandError(
                _("Ask for at least one post, and for no fewer comments than none.")
            )
        if generated.is_loaded(seed):
            self.say(
                _(
                    "The generated posts of seed %(seed)d are here already. Nothing "
                    "was changed. Another --seed makes others."
                )
                % {"seed": seed}
            )
            return
        with transaction.atomic():
            loader.name_the_blog()
            people, told = self.people()
            counts = generated.load(
                posts, comments_per_post, seed=seed, author=people["blogger"]
            )
            waits = waiting.load(generated.posts(seed), held, seed=seed)
        self.say(*told)
        self.say(
            _("Generated: %(posts)d posts, %(comments)d comments.")
            % {"posts": counts.posts, "comments": counts.comments}
        )
        if waits:
            self.say(_("%(count)d more wait at the desk.") % {"count": waits})

    def people(self):
        """Make the accounts that are missing.

        Returns all of them by name, and sentences about how to sign in.
        """
        given = os.environ.get(PASSWORD_VARIABLE, "")
        password = given or secrets.token_urlsafe(12)
        made = accounts.make_missing(password, **content.blog()["author"])
        told = [
            _("The account “%(name)s” existed and keeps its password.") % {"name": name}
            for name in accounts.NAMES
            if name not in made
        ]
        names = ", ".join(made)
        if made and given:
            told.append(
                _("Sign in as %(names)s with the password of %(variable)s.")
                % {"names": names, "variable": PASSWORD_VARIABLE}
            )
        elif made:
            told.append(
                _("Sign in as %(names)s with this password: %(password)s")
                % {"names": names, "password": password}
            )
        users = get_user_model().objects.filter(username__in=accounts.NAMES)
        return {user.get_username(): user for user in users}, told

    def say(self, *sentences):
        for sentence in sentences:
            self.stdout.write(sentence)
