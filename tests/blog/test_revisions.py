import pytest
from lxml import html

from blog import comparing, revisions
from tests.factories import PostFactory, UserFactory

from .test_keeping import change, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(admin_client):
    def send(post, **fields):
        form = shown(admin_client.get(change(post))) | fields
        assert admin_client.post(change(post), form).status_code == 302

    return send


def kinds(rows):
    return [[(piece.kind, piece.text) for piece in row] for row in rows]


def test_a_changed_word_is_shown_in_its_sentence():
    rows = comparing.compare(
        ["Une farine forte.", "Fin."], ["Une farine douce.", "Fin."]
    )

    assert kinds(rows) == [
        [("same", "Une farine "), ("del", "forte"), ("ins", "douce"), ("same", ".")],
        [("same", "Fin.")],
    ]


def test_paragraphs_far_from_a_change_are_left_out():
    text = [f"Ligne {n}." for n in range(9)]

    rows = comparing.compare(text, [*text[:4], "Nouvelle.", *text[4:]])

    assert kinds(rows) == [
        [], [("same", "Ligne 3.")], [("ins", "Nouvelle.")], [("same", "Ligne 4.")], [],
    ]  # fmt: skip


def test_the_same_texts_have_nothing_to_show():
    assert comparing.compare(["a", "b"], ["a", "b"]) == []


def test_a_changed_link_and_a_changed_picture_are_seen():
    assert comparing.blocks(
        '<p>Le <a href="/fr/a/">pain</a></p>'
        '<figure><img src="/media/a.jpg" alt="Miche">'
        "<figcaption>Ici</figcaption></figure><ul><li>un</li></ul>"
    ) == ["Le pain (/fr/a/)", "[Miche] (/media/a.jpg)", "Ici", "• un"]


def test_each_saved_state_is_kept_and_so_is_the_one_before_the_first(save, admin_user):
    post = PostFactory(body_fr="<p>un</p>")

    save(post, body_fr="<p>deux</p>")
    save(post, body_fr="<p>trois</p>")

    states = list(revisions.versions_of(post))
    assert [state.field_dict["body_fr"] for state in states] == [
        "<p>trois</p>", "<p>deux</p>", "<p>un</p>",
    ]  # fmt: skip
    assert [state.revision.user for state in states] == [admin_user, admin_user, None]


def test_a_form_that_is_refused_keeps_no_state(admin_client):
    post = PostFactory()
    form = shown(admin_client.get(change(post))) | {"title_fr": ""}

    admin_client.post(change(post), form)

    assert revisions.versions_of(post).count() == 1


def test_the_history_leads_to_what_has_changed_since(admin_client, save):
    post = PostFactory(body_fr="<p>Une farine forte.</p>")
    save(post, body_fr="<p>Une farine douce.</p>")

    history = html.fromstring(
        admin_client.get(f"/admin/blog/post/{post.pk}/history/").content.decode()
    )
    oldest = history.xpath("//ol[@class='versions']/li[last()]/a/@href")[0]
    page = html.fromstring(admin_client.get(oldest).content.decode())

    assert page.xpath("//*[@class='differences']//del/text()") == ["forte"]
    assert page.xpath("//*[@class='differences']//ins/text()") == ["douce"]


def test_an_earlier_state_comes_back_and_the_later_one_stays_kept(admin_client, save):
    post = PostFactory(body_fr="<p>un</p>", slug="pain")
    save(post, body_fr="<p>deux</p>", slug="levain")
    oldest = revisions.versions_of(post).last()

    admin_client.post(f"/admin/blog/post/{post.pk}/history/{oldest.pk}/")

    post.refresh_from_db()
    assert (post.body_fr, post.body_html_fr, post.slug) == (
        "<p>un</p>", "<p>un</p>", "levain",
    )  # fmt: skip
    assert [v.field_dict["body_fr"] for v in revisions.versions_of(post)] == [
        "<p>un</p>", "<p>deux</p>", "<p>un</p>",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["history/", "history/{version}/"])
def test_the_history_of_somebody_elses_post_is_not_shown(client, in_role, path):
    post = PostFactory(author=UserFactory(username="other"))
    revisions.keep_what_was(post)
    client.force_login(in_role("Bloggers"))

    version = revisions.versions_of(post).get().pk
    address = f"/admin/blog/post/{post.pk}/{path.format(version=version)}"

    assert client.get(address).status_code == 404


def test_a_state_of_another_post_is_not_taken_back(admin_client):
    mine, other = PostFactory(), PostFactory(body_fr="<p>autre</p>")
    revisions.keep_what_was(other)
    version = revisions.versions_of(other).get()

    response = admin_client.post(f"/admin/blog/post/{mine.pk}/history/{version.pk}/")

    assert response.status_code == 404
