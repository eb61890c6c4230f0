import pytest
from django.core.management import call_command

from blog.models import Page, Post
from comments.models import PostComment

from ..factories import CommentFactory, PostFactory

pytestmark = pytest.mark.django_db


def test_html_is_prepared_again_from_what_was_written(capsys):
    post = PostFactory(body_fr="<p>Ah !</p>")
    page = Page.objects.create(slug="moi", title_fr="Moi", body_fr="<p>Oh ?</p>")
    comment = CommentFactory(post=post, comment="Un <b>mot</b>")
    untouched = CommentFactory(post=post)
    Post.objects.update(body_html_fr="<p onclick='x'>Ah !</p>")
    Page.objects.update(body_html_fr="")
    PostComment.objects.filter(pk=comment.pk).update(html="<b>mot</b>")

    call_command("reclean")

    after = Post.objects.get()
    assert capsys.readouterr().out == "Texts whose HTML has changed: 3.\n"
    assert after.body_html_fr == "<p>Ah\u202f!</p>"
    assert (after.body_fr, after.modified_at) == (post.body_fr, post.modified_at)
    assert Page.objects.get(pk=page.pk).body_html_fr == "<p>Oh\u202f?</p>"
    comment.refresh_from_db()
    assert comment.html == "<p>Un &lt;b&gt;mot&lt;/b&gt;</p>"
    assert PostComment.objects.get(pk=untouched.pk).html == untouched.html
