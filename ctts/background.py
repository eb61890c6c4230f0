"""Work too long for a request, in processes of their own: one folder for each.

Each tells how far it is in a file of its folder, and not in the database: while it is
in a transaction, SQLite lets nobody write another row. A lock on another file is held
for as long as the process lives, so that one which was killed is known at once, and can
be started again.
"""

import subprocess
import sys
import time
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.files import locks

# A process takes a few seconds to begin, and holds no lock until then.
SECONDS_TO_BEGIN = 60


class AlreadyRunning(Exception):
    """Another process is at this work."""


def start(folder, command, *arguments):
    """Start ``manage.py COMMAND …``, which works in ``folder`` and outlives us."""
    (folder / "begins").touch()
    with (folder / "output").open("ab") as output:
        subprocess.Popen(  # noqa: S603 (our own command, and numbers)
            [sys.executable, "manage.py", command, *map(str, arguments)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


@contextmanager
def alone(folder):
    """Hold the lock of ``folder``. Raises ``AlreadyRunning`` if somebody has it."""
    with (folder / "lock").open("ab") as file:
        if not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            raise AlreadyRunning(folder.name)
        (folder / "begins").unlink(missing_ok=True)
        try:
            yield
        finally:
            locks.unlock(file)


def is_alive(folder):
    """Whether a process is at work in ``folder`` now, or about to begin."""
    with suppress(OSError):
        if time.time() - (folder / "begins").stat().st_mtime < SECONDS_TO_BEGIN:
            return True
    try:
        with (folder / "lock").open("rb+") as file:
            free = locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)
            if free:
                locks.unlock(file)
            return not free
    except OSError:
        return False


def tell(folder, done, total):
    """Note how far the work is, for ``progress``."""
    new = folder / "progress.new"
    new.write_text(f"{done} {total}", encoding="ascii")
    new.replace(folder / "progress")


def progress(folder):
    """Return ``(done, total)`` as last told; zeros before that."""
    try:
        told = (folder / "progress").read_text(encoding="ascii").split()
        return int(told[0]), int(told[1])
    except (OSError, ValueError, IndexError):
        return 0, 0
