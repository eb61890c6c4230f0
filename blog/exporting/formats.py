"""The formats there are, and writing some of them."""

from . import json_feed, markdown, static_site, wordpress
from .destination import Part, destination
from .tally import Tally

FORMATS = {
    "wordpress": wordpress.write,
    "markdown": markdown.write,
    "json": json_feed.write,
    "html": static_site.write,
}


def export(path, formats, conversations, *, notify=None):
    """Write the blog to ``path``, a folder or “….zip”, and return a ``Tally``.

    Of several formats each gets a folder of its own. ``notify`` is called with the
    tally as it grows. Raises ``DestinationRefused`` before anything is written, or
    ``static_site.PageNotMade``; then nothing is kept.
    """
    tally = Tally(notify=notify)
    with destination(path) as place:
        for name in formats:
            part = Part(place, name) if len(formats) > 1 else place
            tally.begin(name)
            FORMATS[name](part, conversations, tally)
    return tally
