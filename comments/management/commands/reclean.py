from django.core.management.base import BaseCommand

from blog.html import clean_comment
from blog.models import Page, Post
from comments.models import PostComment

# Texts held in memory at once.
BATCH = 200


class Command(BaseCommand):
    help = "Prepares the HTML of every post, page and comment again, from its source."

    def handle(self, **options):
        changed = sum(model.objects.prepare_again() for model in (Post, Page))
        changed += self.comments()
        self.stdout.write(f"Texts whose HTML has changed: {changed}.")

    def comments(self):
        changed = 0
        rows = PostComment.objects.select_related(None).order_by("pk")
        for pk, comment, is_html, before in rows.values_list(
            "pk", "comment", "is_html", "html"
        ).iterator(chunk_size=BATCH):
            html = clean_comment(comment, is_html=is_html)
            if html != before:
                changed += PostComment.objects.filter(pk=pk).update(html=html)
        return changed
