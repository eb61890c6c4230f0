"""Move out: ``manage.py export_blog DEST --format wordpress``"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from blog.exporting.destination import DestinationRefused
from blog.exporting.formats import FORMATS, export
from blog.exporting.static_site import PageNotMade
from comments.exporting import Conversations


class Command(BaseCommand):
    help = (
        "Write the whole blog, with its pictures, where other programs can read it: as "
        "a WordPress export (drafts and every comment included, with the mail "
        "addresses of those who wrote them: keep it to yourself). DEST is a new or "
        "empty folder, or a name that ends in “.zip”."
    )

    def add_arguments(self, parser):
        parser.add_argument("destination", type=Path, metavar="DEST")
        parser.add_argument(
            "--format",
            action="append",
            dest="formats",
            choices=[*FORMATS, "all"],
            required=True,
            help="one of them, or several by naming --format several times",
        )

    def handle(self, *, destination, formats, **options):
        chosen = [name for name in FORMATS if {name, "all"} & set(formats)]
        try:
            tally = export(destination, chosen, Conversations())
        except (DestinationRefused, PageNotMade) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(tally.lines()))
        if "wordpress" in chosen:
            self.stdout.write(
                _(
                    "The WordPress export holds drafts, comments that are not public, "
                    "and the mail addresses of those who wrote: keep it to yourself."
                )
            )
