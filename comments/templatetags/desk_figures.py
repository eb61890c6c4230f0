"""How the desk writes shares, weights and times, in the language of the page."""

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

NOTHING = "–"


@register.filter
def as_percent(share):
    """Return a share as people write it: “93 %”; a dash where there is none."""
    if share is None:
        return NOTHING
    return _("%(number)s%%") % {"number": round(100 * share)}


@register.filter
def as_weight(weight, digits=2):
    """Return a weight in nats with its sign: “+0.42”."""
    sign = "+" if weight >= 0 else "−"
    return f"{sign}{number_format(abs(weight), digits)}"


@register.filter
def for_so_long(hours):
    """Return a time in the unit that people would say it in."""
    if hours < 1:
        return _("less than an hour")
    if hours < 48:
        number = round(hours)
        return ngettext("%(number)s hour", "%(number)s hours", number) % {
            "number": number
        }
    number = round(hours / 24)
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


@register.filter
def by_month(tallies):
    """Return pairs of the name of a month and its figures."""
    return [(date_format(tally.name, "F Y"), tally) for tally in tallies]
