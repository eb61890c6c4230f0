"""Read an export once before anything of it is written.

A broken file is found out here. Galleries also need to know pictures that stand
further down in the file than they do.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from . import wxr
from .bilingual import summary_text
from .redirects import old_paths
from .shortcodes import Attachment


@dataclass(slots=True)
class Survey:
    """What must be known of an old blog before its first post is written.

    ``attachments`` are by their number there, ``children`` lists those of each post,
    ``pages_of_attachments`` has the address of each by the paths of its page.
    """

    site: wxr.Site
    items: int = 0
    attachments: dict[str, Attachment] = field(default_factory=dict)
    children: dict[str, list[Attachment]] = field(default_factory=dict)
    pages_of_attachments: dict[str, str] = field(default_factory=dict)

    @property
    def base(self):
        """The address of the old blog, which tells its items from another blog's."""
        site = self.site
        return (site.base_blog_url or site.base_site_url or site.link).rstrip("/")

    @property
    def host(self):
        return _host(self.base)

    @property
    def language(self):
        return self.site.language.strip().lower()[:2]

    def key(self, number):
        """Return the import key of what has this number there."""
        return f"{self.base[-250:]}#{number[:40]}"


def survey(paths):
    """Return ``{path: Survey}``. Files of one blog share what they know.

    Raises ``wxr.BrokenExport``.
    """
    by_base, surveys = {}, {}
    for path in paths:
        items = wxr.read(path)
        found = Survey(site=next(items))
        for item in items:
            found.items += 1
            if item.type == "attachment":
                _note_attachment(found, item)
        known = by_base.setdefault(found.base, found)
        if known is not found:
            known.items += found.items
            known.attachments |= found.attachments
            known.pages_of_attachments |= found.pages_of_attachments
            for parent, children in found.children.items():
                known.children.setdefault(parent, []).extend(children)
            names = {author.login for author in known.site.authors}
            known.site.authors += [
                a for a in found.site.authors if a.login not in names
            ]
            known.site.repairs.update(found.site.repairs)
        surveys[path] = known
    return surveys


def _note_attachment(survey, item):
    url = item.attachment_url or item.guid
    if _host(url):
        alt = next(iter(item.metadata("_wp_attachment_image_alt")), "")
        attachment = Attachment(
            url=url, alt=summary_text(alt), caption=summary_text(item.excerpt)
        )
        survey.attachments[item.post_id] = attachment
        survey.pages_of_attachments |= dict.fromkeys(old_paths(item, survey), url)
        if item.parent not in {"", "0"}:
            survey.children.setdefault(item.parent, []).append(attachment)


def _host(url):
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
