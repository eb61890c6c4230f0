from django.core.management.base import BaseCommand

from blog import renditions
from blog.images import PictureRefused
from blog.models import Page, Picture, Post


class Command(BaseCommand):
    help = (
        "Makes the smaller copies of pictures that are missing, and offers them in the "
        "texts that show these pictures."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--again", action="store_true", help="make those that exist again, too"
        )

    def handle(self, *, again, **options):
        made = 0
        for picture in Picture.objects.order_by("pk").iterator():
            if not (again or self.lacks_some(picture)):
                continue
            try:
                picture.make_renditions()
                made += 1
            except (OSError, PictureRefused) as error:
                self.stderr.write(f"{picture.file.name}: {error}")
        texts = 0
        if made:
            texts = sum(
                model.objects.with_pictures().prepare_again() for model in (Post, Page)
            )
        self.stdout.write(f"Pictures made ready: {made}; texts changed: {texts}.")

    def lacks_some(self, picture):
        if picture.renditions is None:
            return True
        copies = renditions.names(picture.file.name, picture.renditions)
        return not all(map(picture.file.storage.exists, copies))
