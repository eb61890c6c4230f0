from django.core.management.base import BaseCommand

from blog.models import Post, PostLink, SearchText

# Texts held in memory at once.
BATCH = 100


class Command(BaseCommand):
    help = "Writes anew what the search knows of every post, and where each leads."

    def handle(self, **options):
        keys = list(Post.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            batch = Post.objects.filter(pk__in=keys[start : start + BATCH])
            batch = batch.prefetch_related("tags")
            SearchText.write(batch)
            PostLink.write(batch)
        self.stdout.write(f"The search knows {len(keys)} posts.")
