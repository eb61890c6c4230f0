"""Move in from WordPress: ``manage.py import_wordpress FILE…``"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from blog.importing.media import BrokenMedia
from blog.importing.wxr import BrokenExport
from comments.importing import import_wordpress


class Command(BaseCommand):
    help = (
        "Import posts, pages, tags and comments from WordPress exports (Tools → Export "
        "in WordPress). Running it again adds what is new and changes nothing else."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--media",
            type=Path,
            metavar="DIR|ZIP",
            help="the old blog's files (wp-content/uploads), for its pictures",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="do everything, report it, and write nothing",
        )
        parser.add_argument(
            "--learn",
            action="store_true",
            help="learn from the comments that were public there that such comments "
            "are welcome; taken back with relearn --forget-imported",
        )
        parser.add_argument(
            "--json", action="store_true", help="print the report as JSON"
        )

    def handle(self, *, files, media, dry_run, learn, json: bool, verbosity, **options):
        try:
            report = import_wordpress(
                files,
                media=media,
                dry_run=dry_run,
                learn=learn,
                on_items=self._progress if verbosity > 1 else None,
            )
        except (BrokenExport, BrokenMedia) as error:
            raise CommandError(
                _("{reason} Nothing was imported.").format(reason=error)
            ) from error
        if json:
            self.stdout.write(_as_json(report))
        else:
            self.stdout.write("\n".join(report.lines()))

    def _progress(self, report):
        self.stderr.write(
            _("{count} items of {total} read…").format(
                count=report.read, total=report.total
            )
        )


def _as_json(report):
    return json.dumps(report.to_json(), ensure_ascii=False, indent=1)
