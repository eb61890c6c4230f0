"""The admin as a whole: its order, its words."""

import pytest
from lxml import html

from .factories import PictureFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def page(client, address, language):
    return html.fromstring(
        client.get(address, headers={"accept-language": language}).content.decode()
    )


def heading(client, address, language="fr"):
    return page(client, address, language).xpath("string(//h1)")


def test_what_is_written_comes_first_and_what_machines_note_last(admin_client):
    index = page(admin_client, "/admin/", "fr")

    apps = [caption.text_content().strip() for caption in index.iter("caption")]
    assert apps[:3] == ["Blog", "Commentaires", "Les personnes"]
    assert apps.index("Essais de connexion") > 3
    blog = index.xpath("//div[contains(@class, 'app-blog')]//th[@scope='row']")
    assert [th.text_content().strip() for th in blog] == [
        "Billets", "Pages", "Images", "Séries", "Étiquettes", "Blog",
    ]  # fmt: skip


def test_a_list_is_called_what_it_lists(admin_client):
    assert heading(admin_client, "/admin/blog/post/") == "Billets"
    assert heading(admin_client, "/admin/blog/post/", "en") == "Posts"


def test_what_is_changed_is_called_by_its_name_in_its_language(admin_client):
    post = PostFactory(title_fr="Le pain")

    change = page(admin_client, f"/admin/blog/post/{post.pk}/change/", "en")

    assert [(h.text, h.get("lang")) for h in change.iter("h1")] == [("Le pain", "fr")]


def test_french_needs_no_gender_for_what_is_added(admin_client):
    assert heading(admin_client, "/admin/blog/tag/add/") == "Ajouter\xa0: étiquette"
    listed = page(admin_client, "/admin/blog/tag/", "fr")
    assert "Ajouter\xa0: étiquette" in listed.xpath(
        "string(//ul[@class='object-tools'])"
    )


def test_a_picture_in_the_list_has_words_to_follow(admin_client):
    picture = PictureFactory(alt_fr="", alt_en="", is_decorative=True)

    listed = page(admin_client, "/admin/blog/picture/", "fr")

    assert listed.xpath("//tbody//th//img/@alt") == [str(picture)]


def test_who_signs_in_without_having_been_anywhere_begins_in_the_admin(client):
    user = UserFactory(username="writer", is_staff=True)
    user.set_password("known to one")
    user.save()

    answer = client.post(
        "/admin/login/?next=//evil.example/",
        {"username": "writer", "password": "known to one", "next": "//evil.example/"},
    )

    assert answer.url == "/admin/"
