"""What an export of ours says beside what WordPress has a place for.

An export calls itself ours by an element “ctts:blog” in its channel, which WordPress
passes over. What has no place in WordPress stands there, for the whole blog, and in
metadata named “_ctts_…” of posts, pictures and comments. They are read only where the
file is ours: in what WordPress exported they may be older than the text beside them.
"""

from contextlib import suppress

from django.core.exceptions import ValidationError

from blog.models import Blog, Language, Page, Picture, Post, Series, Tag

NAMESPACE = "urn:ctts:export:1"
PREFIX = "_ctts_"
GENERATOR = "CTTS"


def _in_each_language(*names):
    return tuple(f"{name}_{language}" for name in names for language in Language.values)


# By the names of their fields, which are those of the metadata too.
KEPT = {
    Post: (
        "comment_policy",
        "source_name",
        "source_url",
        "source_is_canonical",
        "is_language_guessed",
        "is_pinned",
        "note",
    ),
    Page: ("is_in_menu",),
    Picture: (*_in_each_language("alt", "caption"), "credit", "is_decorative"),
    Tag: ("slug", *_in_each_language("name")),
    Series: ("slug", *_in_each_language("title", "description")),
    Blog: (
        *_in_each_language("title", "tagline", "about", "invitation"),
        "author_name",
        "accent",
        "accent_dark",
        "comment_policy",
        "strictness",
        "comments_close_after_days",
        "confirms_addresses",
    ),
}


def told(instance):
    """Yield ``(name, text)`` of what ``instance`` keeps there and is not empty."""
    for name in KEPT[type(instance)]:
        if getattr(instance, name) not in {None, "", False}:
            yield name, instance._meta.get_field(name).value_to_string(instance)


def take(instance, told):
    """Set the fields of ``instance`` as ``told``, a mapping of what ``told`` yields.

    What is not told is empty; what cannot be said of the field stays as it was.
    """
    for name in KEPT[type(instance)]:
        field = instance._meta.get_field(name)
        if name in told:
            with suppress(ValidationError):
                setattr(instance, name, field.clean(told[name], instance))
        elif field.get_internal_type() == "BooleanField":
            setattr(instance, name, False)
        elif name != "slug":
            setattr(instance, name, None if field.null else "")
