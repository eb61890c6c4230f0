"""Pictures of the old blog: found among its files, made anew, shown where they were."""

import json
import struct
import zipfile
from io import BytesIO

import pytest
from django.contrib.redirects.models import Redirect
from django.utils import translation
from PIL import Image

from blog.importing.media import BrokenMedia, open_media
from blog.importing.report import Report
from blog.models import Picture, Post
from comments.importing import import_wordpress

from .exports import export, item, meta

pytestmark = pytest.mark.django_db

UPLOADS = "https://carnet.example/wp-content/uploads"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def jpeg(width=800, height=400):
    content = BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def uploads(tmp_path):
    """Return a function that lays files out in a folder, and returns the folder."""
    folder = tmp_path / "wp-content"
    folder.mkdir()

    def lay(**files):
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder

    return lay


@pytest.fixture
def run(tmp_path):
    def run(*items, **options):
        path = tmp_path / "export.xml"
        path.write_text(export(*items), encoding="utf-8")
        return import_wordpress([path], **options)

    return run


def attachment(number, name="2010/05/miche.jpg", *, parent=0, more="", **fields):
    url = f"<wp:attachment_url>{UPLOADS}/{name}</wp:attachment_url>"
    return item(
        number,
        post_type="attachment",
        status="inherit",
        post_parent=parent,
        link=f"https://carnet.example/?attachment_id={number}",
        more=url + more,
        **fields,
    )


def zipped(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("stored", "address"),
    [
        ("uploads/2010/05/a.jpg", "/wp-content/uploads/2010/05/a.jpg"),
        ("2010/05/a.jpg", "/wp-content/uploads/2010/05/a.jpg"),
        ("a.jpg", "/wp-content/uploads/2010/05/a.jpg"),
        ("2010/05/a.jpg", "/wp-content/uploads/sites/3/2010/05/a.jpg"),
        ("2010/05/a.jpg", "https://lise.files.wordpress.com/2010/05/a.jpg?w=300"),
        (
            "2010/05/e\u0301te\u0301.JPG",
            "/wp-content/uploads/2010/05/%C3%A9t%C3%A9.jpg",
        ),
    ],
)
def test_a_file_is_found_by_the_end_of_its_address(uploads, stored, address):
    folder = uploads(**{stored: b"x", "2011/05/b.jpg": b"y"})

    with open_media(folder) as media:
        assert media.find(address) == stored


def test_a_file_of_the_same_name_in_another_month_is_another(uploads):
    with open_media(uploads(**{"2011/05/a.jpg": b"x"})) as media:
        assert media.find("/wp-content/uploads/2010/05/a.jpg") is None


@pytest.mark.parametrize("is_zip", [False, True])
def test_pictures_come_over_and_are_shown_where_they_were(
    run, uploads, tmp_path, client, is_zip
):
    media = uploads(**{"uploads/2010/05/miche.jpg": jpeg()})
    if is_zip:
        media = zipped(tmp_path / "media.zip", **{"uploads/2010/05/miche.jpg": jpeg()})

    report = run(
        attachment(5, more=meta("_wp_attachment_image_alt", "Une miche"), parent=1),
        item(
            1,
            '[caption id="a" width="300"]'
            f'<a href="{UPLOADS}/2010/05/miche.jpg"><img class="x" alt="" width="300" '
            f'height="199" src="{UPLOADS}/2010/05/miche-300x199.jpg"></a> Là[/caption]'
            '\n\n[gallery ids="5"]',
            more=meta("_thumbnail_id", "5"),
        ),
        media=media,
    )

    picture = Picture.objects.get()
    post = Post.objects.get()
    url = picture.file.url
    assert (picture.width, picture.height, picture.alt_fr) == (800, 400, "Une miche")
    assert post.body_fr == (
        f'<figure><a href="{url}"><img src="{url}" alt="Une miche" width="300" '
        'height="150"></a><figcaption>Là</figcaption></figure>'
        f'<figure><img src="{url}" alt="Une miche" width="800" height="400"></figure>'
    )
    assert post.lead_picture == picture
    assert report.pictures == {"found": 1, "copied": 1}
    assert client.get(url)["Content-Type"] == "image/jpeg"
    response = client.get("/wp-content/uploads/2010/05/miche.jpg")
    assert (response.status_code, response["Location"]) == (301, url)


