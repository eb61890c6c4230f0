from django.core.management.base import BaseCommand

from comments import digests


class Command(BaseCommand):
    help = (
        "Writes to the moderators about what waits, each at the pace they chose. Run "
        "it every ten minutes or so: it sends nothing before its time, nor twice."
    )

    def handle(self, **options):
        number = digests.send_due()
        self.stdout.write(f"Wrote to {number} moderators.")
