"""Dates, as they are written in each of the two languages."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language


def long_date(moment):
    """Return the day of ``moment`` by the blog's clock, as ``long_day`` writes it."""
    return long_day(timezone.localtime(moment).date())


def written_moment(moment):
    """Return day and time by the blog's clock: “1er mai 2026, 17:05”."""
    return f"{long_date(moment)}, {timezone.localtime(moment):%H:%M}"


def long_day(day):
    """Return “1er mai 2026”, “23 mai 2026”; “23 May 2026”."""
    written = date_format(day, "j F Y")
    if get_language() == "fr" and day.day == 1:
        return f"1er{written[1:]}"
    return written
