"""Downloading the blog in the admin."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import export_runs
from comments.models import ExportRun
from ctts import background
from tests.factories import PictureFactory, UserFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/comments/exportrun/add/"


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def started(monkeypatch):
    """The runs that were started: each does its work when a test says so."""
    runs = []
    monkeypatch.setattr(export_runs, "start", runs.append)
    return runs


@pytest.fixture
def admin(client):
    user = UserFactory(username="admin", is_staff=True, is_superuser=True)
    client.force_login(user)
    return client


def address(run):
    return reverse("admin:comments_exportrun_change", args=[run.pk])


def download(run):
    return reverse("admin:comments_exportrun_download", args=[run.pk])


def prepared(client, started, **data):
    response = client.post(ADD, {"formats": ["wordpress"], **data})
    assert response.status_code == 302
    export_runs.carry_out(started[-1])
    return ExportRun.objects.get(pk=started[-1].pk)


def test_a_download_is_prepared_in_the_background_and_sent_when_it_is_ready(
    post, admin, started
):
    response = admin.post(ADD, {"formats": ["wordpress", "json"]}, follow=True)
    assert "Recommencer" in response.content.decode()  # nobody is at work in this test
    assert admin.get(download(started[0])).status_code == 404

    export_runs.carry_out(started[0])

    page = admin.get(address(started[0])).content.decode()
    assert "Votre fichier est prêt" in page
    assert download(started[0]) in page
    response = admin.get(download(started[0]))
    assert "no-store" in response["Cache-Control"]
    assert ".zip" in response["Content-Disposition"]
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        assert set(archive.namelist()) == {"wordpress/wordpress.xml", "json/feed.json"}


def test_what_it_holds_is_read_in_the_language_of_its_reader(post, admin, started):
    picture = PictureFactory()
    picture.file.storage.delete(picture.file.name)
    run = prepared(admin, started)
    page = " ".join(admin.get(address(run)).content.decode().split())
    assert "1 billet, 1 image" in page
    assert "Une image n’a pas de fichier" in page

    admin.cookies["django_language"] = "en"

    page = admin.get(address(run)).content.decode()
    assert "wordpress: 1 post, 1 picture" in page
    assert "A picture has no file on the disk, and is missing: pictures/" in page


def test_the_file_goes_to_the_one_who_asked_for_it_and_to_nobody_else(
    post, admin, started, client
):
    run = prepared(admin, started)

    other = UserFactory(username="other", is_staff=True, is_superuser=True)
    client.force_login(other)

    assert client.get(download(run)).status_code == 404
    page = client.get(address(run)).content.decode()
    assert download(run) not in page
    assert "elle seule" in page


@pytest.mark.parametrize("role", ["Bloggers", "Editors", "Moderators"])
def test_who_does_not_keep_the_whole_blog_cannot_download_it(
    post, client, in_role, started, role
):
    client.force_login(in_role(role))

    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"formats": ["wordpress"]}).status_code == 403
    assert started == []


def test_an_administrator_by_role_can(post, client, in_role, started):
    client.force_login(in_role("Administrators"))

    assert client.get(ADD).status_code == 200


def test_after_a_day_it_is_deleted(post, admin, started):
    run = prepared(admin, started)
    file = export_runs.file_of(run)
    assert file.exists()
    ExportRun.objects.update(created_at=timezone.now() - timedelta(hours=23))
    assert export_runs.forget_old() == 0

    ExportRun.objects.update(created_at=timezone.now() - timedelta(hours=25))

    assert admin.get(download(run)).status_code == 404
    assert not file.parent.exists()
    assert not ExportRun.objects.exists()


def test_deleting_it_deletes_the_file(post, admin, started):
    run = prepared(admin, started)

    admin.post(
        reverse("admin:comments_exportrun_delete", args=[run.pk]), {"post": "yes"}
    )

    assert not export_runs.folder_of(run).exists()


def test_the_folder_is_readable_by_nobody_else_on_the_machine(post, admin, started):
    run = prepared(admin, started)

    assert export_runs.folder_of(run).stat().st_mode & 0o077 == 0


def test_while_it_is_made_the_page_says_how_far_it_is(post, admin, started):
    admin.post(ADD, {"formats": ["html"]})
    folder = export_runs.folder_of(started[0])
    background.tell(folder, 3, 10)

    with background.alone(folder):
        page = admin.get(address(started[0])).content.decode()

        assert "3 textes sur 10" in page
        assert "<progress" in page
        with pytest.raises(background.AlreadyRunning):
            export_runs.carry_out(started[0])


def test_what_was_interrupted_can_be_begun_again(post, admin, started):
    admin.post(ADD, {"formats": ["json"]})

    admin.post(address(started[0]))

    assert [run.pk for run in started] == [started[0].pk] * 2


def test_nothing_is_prepared_for_who_chooses_nothing(post, admin, started):
    response = admin.post(ADD, {})

    assert "Choisissez-en au moins un" in response.content.decode()
    assert started == []
