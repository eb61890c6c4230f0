"""What anyone may read, as one JSON Feed 1.1 with the conversations in it.

Everything of ours is in an extension, “_ctts”, as the format asks for
(https://jsonfeed.org/version/1.1). Addresses of pictures lead to the files beside it.
"""

import json
from urllib.parse import quote

from django.conf import settings
from django.utils.feedgenerator import rfc3339_date

from blog import addresses
from blog.feed_formats import stable_id
from blog.models import Blog, Language, Page, Post, localized, written
from ctts.addresses import absolute

from .pictures import MEDIA, copy_pictures, with_files_at
from .rows import in_batches, name_of

NAME = "feed.json"
FOLDER = MEDIA.lstrip("/")


def write(place, conversations, tally):
    """Write the feed as it is read, item by item, and the pictures beside it."""
    with place.open(NAME) as file:
        for piece in _document(conversations, tally):
            file.write(piece.encode())
    tally.miss(copy_pictures(place, FOLDER))


def _document(conversations, tally):
    head = json.dumps(_head(), ensure_ascii=False, indent=1)
    yield head.removesuffix("\n}") + ',\n "items": ['
    comma = "\n"
    for item in _items(conversations, tally):
        yield comma + json.dumps(item, ensure_ascii=False, indent=1)
        comma = ",\n"
    yield "\n]}\n"


def _head():
    blog = Blog.current()
    titles = {
        f"{field}_{language}": localized(blog, field, language)
        for field in ("title", "tagline")
        for language in Language.values
    }
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": written(blog, "title")[0],
        "home_page_url": absolute("/"),
        "description": written(blog, "tagline")[0],
        "language": settings.LANGUAGE_CODE,
        "_ctts": titles,
    }


def _items(conversations, tally):
    published = Post.objects.published().select_related(
        "author", "series", "lead_picture"
    )
    for posts in in_batches(published.prefetch_related("tags")):
        under = conversations.public(posts)
        yield from (_post(post, under.get(post.pk, [])) for post in posts)
        tally.add(posts=len(posts), comments=sum(map(len, under.values())))
    for pages in in_batches(Page.objects.published()):
        yield from (_item(page, "page") for page in pages)
        tally.add(pages=len(pages))


def _post(post, comments):
    item = _item(post, "post")
    name = post.author.get_full_name() or post.author.get_username()
    picture = post.lead_picture
    item |= {
        "external_url": post.source_url,
        "summary": post.original_summary,
        "image": picture and f"{FOLDER}{picture.file.name}",
        "authors": [{"name": name}],
        "tags": [name_of(tag, "name") for tag in post.tags.all()],
    }
    item["_ctts"] |= {
        "summaries": {
            language: localized(post, "summary", language)
            for language in Language.values
            if localized(post, "summary", language)
        },
        "series": post.series
        and (written(post.series, "title")[0] or post.series.slug),
        "source_name": post.source_name,
        "comments": comments,
    }
    item["_ctts"] = _told(item["_ctts"])
    return _told(item)


def _item(writing, kind):
    language, other = writing.original_language, writing.other_language
    return {
        "id": stable_id(kind, writing.pk),
        "url": addresses.in_language(writing, language),
        "title": writing.original_title,
        "content_html": _html(writing, language),
        "date_published": rfc3339_date(writing.published_at),
        "date_modified": rfc3339_date(writing.modified_at),
        "language": language,
        "_ctts": {
            "kind": kind,
            "slug": writing.slug,
            **(
                {
                    "translation": {
                        "language": other,
                        "title": localized(writing, "title", other),
                        "content_html": _html(writing, other),
                    }
                }
                if other in writing.full_languages
                else {}
            ),
        },
    }


def _html(writing, language):
    return with_files_at(
        localized(writing, "body_html", language),
        lambda name: f"{FOLDER}{quote(name)}",
    )


def _told(fields):
    return {name: value for name, value in fields.items() if value}
