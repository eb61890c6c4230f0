from contextlib import suppress

from django.core.management.base import BaseCommand

from comments import services
from comments.exceptions import PostClosed
from comments.models import PostComment


class Command(BaseCommand):
    help = "Judges every held comment again and keeps what was seen. Decides nothing."

    def handle(self, **options):
        count = 0
        for comment in PostComment.objects.held().order_by("pk").iterator():
            with suppress(PostClosed):
                services.rescreen(comment)
                count += 1
        self.stdout.write(f"Screened {count} held comments again.")
