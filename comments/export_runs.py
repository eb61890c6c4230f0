"""Downloads of the blog: made in a process of their own, kept for a day."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation

from blog.exporting.formats import export
from blog.models import Page, Post
from ctts import background

from .exporting import Conversations
from .models import ExportRun

KEPT_FOR = timedelta(days=1)
NAME = "blog.zip"
TELL_EVERY = 20
State = ExportRun.State


def folder_of(run):
    """Return where the file of ``run`` is; never under what the site serves."""
    return Path(settings.DATA_DIR) / "exports" / str(run.pk)


def file_of(run):
    return folder_of(run) / NAME


def begin(*, formats, author, language):
    """Start making a download of the blog in ``formats``. Returns the new run."""
    forget_old()
    run = ExportRun.objects.create(formats=formats, author=author, language=language)
    folder_of(run).mkdir(parents=True, mode=0o700)
    start(run)
    return run


def start(run):
    """Start the process of ``run``, which outlives this one."""
    background.start(folder_of(run), "carry_out_export", run.pk)


def carry_out(run):
    """Make the file of ``run``, in this process. Raises ``AlreadyRunning``."""
    folder = folder_of(run)
    with background.alone(folder):
        run.refresh_from_db()
        if run.state != State.RUNNING:
            return
        with translation.override(run.language):
            tally = export(
                file_of(run), run.formats, Conversations(), notify=_telling(folder, run)
            )
            run.tally = tally.to_json()
        run.state = State.DONE
        run.size = file_of(run).stat().st_size
        run.save(update_fields=["state", "tally", "size"])


def is_alive(run):
    return background.is_alive(folder_of(run))


def progress(run):
    return background.progress(folder_of(run))


def forget_old():
    """Delete the downloads whose day is over; return how many they were."""
    old = ExportRun.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    runs = [run for run in old if not is_alive(run)]
    for run in runs:
        discard(run)
        run.delete()
    return len(runs)


def discard(run):
    """Delete the file: it may hold drafts, and addresses of people."""
    shutil.rmtree(folder_of(run), ignore_errors=True)


def _telling(folder, run):
    """Return what tells how far the work is, in texts: those of all formats."""
    texts = Post.objects.count() + Page.objects.count()
    public = Post.objects.published().count() + Page.objects.published().count()
    sizes = {"wordpress": texts, "markdown": texts, "json": public, "html": 2 * public}
    total = sum(sizes[name] for name in run.formats)
    told = 0

    def notify(tally):
        nonlocal told
        done = sum(
            counts["posts"] + counts["pages"] + counts["readings"]
            for counts in tally.counts.values()
        )
        if done >= told + TELL_EVERY:
            told = done
            # There are more reading pages than posts: lists, months, tags.
            background.tell(folder, min(done, total), total)

    return notify
