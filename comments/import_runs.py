"""Moving in by the admin: what was uploaded, and the process that brings it in.

An import takes minutes, and a request must not. So each runs in a process of its own,
``manage.py carry_out_import``, and tells how far it is in a file beside the upload:
while it rehearses, its transaction is open, and SQLite lets nobody write another row.
A lock on another file is held for as long as the process lives, so that one which was
killed is known at once, and can be started again.
"""

import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.files import locks
from django.utils import translation

from blog.importing.media import BrokenMedia
from blog.importing.wxr import BrokenExport

from .importing import import_wordpress
from .models import ImportRun

MEDIA_NAME = "media.zip"
State = ImportRun.State
# What follows when a process has ended well.
NEXT = {State.CHECKING: State.CHECKED, State.RUNNING: State.DONE}


# A process takes a few seconds to begin, and holds no lock until then.
SECONDS_TO_BEGIN = 60


class AlreadyRunning(Exception):
    """Another process is at this run."""


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
    (folder_of(run) / "begins").touch()
    with (folder_of(run) / "output").open("ab") as output:
        subprocess.Popen(  # noqa: S603 (our own command, and a number)
            [sys.executable, "manage.py", "carry_out_import", str(run.pk)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def carry_out(run):
    """Do what is next for ``run``, in this process.

    Raises ``AlreadyRunning``. A file that is no good is told in the run.
    """
    folder = folder_of(run)
    with _alone(folder):
        (folder / "begins").unlink(missing_ok=True)
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
            run.state, run.error = State.FAILED, _named(str(error), run, folder)
        else:
            # Of each item only its owner needs to read, on the command line.
            run.report = report.to_json() | {"items": [], "files": run.names}
            run.state = NEXT[run.state]
        run.save(update_fields=["state", "error", "report"])
    if run.state in {State.DONE, State.FAILED}:
        discard(run)


def discard(run):
    """Delete what was uploaded: it holds drafts, and addresses of people."""
    shutil.rmtree(folder_of(run), ignore_errors=True)


def is_alive(run):
    """Whether a process is at ``run`` now, or about to begin."""
    folder = folder_of(run)
    with suppress(OSError):
        if time.time() - (folder / "begins").stat().st_mtime < SECONDS_TO_BEGIN:
            return True
    try:
        with _alone(folder):
            return False
    except AlreadyRunning:
        return True
    except OSError:
        return False


def is_another_alive(run=None):
    """Whether some other run is at work: two at once would only wait for each other."""
    others = ImportRun.objects.filter(state__in=NEXT)
    others = others.exclude(pk=run.pk) if run else others
    return any(is_alive(other) for other in others)


def progress(run):
    """Return ``(items read, items in all)``; zeros before the first are read."""
    try:
        told = (folder_of(run) / "progress").read_text(encoding="ascii").split()
        return int(told[0]), int(told[1])
    except (OSError, ValueError, IndexError):
        return 0, 0


def _tell(folder, report):
    new = folder / "progress.new"
    new.write_text(f"{report.read} {report.total}", encoding="ascii")
    new.replace(folder / "progress")


def _named(message, run, folder):
    """Call files in a message by the names they were uploaded under."""
    exports = sorted(folder.glob("export-*.xml"))
    ours = [str(path) for path in exports] + [MEDIA_NAME]
    for path, name in zip(
        ours, [*run.names[: len(exports)], run.names[-1]], strict=True
    ):
        message = message.replace(path, name)
    return message


@contextmanager
def _alone(folder):
    with (folder / "lock").open("ab") as file:
        if not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            raise AlreadyRunning(folder.name)
        try:
            yield
        finally:
            locks.unlock(file)


def _keep(upload, path):
    with path.open("xb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
