"""What the admin's “Move in” starts: ``manage.py carry_out_import RUN``."""

from django.core.management.base import BaseCommand, CommandError

from comments.import_runs import carry_out
from comments.models import ImportRun
from ctts.background import AlreadyRunning


class Command(BaseCommand):
    help = "Carries out a move from WordPress that was uploaded in the admin."

    def add_arguments(self, parser):
        parser.add_argument("run", type=int)

    def handle(self, *, run, **options):
        try:
            carry_out(ImportRun.objects.get(pk=run))
        except ImportRun.DoesNotExist as error:
            raise CommandError(f"There is no run {run}.") from error
        except AlreadyRunning as error:
            raise CommandError(f"Another process is at run {run}.") from error
