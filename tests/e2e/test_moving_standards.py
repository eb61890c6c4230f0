"""The admin's pages of moving in and out, in each state, before the checkers."""

from contextlib import ExitStack

import pytest

from comments import export_runs, import_runs
from comments.importing import import_wordpress
from comments.models import ExportRun, ImportRun
from ctts import background

from ..blog.importing.exports import comment, export, item, term
from ..factories import PostFactory
from .checkers import WAYS, errors_in, faults_of, needs_axe, needs_vnu

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.pages,
    pytest.mark.django_db(transaction=True),
]
State = ImportRun.State
# Of the list of everything that Django's admin has at the side of each page.
OF_DJANGO = (
    "A table row was 2 columns wide, which is less than the column count established "
    "by the first row (3)."
)
REFUSAL = {
    "text": "{file}, line {line}: {reason}",
    "values": {
        "file": f"{'carnet-' * 20}.xml",
        "line": 12,
        "reason": {"text": "there is nothing in it that is an export.", "values": {}},
    },
}
TALLY = {
    "counts": {"wordpress": {"posts": 12, "comments": 1}, "json": {}},
    "missing": [f"pictures/2026/{'x' * 90}.jpg"],
}


@pytest.fixture
def paths(admin_user, settings, tmp_path):
    """Runs in each of their states, and the address of each page there is."""
    settings.DATA_DIR = tmp_path
    PostFactory(author=admin_user)
    report = rehearsed(tmp_path / f"{'carnet-' * 20}.xml")
    imports = {
        name: ImportRun.objects.create(
            author=admin_user, language="fr", names=report["files"], **fields
        ).pk
        for name, fields in (
            ("checking", {"state": State.CHECKING}),
            ("stopped", {"state": State.RUNNING}),
            ("checked", {"state": State.CHECKED, "report": report}),
            ("done", {"state": State.DONE, "report": report | {"dry_run": False}}),
            ("failed", {"state": State.FAILED, "refusal": REFUSAL}),
        )
    }
    exports = {
        name: ExportRun.objects.create(
            author=admin_user, language="fr", formats=["wordpress", "json"], **fields
        ).pk
        for name, fields in (
            ("running", {}),
            ("stopped", {}),
            ("there", {"state": "done", "tally": TALLY, "size": 12_345_678}),
            ("gone", {"state": "done", "tally": TALLY}),
        )
    }
    at_work = (
        import_runs.folder_of(ImportRun.objects.get(pk=imports["checking"])),
        export_runs.folder_of(ExportRun.objects.get(pk=exports["running"])),
    )
    file = export_runs.file_of(ExportRun.objects.get(pk=exports["there"]))
    file.parent.mkdir(parents=True)
    file.write_bytes(b"PK")
    with ExitStack() as stack:
        for folder in at_work:
            folder.mkdir(parents=True)
            background.tell(folder, 50, 120)
            stack.enter_context(background.alone(folder))
        yield [
            f"/admin/comments/{model}/{rest}"
            for model, keys in (("importrun", imports), ("exportrun", exports))
            for rest in ("", "add/", *(f"{key}/change/" for key in keys.values()))
        ]


def rehearsed(path):
    """Return what a rehearsal tells of an export with something of everything."""
    more = term("Pain") + comment(1) + comment(2, approved="spam")
    items = (
        item(
            1, f"[inconnu] <img src='https://carnet.example/{'p' * 90}.jpg'>", more=more
        ),
        item(2, "", title="", more=comment(3, parent=77)),
        item(3, post_type="page"),
        item(4, status="trash"),
    )
    path.write_text(export(*items), encoding="utf-8")
    media = path.with_name("media")
    media.mkdir()
    report = import_wordpress([path], media=media, dry_run=True).to_json()
    return report | {"items": [], "files": [path.name]}


@needs_vnu
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_moving_is_valid_html(admin_client, paths, tmp_path, language):
    admin_client.cookies["django_language"] = language
    pages = {path: admin_client.get(path).content for path in paths}

    found = errors_in(pages, tmp_path)
    assert [(path, message) for path, message in found if message != OF_DJANGO] == []


@needs_axe
@pytest.mark.parametrize("way", WAYS)
def test_every_page_of_moving_is_open_to_everybody(signed_in, paths, way):
    page = signed_in(**way)
    found = faults_of(page, paths)

    assert found == []
