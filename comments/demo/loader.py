"""The small blog, put into the database."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation

from blog.models import Blog, Page, Picture, Post, Series, Tag

from .. import bulk, services
from ..models import Commenter, PostComment
from . import content, pictures

IMPORT_KEY = "demo:{}"
PICTURE_WIDTH = 1600


def is_loaded():
    return Post.objects.filter(import_key__startswith=IMPORT_KEY.format("")).exists()


def load(*, author, moderator):
    """Write the whole blog, as if it had been kept for two years. Returns its posts.

    Nobody is written to: its readers' addresses are nobody's.
    """
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        about = content.blog()
        name_the_blog(about["blog"])
        texts = content.posts()
        posts = _posts(texts, about, author=author, midnight=midnight)
        _pages(about["pages"], posts, midnight=midnight)
        commenters = _commenters(author)
        for text in texts:
            _converse(text, posts[text.key], commenters, author=author)
        _receive(posts, moderator=moderator)
    return list(posts.values())


def name_the_blog(about=None):
    """Give the blog its name, unless somebody has named it."""
    about = about or content.blog()["blog"]
    if not Blog.objects.exists():
        Blog.objects.create(
            **_by_language("title", about["title"]),
            **_by_language("tagline", about["tagline"]),
            author_name=about["author_name"],
            **_by_language("about", about["about"]),
            **_by_language("invitation", about["invitation"]),
        )


def _by_language(field, texts):
    return {f"{field}_{language}": text.strip() for language, text in texts.items()}


def _posts(texts, about, *, author, midnight):
    series = _series(about["series"])
    tags = {slug: _tag(slug, names) for slug, names in about["tags"].items()}
    drawn = {name: _picture(name, entry) for name, entry in about["pictures"].items()}
    posts = {
        text.key: Post(
            slug=text.slug,
            original_language=text.language,
            author=author,
            published_at=text.appears(midnight),
            lead_picture=drawn.get(text.picture),
            series=series if text.series else None,
            source_name=text.source.get("name", ""),
            source_url=text.source.get("url", ""),
            source_is_canonical=text.source.get("canonical", False),
            import_key=IMPORT_KEY.format(text.slug),
            **_by_language("title", text.title),
            **_by_language("summary", text.summary),
        )
        for text in texts
    }
    addresses = _addresses(posts)
    # The oldest first, as they would have been written.
    for text in reversed(texts):
        post = posts[text.key]
        _save_with_body(post, text, addresses)
        post.tags.set([tags[slug] for slug in text.tags])
    return posts


def _save_with_body(writing, text, addresses):
    for field, html in _by_language("body", text.body).items():
        setattr(writing, field, content.link(html, addresses))
    writing.save()
    if writing.is_published:
        same = type(writing).objects.filter(pk=writing.pk)
        same.update(modified_at=writing.published_at)


def _addresses(posts):
    """Return each post's address by its key, under the post's own language."""
    addresses = {}
    for key, post in posts.items():
        with translation.override(post.original_language):
            addresses[key] = post.get_absolute_url()
    return addresses


def _series(about):
    series, _ = Series.objects.get_or_create(
        slug=about["slug"],
        defaults={
            **_by_language("title", about["title"]),
            **_by_language("description", about["description"]),
        },
    )
    return series


def _tag(slug, names):
    return Tag.objects.get_or_create(slug=slug, defaults=_by_language("name", names))[0]


def _picture(name, about):
    picture = Picture(
        is_decorative=about.get("decorative", False),
        credit=about.get("credit", ""),
        **_by_language("alt", about.get("alt", {})),
        **_by_language("caption", about.get("caption", {})),
    )
    file = ContentFile(pictures.DRAWINGS[name](PICTURE_WIDTH))
    picture.file.save(f"{name.replace('_', '-')}.jpg", file, save=False)
    picture.full_clean()
    picture.save()
    return picture


def _pages(texts, posts, *, midnight):
    addresses = _addresses(posts)
    for text in texts:
        page = Page(
            slug=text.slug,
            original_language=text.language,
            published_at=text.appears(midnight),
            import_key=IMPORT_KEY.format(text.slug),
            **_by_language("title", text.title),
        )
        _save_with_body(page, text, addresses)


def _commenters(author):
    """Return everybody who comments, by the key they have in the conversations."""
    people = content.people() | {
        "hazel": {"name": author.get_full_name(), "email": author.email}
    }
    for person in people.values():
        person["commenter"], _ = Commenter.objects.get_or_create(email=person["email"])
    return people


def _converse(text, post, commenters, *, author):
    """Write the conversation of a post, each comment with the time it was made."""
    made, answers = {}, []
    for remark in text.comments:
        person = commenters[remark.by]
        comment = PostComment(
            content_type=ContentType.objects.get_for_model(Post),
            object_pk=str(post.pk),
            site_id=1,
            status=PostComment.Status.PUBLISHED,
            user=author if remark.by == "hazel" else None,
            user_name=person["name"],
            user_email=person["email"],
            user_url=person.get("url", ""),
            commenter=person["commenter"],
            comment=remark.text,
            language=remark.language or text.language,
            affiliation=remark.affiliation,
            submit_date=post.published_at + timedelta(hours=remark.after),
        )
        answers.append((comment, made[remark.to] if remark.to else None))
        made[remark.id] = comment
    bulk.insert(answers)


def _receive(posts, *, moderator):
    """Let strangers' comments come in as anybody's do, and decide some of them."""
    for arrival in content.arrivals():
        comment = services.submit(
            posts[arrival.post],
            name=arrival.name,
            email=arrival.email,
            url=arrival.url,
            text=arrival.text,
        )
        waits = comment.status == PostComment.Status.HELD
        if arrival.decision and waits:
            services.decide(
                comment, moderator=moderator, tells_writer=False, **arrival.decision
            )
