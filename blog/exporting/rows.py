"""Rows of any number, some at a time; and what they are called."""

from blog.models import written

ROWS_AT_ONCE = 100


def in_batches(queryset, size=ROWS_AT_ONCE):
    """Yield all rows of ``queryset`` as lists, by their keys: memory stays flat."""
    last = None
    ordered = queryset.order_by("pk")
    while True:
        rest = ordered if last is None else ordered.filter(pk__gt=last)
        batch = list(rest[:size])
        if not batch:
            return
        yield batch
        last = batch[-1].pk


def name_of(row, field):
    """Return the name of a tag or series, which has a slug at least."""
    return written(row, field)[0] or row.slug
