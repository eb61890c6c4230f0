"""What the blogger says above the comment form."""

import pytest
from lxml import html

from blog.models import Blog

from ..factories import EnglishPostFactory

OURS = {
    "fr": "Je lis chaque commentaire",
    "en": "I read every comment",
}


@pytest.fixture
def invitation(client, db):
    post = EnglishPostFactory()

    def read(language):
        address = post.get_absolute_url().replace("/fr/", f"/{language}/")
        page = html.fromstring(client.get(address).content)
        (paragraph,) = page.find_class("write-invite")
        return paragraph.text_content()

    return read


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_blog_invites_in_our_words(invitation, language):
    assert invitation(language).startswith(OURS[language])


def test_a_blogger_invites_in_their_own_words(invitation):
    Blog.objects.create(
        title_fr="Le fournil",
        invitation_fr="Et chez vous ? Dites-le !",
        invitation_en="How is your bread? <Tell> me.",
    )

    # The typography of a text: a narrow no-break space before the marks.
    assert invitation("fr") == "Et chez vous\u202f? Dites-le\u202f!"
    assert invitation("en") == "How is your bread? <Tell> me."


def test_words_in_one_language_are_not_borrowed_by_the_other(invitation):
    Blog.objects.create(title_fr="Le fournil", invitation_fr="Entrez donc.")

    assert invitation("fr") == "Entrez donc."
    assert invitation("en").startswith(OURS["en"])


def test_the_invitation_is_written_in_the_admin(admin_client, invitation):
    blog = Blog.objects.create(title_fr="Le fournil", title_en="The bakehouse")
    address = f"/admin/blog/blog/{blog.pk}/change/"
    form = html.fromstring(admin_client.get(address).content).forms
    fields = dict(next(f for f in form if f.get("id") == "blog_form").form_values())

    fields |= {"invitation_fr": "Entrez donc.", "invitation_en": "Do come in."}
    assert admin_client.post(address, fields).status_code == 302

    assert (invitation("fr"), invitation("en")) == ("Entrez donc.", "Do come in.")
