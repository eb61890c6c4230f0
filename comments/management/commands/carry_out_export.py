"""What the admin's “Download the blog” starts: ``manage.py carry_out_export RUN``."""

from django.core.management.base import BaseCommand, CommandError

from comments.export_runs import carry_out
from comments.models import ExportRun
from ctts.background import AlreadyRunning


class Command(BaseCommand):
    help = "Makes a download of the blog that was asked for in the admin."

    def add_arguments(self, parser):
        parser.add_argument("run", type=int)

    def handle(self, *, run, **options):
        try:
            carry_out(ExportRun.objects.get(pk=run))
        except ExportRun.DoesNotExist as error:
            raise CommandError(f"There is no run {run}.") from error
        except AlreadyRunning as error:
            raise CommandError(f"Another process is at run {run}.") from error
