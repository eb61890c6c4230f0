from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from blog import renditions
from blog.images import remake
from blog.models import Picture, Post

from ..factories import PictureFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(width, height, kind="JPEG", mode="RGB", **options):
    """A picture that does not compress to nothing, as the bytes of a file."""
    noise = Image.effect_noise((width // 4, height // 4), 60).resize((width, height))
    file = BytesIO()
    noise.convert(mode).save(file, kind, **options)
    return file


def kept(file, name="x.jpg"):
    return Picture.objects.create(
        file=ContentFile(file.getvalue(), name=name), is_decorative=True
    )


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def copies(picture):
    """Return ``{ending: (format, width, height)}`` of the copies of a picture."""
    storage, name = picture.file.storage, picture.file.name
    found = {}
    for copy in renditions.names(name, picture.renditions):
        with storage.open(copy) as file, Image.open(file) as image:
            found[copy.removeprefix(f"{name}.")] = (image.format, *image.size)
    return found


def test_a_photo_is_kept_in_a_few_widths_of_two_formats_and_one_that_all_know(tmp_path):
    picture = kept(photo(2600, 1300))

    made = {
        **{f"{w}.avif": ("AVIF", w, w // 2) for w in (480, 800, 1200, 1920)},
        **{f"{w}.webp": ("WEBP", w, w // 2) for w in (480, 800, 1200, 1920)},
        "1200.jpg": ("JPEG", 1200, 600),
    }
    assert copies(picture) == made
    assert len(files(tmp_path)) == 1 + len(made)
    assert Picture.objects.get().renditions == picture.renditions


def test_no_copy_is_wider_than_the_picture():
    picture = kept(photo(600, 300))

    assert copies(picture) == {
        "480.avif": ("AVIF", 480, 240),
        "600.avif": ("AVIF", 600, 300),
        "480.webp": ("WEBP", 480, 240),
        "600.webp": ("WEBP", 600, 300),
    }


def test_a_format_that_would_be_heavier_than_the_picture_is_not_kept(tmp_path):
    drawing = BytesIO()
    drawn = Image.effect_noise((900, 300), 60).point(lambda level: 255 * (level > 140))
    drawn.convert("1").save(drawing, "PNG", optimize=True)

    picture = kept(drawing, "drawing.png")

    assert picture.renditions == {}
    assert files(tmp_path) == ["drawing.png"]


def test_an_animation_is_not_stilled():
    frames = [photo(500, 300), photo(500, 300)]
    first, second = (Image.open(frame) for frame in frames)
    film = BytesIO()
    first.save(film, "GIF", save_all=True, append_images=[second])

    assert kept(film, "film.gif").renditions == {}


def test_what_is_transparent_stays_so_in_every_copy():
    picture = kept(photo(1300, 650, "PNG", "RGBA"), "x.png")
    with picture.file.storage.open(picture.file.name) as file:
        source = Image.open(file).convert("RGBA")
    source.putalpha(0)
    clear = BytesIO()
    source.save(clear, "PNG", compress_level=0)

    picture = kept(clear, "clear.png")

    assert set(picture.renditions) == {"avif", "webp", "png"}
    for name in renditions.names(picture.file.name, picture.renditions):
        with picture.file.storage.open(name) as file:
            assert Image.open(file).convert("RGBA").getpixel((5, 5))[3] == 0


def test_where_a_photo_was_taken_is_in_no_copy_of_it(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "at home"
    exif.get_ifd(0x8825)[1] = "N"
    upload = remake(photo(1300, 700, exif=exif))

    Picture.objects.create(file=upload, is_decorative=True)

    assert len(files(tmp_path)) == 10
    for path in tmp_path.rglob("*.*"):
        if path.is_file():
            assert dict(Image.open(path).getexif()) == {}, path
            assert b"at home" not in path.read_bytes(), path


def test_the_copies_go_with_the_picture(tmp_path, django_capture_on_commit_callbacks):
    kept(photo(600, 300), "a.jpg")
    other = kept(photo(600, 300), "b.jpg")

    with django_capture_on_commit_callbacks(execute=True):
        Picture.objects.exclude(pk=other.pk).delete()

    assert all(name.startswith("b.jpg") for name in files(tmp_path))
    assert len(files(tmp_path)) == 5


def test_missing_copies_are_made_by_a_command_and_offered_in_the_texts(
    capsys, tmp_path
):
    picture, ready = kept(photo(600, 300)), kept(photo(600, 300), "ready.jpg")
    post = PostFactory(body_fr=f"<p><img src='{picture.file.url}' alt='Le pain'></p>")
    Picture.objects.filter(pk=picture.pk).update(renditions=None)
    Post.objects.update(body_html_fr="<p>Avant</p>")
    modified_at = Post.objects.get().modified_at
    before = files(tmp_path)
    ready.file.storage.delete(renditions.name_of(ready.file.name, 480, "webp"))

    call_command("make_renditions")

    assert capsys.readouterr().out == "Pictures made ready: 2; texts changed: 1.\n"
    assert files(tmp_path) == before
    post.refresh_from_db()
    assert f"{picture.file.url}.480.avif 480w" in post.body_html_fr
    assert post.modified_at == modified_at

    call_command("make_renditions")
    assert capsys.readouterr().out == "Pictures made ready: 0; texts changed: 0.\n"


def test_a_picture_whose_file_is_gone_does_not_stop_the_others(capsys):
    gone, there = PictureFactory(), PictureFactory()
    gone.file.storage.delete(gone.file.name)
    Picture.objects.update(renditions=None)

    call_command("make_renditions")

    told = capsys.readouterr()
    assert gone.file.name in told.err
    assert told.out.startswith("Pictures made ready: 1;")
    there.refresh_from_db()
    assert there.renditions is not None
