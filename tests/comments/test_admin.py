"""Comments in the admin."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment
from lxml import html as lxml_html

from comments.models import PostComment

from ..factories import CommentFactory, PostFactory, UserFactory

Status = PostComment.Status


@pytest.fixture
def office(client, db):
    client.force_login(get_user_model().objects.create_superuser("chief"))
    return client


def column(page, name):
    cells = page.xpath(f"//td[contains(@class, 'field-{name}')]")
    return [cell.text_content().strip() for cell in cells]


def test_the_list_of_posts_counts_comments_and_held_ones_apart(office, post):
    for status in (Status.PUBLISHED, Status.PUBLISHED, Status.HELD, Status.REJECTED):
        CommentFactory(post=post, status=status)
    PostFactory(published_at=None)

    page = lxml_html.fromstring(office.get("/admin/blog/post/").content)

    assert sorted(column(page, "published_comments")) == ["0", "2"]
    assert sorted(column(page, "held_comments")) == ["0", "1"]
    assert page.xpath("//td[contains(@class, 'field-held')]/a[@href='/moderation/']")


def test_the_list_of_posts_takes_the_same_queries_for_any_number(
    office, django_assert_max_num_queries
):
    for _ in range(3):
        CommentFactory()
    office.get("/admin/blog/post/")

    with django_assert_max_num_queries(14):
        office.get("/admin/blog/post/")


def test_comments_are_looked_up_here_and_decided_at_the_desk(office, post):
    comment = CommentFactory(post=post, status=Status.HELD)
    address = f"/admin/comments/postcomment/{comment.pk}/change/"

    page = office.get(address).content.decode()

    assert f"/moderation/{comment.pk}/" in page
    assert office.post(address, {"status": "published"}).status_code == 403
    assert office.post(address.replace("change", "delete")).status_code == 403
    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_the_forms_of_xtd_that_publish_unscreened_are_out():
    assert not admin.site.is_registered(Comment)
    assert not admin.site.is_registered(XtdComment)


@pytest.mark.parametrize("model", ["postcomment", "commenter", "follow"])
def test_staff_who_may_not_moderate_see_no_held_text_and_no_address(
    client, post, moderator, model
):
    CommentFactory(post=post, status=Status.HELD)
    clerk = UserFactory(username="clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename=f"view_{model}"))
    moderator.is_staff = True
    moderator.save()

    client.force_login(clerk)
    assert client.get(f"/admin/comments/{model}/").status_code == 403
    client.force_login(moderator)
    assert client.get(f"/admin/comments/{model}/").status_code == 200


def test_the_admin_leads_to_the_desk_who_may_moderate(office, client, post):
    link = '<a href="/moderation/">'
    assert link in office.get("/admin/").content.decode()

    post.author.is_staff = True
    post.author.save()
    client.force_login(post.author)
    assert link not in client.get("/admin/").content.decode()
