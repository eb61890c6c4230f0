"""Who may do what: the roles, and how far each of them reaches."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection

from blog.models import Post
from comments import models
from comments.models import PostComment

from ..factories import CommentFactory, PostFactory, UserFactory

Status = PostComment.Status
roles = importlib.import_module("comments.migrations.0004_roles")


def give(user, *names):
    for name in names:
        label, codename = name.split(".")
        user.user_permissions.add(
            Permission.objects.get(codename=codename, content_type__app_label=label)
        )
    # Rights are remembered with the account as it was read.
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def comments(in_role):
    """A held comment under a blogger's own post, and one under somebody else's."""
    own = PostFactory(author=in_role("Bloggers"))
    return [
        CommentFactory(post=own, status=Status.HELD, comment="Sous le mien"),
        CommentFactory(status=Status.HELD, comment="Sous un autre"),
    ]


def moderable(user):
    return [comment.comment for comment in PostComment.objects.moderable_by(user)]


def test_a_blogger_moderates_under_their_own_posts_alone(comments):
    blogger = Post.objects.get(pk=comments[0].object_pk).author

    assert moderable(blogger) == ["Sous le mien"]


@pytest.mark.parametrize("role", ["Editors", "Moderators", "Administrators"])
def test_the_other_roles_moderate_under_everybodys(comments, in_role, role):
    assert sorted(moderable(in_role(role))) == ["Sous le mien", "Sous un autre"]


def test_the_right_to_moderate_alone_is_a_right_to_moderate_everything(
    comments, moderator
):
    assert len(moderable(moderator)) == 2


def test_who_may_not_moderate_or_has_left_moderates_nothing(comments, in_role):
    assert moderable(UserFactory(username="simple")) == []
    assert moderable(in_role("Moderators", is_active=False)) == []


def test_a_blogger_who_is_also_a_moderator_has_the_reach_of_both(comments):
    blogger = Post.objects.get(pk=comments[0].object_pk).author
    blogger.groups.add(Group.objects.get(name="Moderators"))
    blogger = type(blogger).objects.get(pk=blogger.pk)

    assert len(moderable(blogger)) == 2
    assert Post.objects.editable_by(blogger).count() == 1


def test_a_permission_of_that_name_that_is_not_ours_gives_nothing(comments):
    other = give(UserFactory(username="other"), "django_comments_xtd.can_moderate")

    assert moderable(other) == []


# The pages -------------------------------------------------------------------------


def test_a_bloggers_desk_holds_their_own_and_the_rest_is_not_there(client, comments):
    own, foreign = comments
    client.force_login(Post.objects.get(pk=own.object_pk).author)

    page = client.get("/moderation/").content.decode()
    assert "Sous le mien" in page
    assert "Sous un autre" not in page
    assert client.get(f"/moderation/{own.pk}/").status_code == 200
    for url in (f"/moderation/{foreign.pk}/", f"/moderation/{foreign.pk}/reopen/"):
        assert client.post(url, {"decision": "publish"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.status == Status.HELD


def test_what_its_writer_said_elsewhere_is_not_shown_to_a_blogger(
    client, say, comments
):
    own = Post.objects.get(pk=comments[0].object_pk)
    elsewhere = say("Zanzibarades sous un autre billet", on=PostFactory())
    PostComment.objects.filter(pk=elsewhere.pk).update(status=Status.HELD)
    here = say("Et quelques mots ici", on=own)
    client.force_login(own.author)

    page = client.get(f"/moderation/{here.pk}/").content.decode()

    assert "Zanzibarades" not in page


def test_a_blogger_finds_only_their_own_in_the_admin(client, comments):
    own, foreign = comments
    client.force_login(Post.objects.get(pk=own.object_pk).author)

    page = client.get("/admin/comments/postcomment/").content.decode()
    assert "Sous le mien" in page
    assert "Sous un autre" not in page
    for kind, key in (
        ("comments/postcomment", foreign.pk),
        ("blog/post", foreign.object_pk),
    ):
        address = f"/admin/{kind}/{key}/change/"
        assert client.get(address)["Location"] == "/admin/"
        assert client.post(address, {}).status_code in {302, 403}


def test_a_bloggers_post_is_theirs_whatever_the_form_says(client, in_role):
    blogger, other = in_role("Bloggers"), UserFactory(username="other")
    client.force_login(blogger)
    typed = {
        "title_fr": "À moi", "body_fr": "<p>Du texte.</p>", "original_language": "fr",
        "laid_out_in": "fr", "slug": "a-moi", "author": other.pk,
    }  # fmt: skip

    client.post("/admin/blog/post/add/", typed)
    post = Post.objects.get()
    client.post(f"/admin/blog/post/{post.pk}/change/", typed | {"title_fr": "Encore"})

    post.refresh_from_db()
    assert (post.author, post.title_fr) == (blogger, "Encore")


def test_an_editor_works_on_everybodys_posts_and_gives_them_to_others(client, in_role):
    post, other = PostFactory(), UserFactory(username="other")
    client.force_login(in_role("Editors"))
    client.post(
        f"/admin/blog/post/{post.pk}/change/",
        {"title_fr": "Relu", "body_fr": "<p>Du texte.</p>", "original_language": "fr",
         "laid_out_in": "fr", "slug": "relu", "author": other.pk},
    )  # fmt: skip

    post.refresh_from_db()
    assert (post.author, post.title_fr) == (other, "Relu")


def test_nobody_elses_draft_is_previewed_or_offered_for_change(client, in_role):
    draft, public = PostFactory(published_at=None), PostFactory()
    client.force_login(in_role("Bloggers"))

    assert client.get(f"/fr/preview/{draft.pk}/").status_code == 404
    page = client.get(public.get_absolute_url()).content.decode()
    assert "/admin/blog/post/add/" in page
    assert f"/admin/blog/post/{public.pk}/" not in page


# The groups ------------------------------------------------------------------------


def test_the_groups_come_with_the_migrations_of_a_new_blog(groups_of_a_new_blog):
    assert sorted(groups_of_a_new_blog) == sorted(roles.ROLES)
    for permissions in groups_of_a_new_blog.values():
        assert ("can_moderate", "django_comments", "comment") in permissions


@pytest.mark.django_db
def test_on_a_blog_that_exists_nobody_loses_their_reach():
    Group.objects.all().delete()
    old = Group.objects.create(name="Bloggers")
    old.permissions.set(Permission.objects.filter(codename="change_post"))
    writer = UserFactory(username="writer")
    writer.groups.add(old)
    both = give(
        UserFactory(username="both"), "blog.add_post", "django_comments.can_moderate"
    )
    Permission.objects.filter(codename="change_every_post").delete()

    roles.make_roles(apps, connection.SchemaEditorClass(connection))

    assert Post.objects.editable_by(writer).query.where.children == []
    both = type(both).objects.get(pk=both.pk)
    assert both.has_perm("comments.moderate_every_post")
    assert Group.objects.filter(name__in=roles.ROLES).count() == 4
    assert apps.get_app_config("comments").models_module is models


@pytest.mark.django_db
def test_taking_the_roles_back_leaves_those_that_somebody_is_in(in_role):
    in_role("Moderators")

    roles.remove_roles(apps, connection.SchemaEditorClass(connection))

    assert [group.name for group in Group.objects.all()] == ["Moderators"]
