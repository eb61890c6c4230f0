from django.core.management.base import BaseCommand

from comments.learned import forget_import, relearn


class Command(BaseCommand):
    help = "Forgets what was learned and replays every decision in force."

    def add_arguments(self, parser):
        parser.add_argument(
            "--forget-imported",
            action="store_true",
            help="also take back what was learned from imported comments, for good",
        )

    def handle(self, *, forget_imported=False, **options):
        if forget_imported:
            self.stdout.write(f"Forgot {forget_import()} imported comments.")
        self.stdout.write(f"Learned again from {relearn()} decisions.")
