"""Comments by the thousand, without ``save()``."""

from datetime import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog.models import Post
from comments.demo import bulk
from comments.exceptions import TooDeep
from comments.models import PostComment

from ..factories import PostFactory

Status = PostComment.Status

# Which earlier comment each of these answers, by its place in this list.
ANSWERED = [None, 0, None, 0, 1, 2, 4, 1, 0]


def unsaved(post, number, status=Status.PUBLISHED):
    return PostComment(
        content_type=ContentType.objects.get_for_model(Post),
        object_pk=str(post.pk),
        site_id=1,
        status=status,
        user_name=f"Reader {number}",
        user_email="reader@mail.example",
        comment=f"Number {number} & <b>https://mail.example/{number}</b>\n\nagain",
        submit_date=timezone.make_aware(datetime(2024, 2, 3, 4, number)),
    )


def columns(post):
    """Every column of a post's comments, with keys counted from its first comment."""
    rows = list(PostComment.objects.on(post).order_by("pk").values())
    first = rows[0]["id"]
    keys = {"id", "comment_ptr_id", "xtdcomment_ptr_id", "parent_id", "thread_id"}
    return [
        {
            name: value - first if name in keys else value
            for name, value in row.items()
            if name != "object_pk"
        }
        for row in rows
    ]


@pytest.mark.django_db
def test_bulk_writes_what_saving_one_by_one_writes():
    one_by_one, in_bulk = PostFactory(), PostFactory()
    statuses = [Status.PUBLISHED] * 6 + [Status.HELD, Status.REJECTED, Status.PUBLISHED]
    saved = []
    for number, (answered, status) in enumerate(zip(ANSWERED, statuses, strict=True)):
        comment = unsaved(one_by_one, number, status)
        comment.parent_id = 0 if answered is None else saved[answered].pk
        comment.save()
        saved.append(comment)

    new = [unsaved(in_bulk, n, status) for n, status in enumerate(statuses)]
    bulk.insert(
        [
            (comment, None if answered is None else new[answered])
            for comment, answered in zip(new, ANSWERED, strict=True)
        ]
    )

    assert columns(in_bulk) == columns(one_by_one)


@pytest.mark.django_db
def test_bulk_refuses_what_the_form_would_refuse():
    post = PostFactory()
    new = [unsaved(post, n) for n in range(8)]

    with pytest.raises(TooDeep):
        bulk.insert([(new[0], None), *zip(new[1:], new, strict=False)])
    assert not PostComment.objects.exists()