def test_what_is_missing_stays_a_link_and_is_told(run, uploads):
    report = run(
        attachment(5, "2010/05/la.jpg"),
        item(
            1,
            f'<img src="{UPLOADS}/2010/05/la-300x200.jpg" alt="Là"> '
            f'<img src="{UPLOADS}/2010/05/la.jpg"> '
            '<img src="https://elsewhere.example/2010/05/ailleurs.jpg" alt="Ailleurs">',
            more=meta("_thumbnail_id", "5"),
        ),
        media=uploads(**{"2010/05/ailleurs.jpg": jpeg()}),
    )

    post = Post.objects.get()
    assert f'<a href="{UPLOADS}/2010/05/la-300x200.jpg">Là</a>' in post.body_html_fr
    assert '<a href="https://elsewhere.example/2010/05/ailleurs.jpg">' in (
        post.body_html_fr
    )
    assert report.missing == [f"{UPLOADS}/2010/05/la.jpg"]
    assert report.left_out == {("lead picture", "not brought over"): 1}
    assert not Picture.objects.exists()


def test_a_file_that_is_no_picture_is_told_with_the_reason(run, uploads):
    report = run(
        attachment(5, "2010/05/a.jpg"),
        attachment(6, "2010/05/b.pdf"),
        item(1, f'<img src="{UPLOADS}/2010/05/a.jpg">'),
        media=uploads(
            **{"2010/05/a.jpg": b"<?php evil(); ?>", "2010/05/b.pdf": b"%PDF"}
        ),
    )

    assert list(report.refused) == ["2010/05/a.jpg"]
    assert "not a picture we can keep" in str(report.refused["2010/05/a.jpg"])
    assert report.pictures == {"found": 2, "refused": 1}
    assert report.left_out == {("file", "no picture"): 1}
    kept = Report.from_json(json.loads(json.dumps(report.to_json())))
    assert any("2010/05/a.jpg: This is not" in line for line in kept.lines())
    with translation.override("fr"):
        assert any(
            "2010/05/a.jpg\u00a0: Nous ne pouvons" in line for line in kept.lines()
        )


def test_a_second_run_makes_no_picture_twice(run, uploads):
    items = attachment(5), item(1, f'<img src="{UPLOADS}/2010/05/miche.jpg">')
    media = uploads(**{"2010/05/miche.jpg": jpeg()})
    run(*items, media=media)
    before = [list(model.objects.values()) for model in (Post, Picture, Redirect)]

    report = run(*items, media=media)

    assert [list(model.objects.values()) for model in (Post, Picture, Redirect)] == (
        before
    )
    assert report.pictures == {"found": 1}


def test_files_given_later_still_come_into_the_texts(run, uploads):
    items = item(1, f'Avant <img src="{UPLOADS}/2010/05/miche.jpg"> après'), item(2)
    run(*items)
    Post.objects.filter(slug="billet-1").update(title_fr="Retouché")

    run(*items, media=uploads(**{"2010/05/miche.jpg": jpeg()}))

    post = Post.objects.get(slug="billet-1")
    assert Picture.objects.get().file.url in post.body_html_fr
    assert post.title_fr == "Retouché"


def test_a_rehearsal_checks_pictures_and_keeps_none(run, uploads, tmp_path):
    report = run(
        attachment(5),
        item(1, "[gallery ids='5']", more=meta("_thumbnail_id", "5")),
        media=uploads(**{"2010/05/miche.jpg": jpeg()}),
        dry_run=True,
    )

    assert report.pictures == {"found": 1, "copied": 1}
    assert not Picture.objects.exists()
    assert not (tmp_path / "media").exists()


