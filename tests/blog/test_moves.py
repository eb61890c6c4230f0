from datetime import UTC, datetime

import pytest
from django.contrib.redirects.models import Redirect

from blog import moves
from blog.models import Post, Series, Tag
from tests.factories import PostFactory, SeriesFactory, TagFactory

from .test_writing import typed

pytestmark = pytest.mark.django_db
MAY = datetime(2026, 5, 1, 10, tzinfo=UTC)


@pytest.fixture
def save(admin_client, admin_user):
    """Send the write screen of a post with its address changed."""

    def send(post, slug, day="2026-05-01"):
        response = admin_client.post(
            f"/admin/blog/post/{post.pk}/change/",
            typed(author=admin_user.pk, slug=slug, published_at_0=day,
                  published_at_1="12:00:00" if day else ""),
        )  # fmt: skip
        assert response.status_code == 302

    return send


def followed(client, path):
    response = client.get(path, follow=True)
    return [hop[0] for hop in response.redirect_chain], response.status_code


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_old_address_of_a_renamed_post_leads_to_it(client, save, language):
    post = PostFactory(slug="pain", published_at=MAY)

    save(post, "levain")

    assert followed(client, f"/{language}/2026/05/01/pain/") == (
        [f"/{language}/2026/05/01/levain/"], 200,
    )  # fmt: skip


def test_a_post_moved_and_renamed_in_turn_is_one_step_from_each_address(client, save):
    post = PostFactory(slug="pain", published_at=MAY)

    save(post, "pain", "2026-06-02")
    save(post, "levain", "2026-06-02")
    save(post, "levain-maison", "2026-06-03")

    for old in ("2026/05/01/pain", "2026/06/02/pain", "2026/06/02/levain"):
        assert followed(client, f"/fr/{old}/") == (
            ["/fr/2026/06/03/levain-maison/"], 200,
        )  # fmt: skip


def test_a_post_that_takes_its_old_name_back_is_read_there(client, save):
    post = PostFactory(slug="pain", published_at=MAY)

    save(post, "levain")
    save(post, "pain")

    assert followed(client, "/fr/2026/05/01/pain/") == ([], 200)
    assert followed(client, "/fr/2026/05/01/levain/")[1] == 200


def test_a_draft_has_no_address_to_lead_on_from(save):
    post = PostFactory(slug="pain", published_at=None)

    save(post, "levain", day="")

    assert not Redirect.objects.exists()


def test_a_post_saved_where_it_was_writes_no_redirect(save):
    post = PostFactory(slug="pain", published_at=MAY)

    save(post, "pain")

    assert not Redirect.objects.exists()


def test_a_renamed_tag_is_found_under_its_old_name(admin_client):
    tag = TagFactory(slug="cuisine")

    admin_client.post(
        f"/admin/blog/tag/{tag.pk}/change/",
        {"name_fr": "fournil", "name_en": "", "slug": "fournil"},
    )

    assert followed(admin_client, "/fr/tags/cuisine/") == (["/fr/tags/fournil/"], 200)
    assert followed(admin_client, "/feeds/tags/cuisine.atom") == (
        ["/feeds/tags/fournil.atom"], 200,
    )  # fmt: skip


def merged(admin_client, model, kept, other):
    return admin_client.post(
        f"/admin/blog/{model}/",
        {"action": "merge", "_selected_action": [kept.pk, other.pk], "kept": kept.pk},
    )


def test_merged_tags_bring_their_posts_and_addresses(admin_client):
    kept, other = TagFactory(slug="pain"), TagFactory(slug="pains")
    both, one = PostFactory(), PostFactory()
    both.tags.add(kept, other)
    one.tags.add(other)

    merged(admin_client, "tag", kept, other)

    assert list(Tag.objects.all()) == [kept]
    assert set(kept.posts.all()) == {both, one}
    assert followed(admin_client, "/en/tags/pains/") == (["/en/tags/pain/"], 200)


def test_merged_series_bring_their_posts_and_addresses(admin_client):
    kept, other = SeriesFactory(slug="pain"), SeriesFactory(slug="pains")
    post = PostFactory(series=other)

    merged(admin_client, "series", kept, other)

    assert list(Series.objects.all()) == [kept]
    assert Post.objects.get(pk=post.pk).series == kept
    assert followed(admin_client, "/fr/series/pains/") == (["/fr/series/pain/"], 200)


def test_which_of_them_stays_is_asked_first(admin_client):
    tags = [TagFactory(), TagFactory()]

    page = admin_client.post(
        "/admin/blog/tag/",
        {"action": "merge", "_selected_action": [tag.pk for tag in tags]},
    )

    assert page.content.decode().count('name="kept"') == 2
    assert Tag.objects.count() == 2


def test_who_may_not_delete_tags_does_not_merge_them(client, in_role):
    kept, other = TagFactory(), TagFactory()
    client.force_login(in_role("Bloggers"))

    merged(client, "tag", kept, other)

    assert Tag.objects.count() == 2


def test_a_merged_tag_is_searched_for_under_its_new_name():
    kept, other = TagFactory(name_fr="fournil"), TagFactory(name_fr="zinzolin")
    post = PostFactory()
    post.tags.add(other)

    moves.merge(kept, [other])

    post.search_text.refresh_from_db()
    assert "fournil" in post.search_text.about
    assert "zinzolin" not in post.search_text.about
