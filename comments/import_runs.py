"""Moving in by the admin: what was uploaded, and the process that brings it in.

An import takes minutes, and a request must not. So each runs in a process of its own,
``manage.py carry_out_import`` (see ``ctts.background``).
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.utils import translation

from blog.importing.media import BrokenMedia
from blog.importing.wxr import BrokenExport
from ctts import background

from .importing import import_wordpress
from .models import ImportRun

MEDIA_NAME = "media.zip"
State = ImportRun.State
# What follows when a process has ended well.
NEXT = {State.CHECKING: State.CHECKED, State.RUNNING: State.DONE}


def folder_of(run):
    """Return where the files of ``run`` are; never under what the site serves."""
    return Path(settings.DATA_DIR) / "imports" / str(run.pk)


def begin(*, exports, media, author, language):
    """Keep what was uploaded, and start looking through it. Returns the new run."""
    run = ImportRun.objects.create(
        author=author,
        language=language,
        names=[file.name for file in (*exports, *([media] if media else []))],
    )
    folder = folder_of(run)
    folder.mkdir(parents=True, mode=0o700)
    for number, export in enumerate(exports):
        # Names of our own, in their order; what it was called is in the row.
        _keep(export, folder / f"export-{number:03}.xml")
    if media:
        _keep(media, folder / MEDIA_NAME)
    start(run)
    return run


def bring_in(run, *, learns):
    """Start bringing in what was looked through; or go on, if it was interrupted."""
    run.state, run.learns = State.RUNNING, learns
    run.save(update_fields=["state", "learns"])
    start(run)


def start(run):
    """Start the process of ``run``, which outlives this one."""
    background.start(folder_of(run), "carry_out_import", run.pk)


def carry_out(run):
    """Do what is next for ``run``, in this process.

    Raises ``AlreadyRunning``. A file that is no good is told in the run.
    """
    folder = folder_of(run)
    with background.alone(folder):
        run.refresh_from_db()
        if run.state not in NEXT:
            return
        media = folder / MEDIA_NAME
        try:
            with translation.override(run.language):
                report = import_wordpress(
                    sorted(folder.glob("export-*.xml")),
                    media=media if media.exists() else None,
                    dry_run=run.state == State.CHECKING,
                    learn=run.learns,
                    on_items=lambda report: _tell(folder, report),
                )
        except (BrokenExport, BrokenMedia) as error:
            run.state = State.FAILED
            run.refusal = _named(error.sentence, run, folder).to_json()
        else:
            # Of each item only its owner needs to read, on the command line.
            run.report = report.to_json() | {"items": [], "files": run.names}
            run.state = NEXT[run.state]
        run.save(update_fields=["state", "refusal", "report"])
    if run.state in {State.DONE, State.FAILED}:
        discard(run)


def discard(run):
    """Delete what was uploaded: it holds drafts, and addresses of people."""
    shutil.rmtree(folder_of(run), ignore_errors=True)


def is_alive(run):
    """Whether a process is at ``run`` now, or about to begin."""
    return background.is_alive(folder_of(run))


def is_another_alive(run=None):
    """Whether some other run is at work: two at once would only wait for each other."""
    others = ImportRun.objects.filter(state__in=NEXT)
    others = others.exclude(pk=run.pk) if run else others
    return any(is_alive(other) for other in others)


def progress(run):
    """Return ``(items read, items in all)``; zeros before the first are read."""
    return background.progress(folder_of(run))


def _tell(folder, report):
    background.tell(folder, report.read, report.total)


def _named(sentence, run, folder):
    """Call files in a sentence by the names they were uploaded under."""
    exports = sorted(folder.glob("export-*.xml"))
    ours = [str(path) for path in exports] + [MEDIA_NAME]
    for path, name in zip(
        ours, [*run.names[: len(exports)], run.names[-1]], strict=True
    ):
        sentence = sentence.replacing(path, name)
    return sentence


def _keep(upload, path):
    with path.open("xb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
