"""What was seen, decided and ruled, by whom, when: as a page and as a file."""

import csv

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import record
from ..moderation.explanations import reason_label
from ..moderation.verdicts import Reason
from .access import for_moderators
from .forms import LogForm, screened_as

PAGE_LENGTH = 50
LONGEST_QUOTE = 500
# What a spreadsheet program takes for the beginning of a formula, wide forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


@for_moderators
def log(request):
    """The record, the latest first, as far as it is asked for."""
    form = LogForm(request.GET, actors=record.actors(request.user))
    found = record.read(
        request.user,
        form.wanted,
        before=request.GET.get("before", ""),
        length=PAGE_LENGTH + 1,
    )
    page = found[:PAGE_LENGTH]
    context = {
        "form": form,
        "lines": [line_of(entry) for entry in page],
        "asked": form.asked,
        "next_before": page[-1].key if len(found) > PAGE_LENGTH else "",
    }
    return render(request, "moderation/log.html", context)


def line_of(entry):
    """Return what the log says of an entry: who did what to what, and why."""
    row = entry.row
    if entry.is_rule:
        reasons = [row.get_reason_display()] if row.reason else []
        what, status = row.get_action_display(), row.action
    elif entry.is_screening:
        reasons = [reason_label(Reason(value)) for value in row.reasons]
        what, status = screened_as(row.outcome), row.outcome
    else:
        reasons = [row.get_reason_display()] if row.reason else []
        what, status = row.get_outcome_display(), row.outcome
    return {
        "entry": entry,
        "row": row,
        "what": what,
        "status": status,
        "who": _who(entry, row),
        "reasons": ", ".join(reasons),
        "note": getattr(row, "note", ""),
    }


def _who(entry, row):
    """Name who did it: the machine, an account, or the writer of an amendment."""
    if entry.is_screening:
        return _("the machine")
    if entry.is_rule:
        return row.moderator.get_full_name() or row.moderator.get_username()
    return row.by


@for_moderators
@never_cache
def log_file(request):
    """The same as a file for a spreadsheet program, written as it is read."""
    form = LogForm(request.GET, actors=record.actors(request.user))
    lines = _lines(request.user, form.wanted, get_language())
    day = timezone.localdate()
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="moderation-{day}.csv"',
            "X-Content-Type-Options": "nosniff",
        },
    )


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line):
        return line


def _lines(user, wanted, language):
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    with translation.override(language):
        yield BYTE_ORDER_MARK + writer.writerow(_headings())
    for entry in record.everything(user, wanted):
        # The language of the request may be gone by the time that this is read.
        with translation.override(language):
            cells = [harmless_cell(cell) for cell in _cells(entry)]
        yield writer.writerow(cells)


def _headings():
    return [
        _("When"), _("What"), _("By"), _("Reason"), _("Note"), _("Comment"),
        _("Writer"), _("Post"), _("Language"), _("Text"), _("Rule"), _("Until"),
    ]  # fmt: skip


def _cells(entry):
    line, row = line_of(entry), entry.row
    at = timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds")
    told = [at, line["what"], line["who"], line["reasons"], line["note"]]
    if entry.is_rule:
        return [*told, "", "", "", "", "", _rule(row), row.ends_on or ""]
    comment = row.comment
    return [
        *told,
        comment.pk,
        comment.user_name,
        entry.post.original_title if entry.post else "",
        comment.language,
        comment.text[:LONGEST_QUOTE],
        "",
        "",
    ]


def _rule(change):
    return (
        f"{change.get_kind_display()}: {change.subject} ({change.get_effect_display()})"
    )


def harmless_cell(value):
    """Return a cell as text that no spreadsheet program takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
