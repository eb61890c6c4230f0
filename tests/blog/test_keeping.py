"""Nothing typed is lost: windows that are kept, two on one text, texts unchanged."""

import pytest
from django.utils.translation import gettext
from lxml import html

from blog import keeping
from blog.kept import KeptText
from blog.models import Post
from tests.factories import PostFactory, UserFactory

from .test_writing import ADD, errors, typed

pytestmark = pytest.mark.django_db
KEEP = "/admin/blog/post/keep/"


def shown(response):
    """Return the form of a write screen as a browser would send it back."""
    (form,) = html.fromstring(response.content.decode()).xpath(
        "//form[@id='post_form']"
    )
    fields = dict(form.fields)
    for box in form.xpath(".//textarea"):
        # The parser keeps the newline after the tag, which a browser leaves out.
        text = (box.text or "").removeprefix("\n").replace("\n", "\r\n")
        fields[box.get("name")] = text
    return {k: v for k, v in fields.items() if v is not None}


def change(post):
    return f"/admin/blog/post/{post.pk}/change/"


def test_what_is_typed_is_kept_and_can_be_taken_up_again(admin_client):
    sent = typed(body_fr="<p>Il lève dou", window="w1")

    answer = admin_client.post(KEEP, sent).json()

    assert shown(admin_client.get(answer["address"]))["body_fr"] == "<p>Il lève dou"
    assert answer["address"] in admin_client.get(ADD).content.decode()


def test_the_layout_of_what_is_taken_up_is_its_own(admin_client):
    sent = typed(
        title_fr="", body_fr="", title_en="Bread", laid_out_in="en", window="w"
    )

    address = admin_client.post(KEEP, sent).json()["address"]

    assert shown(admin_client.get(address))["laid_out_in"] == "en"


def test_date_and_tags_are_taken_up_too(admin_client):
    sent = typed(published_at_0="2030-05-01", published_at_1="09:30:00", window="w")

    address = admin_client.post(KEEP, sent).json()["address"]

    form = shown(admin_client.get(address))
    assert (form["published_at_0"], form["published_at_1"]) == (
        "2030-05-01", "09:30:00",
    )  # fmt: skip


def test_what_is_kept_goes_when_it_is_saved_from_that_window(admin_client, admin_user):
    admin_client.post(KEEP, typed(window="w1"))
    admin_client.post(KEEP, typed(title_fr="Autre", window="w2"))

    admin_client.post(ADD, typed(window="w1", author=admin_user.pk))

    assert [kept.window for kept in KeptText.objects.all()] == ["w2"]


def test_what_was_saved_after_all_is_not_offered(admin_client, admin_user):
    """A browser that finds its own copy again sends it under a name of its own."""
    admin_client.post(ADD, typed(author=admin_user.pk))

    answer = admin_client.post(KEEP, typed(window="found again")).json()

    assert answer["address"] == ""
    assert not KeptText.objects.exists()


def test_an_empty_screen_is_not_kept(admin_client):
    admin_client.post(KEEP, typed(title_fr=" ", body_fr="", summary_en="", window="w"))

    assert not KeptText.objects.exists()


def test_what_says_the_same_as_the_post_is_not_offered(admin_client, admin_user):
    post = PostFactory(body_fr="<p>un</p>\n<p>deux</p>", note="")
    form = shown(admin_client.get(change(post)))
    admin_client.post(f"/admin/blog/post/{post.pk}/keep/", form)
    KeptText.objects.update(window="another")

    assert (
        keeping.offered(writer=admin_user, kind="post", object_id=post.pk, saved=post)
        == []
    )


def test_a_kept_text_can_be_thrown_away(admin_client):
    admin_client.post(KEEP, typed(window="w"))
    kept = KeptText.objects.get()

    admin_client.post(f"/admin/blog/post/kept/{kept.pk}/throw/")

    assert not KeptText.objects.exists()


