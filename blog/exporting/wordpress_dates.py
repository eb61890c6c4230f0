"""Times as WordPress writes them: in the blog's time zone, and in UTC."""

from datetime import UTC

from django.utils import timezone

FORMAT = "%Y-%m-%d %H:%M:%S"
NONE = "0000-00-00 00:00:00"


def local(moment):
    return timezone.localtime(moment).strftime(FORMAT) if moment else NONE


def gmt(moment):
    return moment.astimezone(UTC).strftime(FORMAT) if moment else NONE
