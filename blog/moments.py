"""A date and time by the blog's clock, which twice a year is odd."""

from datetime import UTC, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from .dates import long_day


class MomentField(forms.SplitDateTimeField):
    """Day and time as Django asks for them, with a sentence for each odd hour.

    ``before`` is the moment that stands there already: left as it is shown, it is kept
    to the microsecond, even in an hour that comes twice.
    """

    before = None

    def compress(self, data_list):
        if not data_list or None in data_list or "" in data_list:
            return super().compress(data_list)
        naive = datetime.combine(*data_list)
        if self.before and _shown(self.before) == naive:
            return self.before
        check(naive)
        return super().compress(data_list)


def check(naive):
    """Raise ``ValidationError`` unless ``naive`` is exactly one moment here."""
    zone = timezone.get_current_timezone()
    earlier, later = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    shift = earlier.utcoffset() - later.utcoffset()
    if not shift:
        return
    words = {"day": long_day(naive.date()), "time": f"{naive:%H:%M}"}
    if earlier.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        after = naive - shift
        raise forms.ValidationError(
            _(
                "On %(day)s the clocks go forward, and there is no %(time)s. What "
                "about %(after)s?"
            )
            % {**words, "after": f"{after:%H:%M}"},
            code="imaginary",
        )
    raise forms.ValidationError(
        _(
            "On %(day)s the clocks go back, and %(time)s comes twice. Please choose a "
            "time before or after that hour."
        )
        % words,
        code="ambiguous",
    )


def _shown(moment):
    return timezone.localtime(moment).replace(microsecond=0, tzinfo=None, fold=0)
