import pytest
from django.contrib.redirects.models import Redirect
from lxml import html as lxml_html

from blog.models import Post
from tests.factories import EnglishPostFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/blog/post/"


def act(client, action, *posts):
    return client.post(
        LIST, {"action": action, "_selected_action": [post.pk for post in posts]}
    )


def test_the_list_shows_what_was_guessed_and_only_that(admin_client):
    PostFactory(title_fr="Deviné", is_language_guessed=True)
    PostFactory(title_fr="Su")

    page = lxml_html.fromstring(
        admin_client.get(f"{LIST}?guessed=yes").content.decode()
    )

    titles = [cell.text_content() for cell in page.find_class("field-titled")]
    assert titles == ["Deviné"]
    (language,) = page.find_class("field-language")
    assert language.text_content() == "français (devinée)"


def test_many_languages_are_confirmed_at_once(admin_client):
    posts = [PostFactory(is_language_guessed=True) for _ in range(3)]
    modified = posts[0].modified_at

    act(admin_client, "confirm_language", *posts[:2])

    assert list(Post.objects.filter(is_language_guessed=True)) == posts[2:]
    posts[0].refresh_from_db()
    assert posts[0].modified_at == modified


def test_a_wrong_language_is_put_right_with_all_its_texts(admin_client):
    post = PostFactory(is_language_guessed=True, summary_fr="En deux mots.")
    title, body, summary = post.title_fr, post.body_fr, post.summary_en
    path = f"/fr{post.get_absolute_url()[3:]}"
    Redirect.objects.create(site_id=1, old_path="/vieux/", new_path=path)

    act(admin_client, "settle_english", post)

    post.refresh_from_db()
    assert (post.original_language, post.is_language_guessed) == ("en", False)
    assert (post.title_en, post.body_en) == (title, body)
    assert (post.title_fr, post.body_fr, post.body_html_fr) == ("", "", "")
    assert (post.summary_en, post.summary_fr) == ("En deux mots.", summary)
    assert Redirect.objects.get().new_path == f"/en{path[3:]}"


def test_a_post_with_both_texts_keeps_each_in_its_language(admin_client):
    post = EnglishPostFactory(title_fr="Les Alpes de nuit", body_fr="<p>En train.</p>")

    act(admin_client, "settle_french", post)

    after = Post.objects.get()
    assert after.original_language == "fr"
    assert (after.title_fr, after.title_en) == (post.title_fr, post.title_en)
    assert after.summary_fr == post.summary_fr


def test_an_author_confirms_their_own_posts_alone(client, in_role):
    own = PostFactory(author=in_role("Bloggers"), is_language_guessed=True)
    other = PostFactory(author=UserFactory(username="autre"), is_language_guessed=True)
    client.force_login(own.author)

    act(client, "confirm_language", own, other)

    assert list(Post.objects.filter(is_language_guessed=True)) == [other]
