from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import services
from comments.models import Commenter


class Command(BaseCommand):
    help = (
        "Takes a writer out of the blog at their wish: name, address, site and words "
        "of each of their comments. Conversations keep their shape. There is no undo."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address they commented with")

    def handle(self, *, email, **options):
        commenter = Commenter.objects.filter(email=email.strip().lower()).first()
        if commenter is None:
            raise CommandError(_("Nobody has commented with this address."))
        count = services.erase_author(commenter)
        self.stdout.write(
            ngettext(
                "%(count)d comment was emptied.",
                "%(count)d comments were emptied.",
                count,
            )
            % {"count": count}
        )
