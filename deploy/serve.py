"""From a checkout to a running blog; `make run` calls this. Nothing is done twice."""

import io
import os
import socket
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE_DIR))
os.chdir(BASE_DIR)

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
if not (PORT.isdecimal() and 0 < int(PORT) < 65536):
    sys.exit(f"PORT={PORT}: a port is a number from 1 to 65535.")
PORT = int(PORT)
# An address to listen on is not always one to visit. (S104: it is read, not bound.)
VISITED = "127.0.0.1" if HOST in {"0.0.0.0", "::", ""} else HOST  # noqa: S104
os.environ.setdefault("SITE_URL", f"http://{VISITED}:{PORT}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ctts.settings")


def say(text=""):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def refuse_taken_port():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            sys.exit(
                f"Something is listening on {HOST}:{PORT} already. "
                f"Choose another port: make run PORT={PORT + 1}"
            )


def prepare():
    """Bring database, catalogues and static files up to date."""
    from ctts import catalogues

    catalogues.compile_stale()
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("make_renditions", stdout=io.StringIO())
    if static_files_are_stale():
        call_command("collectstatic", interactive=False, verbosity=0)
    if get_user_model().objects.exists() or os.environ.get("DEMO") == "0":
        return False
    say("First start: writing the demo blog…")
    call_command("load_demo")
    return True


def static_files_are_stale():
    from django.conf import settings

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if settings.DEBUG:
        return False
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    sources = [*BASE_DIR.glob("static/**/*"), BASE_DIR / "requirements.txt"]
    return any(path.stat().st_mtime > made for path in sources)


def main():
    refuse_taken_port()
    is_first = prepare()
    site = os.environ["SITE_URL"]
    say()
    say(f"  The blog        {site}/")
    say(f"  Moderation      {site}/moderation/")
    say(f"  Admin           {site}/admin/")
    if not is_first:
        say("  Sign in with your account. For a new password, or a new account:")
        say("    .venv/bin/python manage.py changepassword NAME")
        say("    .venv/bin/python manage.py createsuperuser")
    say("  Stop with Ctrl-C.")
    say()
    command = [
        sys.executable, "-m", "gunicorn", "ctts.wsgi",
        "--bind", f"{HOST}:{PORT}",
        # One process, because the embedded cache is in its memory.
        "--workers", "1", "--threads", "8",
        # Where gunicorn's heartbeat cannot block on a disk; it makes files of its own
        # names there, which nobody can foresee (S108).
        "--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp",  # noqa: S108
        "--log-level", "warning",
    ]  # fmt: skip
    # In the place of this process, so that Ctrl-C reaches the server; no shell (S606).
    os.execv(sys.executable, command)  # noqa: S606


if __name__ == "__main__":
    main()
