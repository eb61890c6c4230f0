"""What search engines are told of a post: schema.org's words, as JSON-LD."""

from ctts.addresses import absolute

from . import addresses, figures
from .models import localized
from .templatetags.reading import text_of


def blog_posting(post, *, description):
    """Return a BlogPosting for the language the post is shown in, as plain data.

    In which blog, and how many comments there are, is added where that is known.
    """
    shown = post.shown_language
    address = addresses.in_language(post, shown)
    data = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": f"{address}#post",
        "url": address,
        "mainEntityOfPage": address,
        "headline": post.shown_title,
        "description": description,
        "inLanguage": shown,
        "datePublished": post.published_at.isoformat(timespec="seconds"),
        "dateModified": max(post.published_at, post.modified_at).isoformat(
            timespec="seconds"
        ),
        "author": {
            "@type": "Person",
            "name": post.author.get_full_name() or post.author.get_username(),
        },
        "keywords": [
            localized(tag, "name", shown) or text_of(tag, "name")
            for tag in post.tags.all()
        ],
        "discussionUrl": f"{address}#comments",
    }
    if post.lead_picture:
        data["image"] = absolute(figures.address(post.lead_picture))
    if post.source_url:
        data["isBasedOn"] = post.source_url
    return {name: value for name, value in data.items() if value}
