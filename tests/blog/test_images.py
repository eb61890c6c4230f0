import json
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from PIL import Image, ImageCms

from blog.images import MAX_BYTES, PictureRefused, remake

GPS = 0x8825
ORIENTATION = 0x0112


@pytest.fixture(autouse=True)
def _refusals_in_english():
    with translation.override("en"):
        yield


def encoded(kind, *, size=(20, 10), mode="RGB", **options):
    file = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(file, kind, **options)
    return file


def opened(content_file):
    image = Image.open(content_file)
    image.load()
    return image


@pytest.mark.parametrize(
    ("kind", "extension"),
    [
        ("JPEG", "jpg"),
        ("PNG", "png"),
        ("WEBP", "webp"),
        ("GIF", "gif"),
        ("AVIF", "avif"),
    ],
)
def test_a_picture_comes_out_in_its_own_format_under_a_name_of_ours(kind, extension):
    made = remake(encoded(kind))

    stem, dot, last = made.name.partition(".")
    assert (len(stem), dot, last) == (16, ".", extension)
    assert (opened(made).format, opened(made).size) == (kind, (20, 10))


def test_a_photo_is_turned_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010E] = "<script>alert(1)</script>"
    exif.get_ifd(GPS)[1] = "N"

    made = remake(encoded("JPEG", exif=exif, comment=b"<?php evil(); ?>"))

    assert opened(made).size == (10, 20)
    assert dict(opened(made).getexif()) == {}
    made.seek(0)
    content = made.read()
    for trace in (b"script", b"php", b"Exif"):
        assert trace not in content


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "AVIF"])
def test_what_is_transparent_stays_so(kind):
    made = remake(encoded(kind, mode="RGBA"))

    assert opened(made).convert("RGBA").getpixel((0, 0))[3] == 0


def test_colours_are_brought_to_those_a_browser_assumes():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    made = opened(remake(encoded("PNG", icc_profile=profile)))

    assert "icc_profile" not in made.info
    assert made.getpixel((0, 0)) == (255, 0, 0)


def test_a_broken_colour_profile_is_left_behind():
    made = opened(remake(encoded("PNG", icc_profile=b"no profile at all")))

    assert "icc_profile" not in made.info


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_keeps_its_frames_and_their_time(kind):
    first, *others = (Image.new("RGB", (8, 8), c) for c in ("red", "green", "blue"))
    file = BytesIO()
    first.save(
        file, kind, save_all=True, append_images=others, duration=[100, 200, 300]
    )

    made = opened(remake(file))

    durations = []
    for number in range(made.n_frames):
        made.seek(number)
        made.load()
        durations.append(made.info["duration"])
    assert durations == [100, 200, 300]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    with pytest.raises(PictureRefused, match="too large: 40 megapixels"):
        remake(encoded("PNG", size=(8000, 5001), mode="1"))


def test_the_frames_of_an_animation_count_together():
    frames = [Image.new("1", (2000, 2000), n % 2) for n in range(11)]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])

    with pytest.raises(PictureRefused, match="too large"):
        remake(file)


def gif_of(screen, *frames):
    """Join pictures to an animation without looking at what they claim."""
    cut = [cut_gif(encoded("GIF", size=size)) for size in (screen, *frames)]
    heads, drawn = zip(*cut, strict=True)
    wait = b"\x21\xf9\x04\x04\x0a\x00\x00\x00"
    return BytesIO(heads[0] + wait.join(drawn) + b";")


def cut_gif(file):
    """Return the head of a GIF with its colours, and what is drawn."""
    data = file.getvalue()
    start = data.index(b",")
    return data[:start], data[start:-1]


def test_frames_that_outgrow_what_the_file_says_of_itself_are_refused():
    file = gif_of((1, 1), *[(2000, 2000)] * 11)
    assert Image.open(file).size == (1, 1)

    with pytest.raises(PictureRefused, match="megapixels"):
        remake(file)


def test_thousands_of_tiny_frames_are_refused():
    with pytest.raises(PictureRefused, match="megapixels"):
        remake(gif_of((1, 1), *[(1, 1)] * 2500))


def test_a_file_that_is_too_heavy_is_not_opened():
    file = encoded("PNG")
    file.seek(MAX_BYTES)
    file.write(b"x")

    with pytest.raises(PictureRefused, match="heavier than 25"):
        remake(file)


def test_a_picture_cut_short_is_refused():
    whole = encoded("JPEG", size=(400, 300)).getvalue()

    with pytest.raises(PictureRefused, match="damaged"):
        remake(BytesIO(whole[: len(whole) // 2]))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.4",
        b"GIF89a",
        encoded("BMP").getvalue(),
        encoded("TIFF").getvalue(),
    ],
    ids=["empty", "svg", "pdf", "header", "bmp", "tiff"],
)
def test_what_is_no_picture_of_a_known_kind_is_refused_with_a_reason(content):
    with pytest.raises(PictureRefused, match="JPEG, PNG, WebP, GIF and AVIF"):
        remake(BytesIO(content))


def hostile_pictures():
    folder = Path(settings.SHARED_DATA or "/nowhere") / "hostile"
    manifest = folder / "files_manifest.jsonl"
    if not manifest.exists():
        return
    for line in manifest.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        name = Path(case["payload"]).name
        if not name.endswith((".xml", ".gz", ".zip")):
            yield pytest.param(folder / "files" / name, case["expect"], id=name)


@pytest.mark.parametrize(("path", "expected"), list(hostile_pictures()))
def test_hostile_files_get_what_they_deserve(path, expected):
    with path.open("rb") as file:
        if expected.startswith(("accept", "stored")):
            assert dict(opened(remake(file)).getexif()) == {}
        else:
            with pytest.raises(PictureRefused):
                remake(file)