def test_nobody_sees_or_throws_what_somebody_else_typed(client, in_role, admin_user):
    kept = KeptText.objects.create(
        writer=admin_user, kind="post", window="w",
        fields={"title_fr": ["Secret"], "body_fr": ["x"]},
    )  # fmt: skip
    client.force_login(in_role("Bloggers"))

    page = client.get(f"{ADD}?kept={kept.pk}")
    client.post(f"/admin/blog/post/kept/{kept.pk}/throw/")

    assert "Secret" not in page.content.decode()
    assert KeptText.objects.exists()


def test_nobody_keeps_texts_for_a_post_beyond_their_reach(client, in_role):
    post = PostFactory(author=UserFactory(username="other"))
    client.force_login(in_role("Bloggers"))

    response = client.post(f"/admin/blog/post/{post.pk}/keep/", typed(window="w"))

    assert response.status_code == 403


def test_only_so_many_texts_are_kept_of_one_writer(admin_client, admin_user):
    for number in range(keeping.MOST_KEPT + 3):
        keeping.keep(
            writer=admin_user, kind="post", object_id=None, window=str(number),
            fields={"title_fr": [str(number)]},
        )  # fmt: skip

    assert KeptText.objects.count() == keeping.MOST_KEPT
    assert not KeptText.objects.filter(window="0").exists()


def test_of_many_kept_texts_the_older_ones_are_folded_away(admin_client):
    for number in range(4):
        sent = typed(title_fr=f"Titre {number}", window=f"w{number}")
        admin_client.post(KEEP, sent)

    offered = html.fromstring(admin_client.get(ADD).content.decode())

    assert offered.xpath("//*[@id='kept-texts']/div//cite/text()") == [
        "Titre 3", "Titre 2",
    ]  # fmt: skip
    folded = offered.xpath("//*[@id='kept-texts']/details//cite/text()")
    assert folded == ["Titre 1", "Titre 0"]


def test_of_two_windows_the_second_is_shown_what_the_first_saved(admin_client):
    post = PostFactory(body_fr="<p>Une farine forte.</p>")
    first, second = (shown(admin_client.get(change(post))) for _ in range(2))

    admin_client.post(change(post), first | {"body_fr": "<p>Une farine douce.</p>"})
    refused = admin_client.post(
        change(post), second | {"body_fr": "<p>Une farine tendre.</p>"}
    )

    assert len(errors(refused)) == 1
    page = html.fromstring(refused.content.decode())
    assert page.xpath("//*[@class='differences']//del/text()") == ["douce"]
    assert page.xpath("//*[@class='differences']//ins/text()") == ["tendre"]
    post.refresh_from_db()
    assert post.body_fr == "<p>Une farine douce.</p>"


def test_who_saves_again_has_seen_it(admin_client):
    post = PostFactory(body_fr="<p>un</p>")
    first, second = (shown(admin_client.get(change(post))) for _ in range(2))
    admin_client.post(change(post), first | {"body_fr": "<p>deux</p>"})
    refused = admin_client.post(change(post), second | {"body_fr": "<p>trois</p>"})

    assert admin_client.post(change(post), shown(refused)).status_code == 302

    post.refresh_from_db()
    assert post.body_fr == "<p>trois</p>"


IMPORTED = (
    "\n<p>Une  ligne\nsur deux. </p>\r\n\r\n<!-- more --><div class='x'>Suite &eacute;"
    "&nbsp;!</div><dl><dt>Mie</dt></dl>\t\n"
)


@pytest.mark.parametrize("body", [IMPORTED, "<p>simple</p>\n", "a\rb", " "])
def test_saving_an_imported_post_as_it_was_changes_nothing_in_it(admin_client, body):
    post = PostFactory(body_fr=body)
    names = [
        field.name
        for field in Post._meta.concrete_fields
        if field.name != "modified_at"
    ]
    before = Post.objects.values(*names).get(pk=post.pk)
    form = shown(admin_client.get(change(post)))

    if body.strip():
        assert admin_client.post(change(post), form).status_code == 302
        assert Post.objects.values(*names).get(pk=post.pk) == before
    else:
        assert errors(admin_client.post(change(post), form)) == [
            gettext("This is the language you write in: it cannot stay empty.")
        ]