def test_a_file_left_by_a_run_that_was_killed_is_replaced(run, uploads, tmp_path):
    media = uploads(**{"2010/05/miche.jpg": jpeg()})
    run(attachment(5), media=media)
    name = Picture.objects.get().file.name
    Picture.objects.all().delete()
    (tmp_path / "media" / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "media" / name).write_bytes(b"half of a pic")

    run(attachment(5), media=media)

    assert Picture.objects.get().file.name == name
    assert (tmp_path / "media" / name).read_bytes().startswith(b"\xff\xd8")


def test_a_page_of_a_picture_under_no_post_leads_to_the_picture(run, uploads, client):
    run(
        attachment(5),
        attachment(6, "2010/05/secret.jpg", parent=2),
        item(2, status="private"),
        media=uploads(**{"2010/05/miche.jpg": jpeg(), "2010/05/secret.jpg": jpeg()}),
    )

    response = client.get("/?attachment_id=5", follow=True)
    assert response.redirect_chain[0][1] == 301
    assert response["Content-Type"] == "image/jpeg"
    assert client.get("/?attachment_id=6").status_code == 302  # to the front page


def test_a_link_to_the_page_of_a_picture_shows_the_picture(run, uploads):
    run(
        attachment(5),
        item(1, '<a href="https://carnet.example/?attachment_id=5">Voir</a>'),
        media=uploads(**{"2010/05/miche.jpg": jpeg()}),
    )

    url = Picture.objects.get().file.url
    assert Post.objects.get().body_fr == f'<p><a href="{url}">Voir</a></p>'


def test_an_archive_is_never_read_outside_itself(tmp_path):
    path = zipped(
        tmp_path / "slip.zip",
        **{"../2010/05/a.jpg": b"x", "/etc/2010/05/a.jpg": b"x", "C:\\a.jpg": b"x"},
    )

    with open_media(path) as media:
        assert media.find("/wp-content/uploads/2010/05/a.jpg") is None
        assert media.find("/wp-content/uploads/a.jpg") is None


def test_a_link_that_leads_out_of_the_folder_is_not_followed(uploads, tmp_path):
    (tmp_path / "secret.jpg").write_bytes(b"x")
    folder = uploads()
    (folder / "a.jpg").symlink_to(tmp_path / "secret.jpg")

    with open_media(folder) as media, pytest.raises(OSError, match=r"a\.jpg"):
        media.read("a.jpg")


def test_an_archive_that_would_burst_is_refused(run, tmp_path):
    bomb = zipped(tmp_path / "bomb.zip", **{"2010/05/a.jpg": bytes(60_000_000)})

    with pytest.raises(BrokenMedia, match=r"bomb\.zip would unpack to \d+ times"):
        run(item(1), media=bomb)

    assert not Post.objects.exists()


def test_an_archive_with_an_endless_list_is_refused(tmp_path):
    path = tmp_path / "list.zip"
    path.write_bytes(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, 2**31, 0, 0))

    with pytest.raises(BrokenMedia, match="lists more files than a blog has"):
        open_media(path)


@pytest.mark.parametrize("content", [b"", b"PK\3\4 and no more", b"PK\5\6" + b"\0" * 9])
def test_what_is_no_archive_is_told(tmp_path, content):
    path = tmp_path / "media.zip"
    path.write_bytes(content)

    with pytest.raises(BrokenMedia, match="neither a folder nor a whole ZIP archive"):
        open_media(path)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BrokenMedia, match="cannot be read: there is no such file"):
        open_media(tmp_path / "nowhere")


def test_a_damaged_file_in_an_archive_does_not_stop_the_rest(run, tmp_path):
    path = zipped(
        tmp_path / "media.zip", **{"2010/05/a.jpg": b"x" * 900, "b.jpg": jpeg()}
    )
    data = bytearray(path.read_bytes())
    data[45:50] = b"\xff" * 5
    path.write_bytes(data)

    report = run(attachment(5, "2010/05/a.jpg"), attachment(6, "b.jpg"), media=path)

    assert report.refused == {"2010/05/a.jpg": "unreadable"}
    assert Picture.objects.count() == 1
