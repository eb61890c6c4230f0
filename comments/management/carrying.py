"""What the admin starts in a process of its own: ``manage.py carry_out_… RUN``."""

from django.core.management.base import BaseCommand, CommandError

from ctts.background import AlreadyRunning


class CarryOut(BaseCommand):
    """Does the work of one run; ``runs`` is the module that knows how."""

    model = None
    runs = None

    def add_arguments(self, parser):
        parser.add_argument("run", type=int)

    def handle(self, *, run, **options):
        try:
            self.runs.carry_out(self.model.objects.get(pk=run))
        except self.model.DoesNotExist as error:
            raise CommandError(f"There is no run {run}.") from error
        except AlreadyRunning as error:
            raise CommandError(f"Another process is at run {run}.") from error
