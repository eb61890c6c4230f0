"""Delete downloads whose day is over: ``manage.py forget_exports``"""

from django.core.management.base import BaseCommand

from comments.export_runs import forget_old


class Command(BaseCommand):
    help = "Deletes the downloads of the blog that are older than a day."

    def handle(self, **options):
        self.stdout.write(str(forget_old()))
