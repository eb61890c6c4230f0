"""Moving in by the admin. The process is replaced by a call, but in one test."""

import subprocess
import time
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from lxml import html as lxml_html

from blog.models import Post
from comments import import_runs
from comments.models import ImportedExample, ImportRun, PostComment
from ctts import background
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

EXPORT = Path(__file__).parent.parent / "data" / "wordpress" / "deux-langues.xml"
ADD = "/admin/comments/importrun/add/"
State = ImportRun.State


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def started(monkeypatch):
    """Collect what would be started; the test carries it out."""
    runs = []
    monkeypatch.setattr(import_runs, "start", runs.append)
    return runs


@pytest.fixture
def admin(client, in_role):
    client.force_login(in_role("Administrators"))
    client.cookies["django_language"] = "en"
    return client


def upload(client, content=None, **more):
    content = EXPORT.read_bytes() if content is None else content
    response = client.post(
        ADD, {"exports": SimpleUploadedFile("carnet.xml", content), **more}
    )
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def words(client, address):
    page = lxml_html.fromstring(client.get(address).content.decode())
    return " ".join(page.get_element_by_id("run").text_content().split())


def test_an_export_is_looked_through_then_brought_in(admin, started, tmp_path):
    address = upload(admin)
    (run,) = started

    import_runs.carry_out(run)
    told = words(admin, address)
    assert "This would come in" in told
    assert "Posts: 4 found, 3 added" in told
    assert not Post.objects.exists()

    admin.post(address, {"bring_in": ""})
    import_runs.carry_out(started[1])
    told = words(admin, address)
    assert "Everything is here" in told
    assert "rehearsal" not in told
    assert Post.objects.count() == 3
    # The upload holds drafts and addresses: it goes when it has served.
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_report_is_read_in_the_language_of_its_reader(admin, started):
    address = upload(admin)
    import_runs.carry_out(started[0])
    admin.cookies["django_language"] = "fr"

    told = words(admin, address)

    assert "Billets : 4 dans l’export" in told


def test_a_refusal_is_read_in_the_language_of_its_reader(admin, started):
    address = upload(admin, b"<html><p>Bonjour</p></html>")
    import_runs.carry_out(started[0])
    assert "carnet.xml, line 1: this is not a WordPress export" in words(admin, address)

    admin.cookies["django_language"] = "fr"

    told = words(admin, address)
    assert "carnet.xml, ligne 1 : ce n’est pas un export de WordPress" in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><p>Bonjour</p></html>", "is not a WordPress export"),
        (b"PK\x03\x04 etc", "unpack it first"),
        (EXPORT.read_bytes()[:4000], "cut off while it was downloaded"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><rss/>', "declares a document type"),
    ],
)
def test_a_file_that_is_no_good_is_told_by_its_name(
    admin, started, tmp_path, content, sentence
):
    address = upload(admin, content)

    import_runs.carry_out(started[0])

    told = words(admin, address)
    assert "This cannot be brought in carnet.xml" in told
    assert sentence in told
    assert str(tmp_path) not in told
    assert not Post.objects.exists()
    assert list((tmp_path / "imports").iterdir()) == []


def test_an_archive_that_is_no_good_is_told_by_its_name(admin, started):
    address = upload(admin, media=SimpleUploadedFile("photos.zip", b"nothing"))

    import_runs.carry_out(started[0])

    assert "photos.zip is neither a folder nor a whole ZIP archive" in words(
        admin, address
    )


def test_progress_shows_while_the_process_lives(admin, started):
    address = upload(admin)
    folder = import_runs.folder_of(started[0])
    (folder / "progress").write_text("50 120")

    with background.alone(folder):
        page = admin.get(address).content.decode()
    assert '<progress id="run-progress" max="120" value="50">' in page
    assert 'http-equiv="refresh"' in page
    assert "50 of 120 items" in page


def test_what_was_interrupted_goes_on(admin, started):
    address = upload(admin)
    run = started[0]
    ImportRun.objects.update(state=State.RUNNING)

    told = words(admin, address)
    assert "It was interrupted What came in stays" in told
    (import_runs.folder_of(run) / "progress").write_text("50 120")
    assert "After 50 of 120 items. What came in stays" in words(admin, address)
    admin.post(address, {"go_on": ""})
    import_runs.carry_out(started[1])

    run.refresh_from_db()
    assert (run.state, Post.objects.count()) == (State.DONE, 3)


def test_two_processes_never_are_at_one_run(admin, started):
    upload(admin)

    with (
        background.alone(import_runs.folder_of(started[0])),
        pytest.raises(background.AlreadyRunning),
    ):
        import_runs.carry_out(started[0])


def test_a_second_move_waits_for_the_first(admin, started):
    first, second = upload(admin), upload(admin)
    for run in list(started):
        import_runs.carry_out(run)
    admin.post(first, {"bring_in": ""})

    with background.alone(import_runs.folder_of(started[2])):
        admin.post(second, {"bring_in": ""})

    assert ImportRun.objects.filter(state=State.RUNNING).count() == 1


def test_learning_is_asked_for_and_taken_back(admin, started):
    address = upload(admin)
    import_runs.carry_out(started[0])
    admin.post(address, {"bring_in": "", "learns": "on"})
    import_runs.carry_out(started[1])
    assert ImportedExample.objects.count() == PostComment.objects.published().count()
    assert "Learned from 2 of its comments" in words(admin, address)

    admin.post(address, {"forget": ""})

    assert not ImportedExample.objects.exists()
    assert "Forget what was learned" not in words(admin, address)


@pytest.mark.parametrize("role", ["Bloggers", "Editors", "Moderators"])
def test_only_administrators_move_in(client, in_role, started, role):
    run = ImportRun.objects.create(language="fr", state=State.CHECKED)
    client.force_login(in_role(role))

    for address in (ADD, f"/admin/comments/importrun/{run.pk}/change/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"bring_in": ""}).status_code == 403
    assert started == []


def test_who_may_only_look_starts_nothing(client, started):
    run = ImportRun.objects.create(language="fr", state=State.CHECKED)
    clerk = UserFactory(username="clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_importrun"))
    client.force_login(clerk)
    address = f"/admin/comments/importrun/{run.pk}/change/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"bring_in": ""}).status_code == 403
    assert started == []


def test_a_move_that_is_deleted_takes_its_files_along(admin, started):
    upload(admin)
    folder = import_runs.folder_of(started[0])

    admin.post(f"/admin/comments/importrun/{started[0].pk}/delete/", {"post": "yes"})

    assert not folder.exists()
    assert not ImportRun.objects.exists()


def test_an_upload_without_a_file_is_asked_for_one(admin):
    page = admin.post(ADD, {}).content.decode()

    assert "errorlist" in page
    assert not ImportRun.objects.exists()


def test_the_process_outlives_the_request(monkeypatch, admin):
    asked = {}
    monkeypatch.setattr(
        subprocess, "Popen", lambda command, **how: asked.update(how, command=command)
    )

    address = upload(admin)

    run = ImportRun.objects.get()
    assert asked["command"][1:] == ["manage.py", "carry_out_import", str(run.pk)]
    assert asked["start_new_session"]
    assert import_runs.is_alive(run)  # about to begin
    later = time.time() + background.SECONDS_TO_BEGIN + 1
    monkeypatch.setattr(time, "time", lambda: later)
    with translation.override("en"):
        assert "It was interrupted" in words(admin, address)
