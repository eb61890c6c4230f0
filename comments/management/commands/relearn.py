from django.core.management.base import BaseCommand

from comments.learned import relearn


class Command(BaseCommand):
    help = "Forgets what was learned and replays every decision in force."

    def handle(self, **options):
        self.stdout.write(f"Learned again from {relearn()} decisions.")
