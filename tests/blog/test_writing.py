from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.admin.sites import site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import gettext
from lxml import html
from PIL import Image

from blog.forms import editor_keeps
from blog.html import MAX_LENGTH, clean_body
from blog.models import Blog, Picture, Post, Tag
from tests.factories import (
    EnglishPostFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/blog/post/add/"


def typed(**fields):
    """What a browser sends of a new post laid out in French."""
    return {
        "title_fr": "Le pain", "title_en": "", "body_fr": "<p>Il lève.</p>",
        "body_en": "", "summary_fr": "", "summary_en": "It rises.",
        "original_language": "fr", "laid_out_in": "fr", "slug": "",
        "published_at_0": "", "published_at_1": "", "author": "1",
        "comment_policy": "", "source_name": "", "source_url": "", **fields,
    }  # fmt: skip


@pytest.fixture
def write(admin_client, admin_user):
    def send(address=ADD, **fields):
        return admin_client.post(address, typed(author=admin_user.pk, **fields))

    return send


def parsed(response):
    return html.fromstring(response.content.decode())


def errors(response):
    page = parsed(response)
    return [
        li.text_content() for li in page.xpath("//ul[contains(@class, 'errorlist')]/li")
    ]


def field_order(response):
    names = [e.get("name") for e in parsed(response).xpath("//form//*[@name]")]
    return [name for name in names if name in typed()]


def test_the_form_follows_the_order_of_the_work(admin_client):
    order = field_order(admin_client.get(f"{ADD}?language=fr"))

    assert order == [
        "title_fr", "original_language", "laid_out_in", "body_fr", "summary_en", "slug",
        "published_at_0", "published_at_1", "author", "source_name", "source_url",
        "comment_policy", "summary_fr", "title_en", "body_en",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "field", "label"),
    [
        ("fr", "summary_en", "In English, briefly"),
        ("en", "summary_fr", "En français, en bref"),
    ],
)
def test_the_summary_is_asked_for_in_its_own_language(
    admin_client, language, field, label
):
    page = parsed(admin_client.get(f"{ADD}?language={language}"))

    (found,) = page.xpath(f"//label[@for='id_{field}']")
    (box,) = page.xpath(f"//textarea[@name='{field}']")
    assert found.text_content().startswith(label)
    assert box.get("lang") == field[-2:]


def test_the_other_language_is_folded_away(admin_client):
    page = parsed(admin_client.get(f"{ADD}?language=en"))

    assert page.xpath("//details//*[@name='title_fr']")
    assert not page.xpath("//details//*[@name='title_en' or @name='summary_fr']")


def test_a_post_is_written_with_its_title_text_and_summary_alone(write, admin_user):
    assert write().status_code == 302

    post = Post.objects.get()
    assert (post.title_fr, post.body_html_fr, post.summary_en, post.slug) == (
        "Le pain", "<p>Il lève.</p>", "It rises.", "le-pain",
    )  # fmt: skip
    assert (post.author, post.published_at) == (admin_user, None)


def test_the_author_is_who_is_signed_in(admin_client, admin_user):
    (chosen,) = parsed(admin_client.get(ADD)).xpath(
        "//select[@name='author']/option[@selected]"
    )

    assert chosen.get("value") == str(admin_user.pk)


def test_a_text_typed_before_its_language_was_chosen_moves_where_it_belongs(write):
    response = write(
        title_fr="The bread", body_fr="<p>It rises.</p>", summary_en="",
        original_language="en",
    )  # fmt: skip

    assert response.status_code == 302
    post = Post.objects.get()
    assert (post.title_en, post.body_en) == ("The bread", "<p>It rises.</p>")
    assert not post.title_fr
    assert not post.body_fr
    assert post.full_languages == ["en"]
    assert post.slug == "the-bread"


def test_of_two_full_texts_only_the_original_changes(write):
    write(title_en="The bread", body_en="<p>It rises.</p>", original_language="en")

    post = Post.objects.get()
    assert (post.original_language, post.title_fr, post.title_en) == (
        "en", "Le pain", "The bread",
    )  # fmt: skip


def test_a_missing_title_is_asked_for_where_it_is_missing(write):
    response = write(title_fr="", original_language="fr")

    assert errors(response) == [
        gettext("This is the language you write in: it cannot stay empty.")
    ]
    assert "Il lève." in response.content.decode()
    assert Post.objects.count() == 0


def test_a_slug_that_is_taken_gets_a_number(write):
    PostFactory(slug="le-pain")
    PostFactory(slug="le-pain-2")

    write()

    assert Post.objects.filter(slug="le-pain-3").exists()


def test_a_title_without_letters_gets_a_slug_all_the_same(write):
    write(title_fr="🍞 !")

    assert Post.objects.get().slug == "post"


def test_a_text_beyond_all_measure_is_refused_with_its_length(write):
    response = write(body_fr="x" * (MAX_LENGTH + 1))

    assert any(str(MAX_LENGTH + 1) in error for error in errors(response))
    assert Post.objects.count() == 0


def test_a_hostile_text_is_cleaned_when_it_is_saved(write):
    write(body_fr='<p onclick="x()">Il lève.<script>alert(1)</script></p>')

    assert Post.objects.get().body_html_fr == "<p>Il lève.</p>"


def test_the_slug_of_a_published_post_no_longer_follows_its_title(admin_client):
    published, draft = PostFactory(), PostFactory(published_at=None)

    def follows(post):
        response = admin_client.get(f"/admin/blog/post/{post.pk}/change/")
        return bool(response.context["adminform"].prepopulated_fields)

    assert (follows(published), follows(draft)) == (False, True)


def test_a_draft_offers_its_preview_and_a_post_its_page(admin_client):
    draft, published = PostFactory(published_at=None), PostFactory()

    def link(post):
        page = parsed(admin_client.get(f"/admin/blog/post/{post.pk}/change/"))
        return page.find_class("viewsitelink")[0].get("href")

    assert link(draft).endswith(f"/preview/{draft.pk}/")
    assert link(published)[3:] == published.get_absolute_url()[3:]


def listed(admin_client, query=""):
    page = parsed(admin_client.get(f"/admin/blog/post/?{query}"))
    return [th.text_content() for th in page.find_class("field-titled")]


def test_posts_are_found_by_language_state_series_tag_and_words(admin_client):
    series, tag = SeriesFactory(), TagFactory()
    PostFactory(title_fr="Publié", series=series)
    PostFactory(title_fr="Brouillon", published_at=None).tags.add(tag)
    EnglishPostFactory(
        title_en="Tomorrow", published_at=timezone.now() + timedelta(days=1)
    )

    assert listed(admin_client, "original_language__exact=en") == ["Tomorrow"]
    assert listed(admin_client, "state=draft") == ["Brouillon"]
    assert listed(admin_client, "state=scheduled") == ["Tomorrow"]
    assert listed(admin_client, "state=published") == ["Publié"]
    assert listed(admin_client, f"series__id__exact={series.pk}") == ["Publié"]
    assert listed(admin_client, f"tags__id__exact={tag.pk}") == ["Brouillon"]
    assert listed(admin_client, "q=morrow") == ["Tomorrow"]
    assert listed(admin_client, "q=ouillon") == ["Brouillon"]


def test_the_list_of_posts_costs_the_same_for_two_and_for_twenty(
    admin_client, django_assert_max_num_queries
):
    for _number in range(20):
        PostFactory(series=SeriesFactory())

    with django_assert_max_num_queries(15):
        admin_client.get("/admin/blog/post/")


@pytest.mark.parametrize("model", ["post", "page", "picture", "series", "tag", "blog"])
def test_everything_of_the_blog_has_its_form(admin_client, model):
    assert admin_client.get(f"/admin/blog/{model}/").status_code == 200
    assert admin_client.get(f"/admin/blog/{model}/add/").status_code == 200


def test_there_is_one_blog_and_it_stays(admin_client):
    blog = Blog.objects.create(title_fr="Carnets")

    assert admin_client.get("/admin/blog/blog/add/").status_code == 403
    assert admin_client.post(f"/admin/blog/blog/{blog.pk}/delete/").status_code == 403


def test_a_tag_needs_a_name_in_one_language(admin_client):
    admin_client.post("/admin/blog/tag/add/", {"name_fr": "", "slug": "x"})
    admin_client.post("/admin/blog/tag/add/", {"name_en": "bread", "slug": "bread"})

    assert [tag.slug for tag in Tag.objects.all()] == ["bread"]


def photo():
    file = BytesIO()
    Image.new("RGB", (30, 20), "red").save(file, "JPEG")
    return SimpleUploadedFile("../../photo.php.jpg", file.getvalue(), "image/jpeg")


def upload(admin_client, file, **fields):
    data = {"alt_fr": "Une miche", "alt_en": "A loaf", "file": file, **fields}
    return admin_client.post("/admin/blog/picture/add/", data)


def test_an_uploaded_picture_is_kept_under_a_name_of_ours(
    admin_client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    assert upload(admin_client, photo()).status_code == 302

    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (30, 20)
    assert "php" not in picture.file.name
    served = admin_client.get(picture.file.url)
    assert served["Content-Type"] == "image/jpeg"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in served["Cache-Control"]


def test_a_drawing_with_a_script_is_refused_with_a_sentence(admin_client):
    svg = SimpleUploadedFile("x.svg", b"<svg><script>1</script></svg>", "image/svg+xml")

    response = upload(admin_client, svg)

    assert any("SVG" in error for error in errors(response))
    assert Picture.objects.count() == 0


def test_a_picture_is_described_in_both_languages_or_marked_decorative(
    admin_client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path

    assert len(errors(upload(admin_client, photo(), alt_fr="", alt_en=""))) == 2
    response = upload(admin_client, photo(), alt_fr="", alt_en="", is_decorative="on")
    assert response.status_code == 302


@pytest.mark.parametrize("path", ["../secret_key", "x" * 5000, "%00", "", "pictures/"])
def test_no_other_file_is_served(client, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("", True),
        (
            "<p>Un <em>mot</em> <span lang='en'>or two</span>, <kbd>Ctrl</kbd>.</p>",
            True,
        ),
        ("<figure><img src='/media/a.jpg'><figcaption>Ici</figcaption></figure>", True),
        ("<!-- more --><p>Suite</p>", True),
        ("<dl><dt>Mie</dt><dd>L’intérieur.</dd></dl>", False),
        ("<p><a href='/media/a.jpg'><img src='/media/a-s.jpg'></a></p>", False),
    ],
)
def test_the_editor_stays_away_from_what_it_would_lose(body, kept):
    assert editor_keeps(body) is kept


def test_a_text_the_editor_would_lose_is_shown_as_it_is(admin_client):
    post = PostFactory(body_fr="<dl><dt>Mie</dt><dd>L’intérieur.</dd></dl>")

    page = parsed(admin_client.get(f"/admin/blog/post/{post.pk}/change/"))

    (french,) = page.xpath("//textarea[@name='body_fr']")
    (english,) = page.xpath("//textarea[@name='body_en']")
    assert french.get("data-writing") is None
    assert french.value.strip() == post.body_fr
    assert english.get("data-writing") is not None


def test_others_may_add_columns_to_the_list():
    assert isinstance(site.get_model_admin(Post).list_display, tuple)


def test_pictures_to_choose_from_are_found_by_their_words(admin_client):
    PictureFactory(alt_fr="Une miche")
    PictureFactory(alt_fr="Un lac")

    page = parsed(admin_client.get("/admin/blog/picture/choose/?language=fr&q=lac"))

    assert page.xpath("//ul[@class='picture-choice']//button/@data-alt") == ["Un lac"]


def test_a_picture_added_while_choosing_leads_back_to_the_choice(
    admin_client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    data = {"alt_fr": "Une miche", "alt_en": "A loaf", "file": photo()}

    response = admin_client.post(
        "/admin/blog/picture/add/?language=fr&CKEditorFuncNum=-1", data
    )

    assert response["Location"] == (
        "/admin/blog/picture/choose/?language=fr&CKEditorFuncNum=-1"
    )


def test_only_those_who_may_see_pictures_choose_one(client):
    client.force_login(UserFactory(username="somebody", is_staff=True))

    assert client.get("/admin/blog/picture/choose/").status_code == 403


def send(client, **fields):
    data = {"file": photo(), "language": "fr", "alt": "Une miche", **fields}
    return client.post("/admin/blog/picture/send/", data)


def test_a_picture_put_into_a_text_is_described_in_its_language(
    admin_client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path

    answer = send(admin_client, caption="Sortie du four").json()

    picture = Picture.objects.get()
    assert answer == {"url": picture.file.url, "alt": "Une miche"}
    assert (picture.alt_fr, picture.caption_fr) == ("Une miche", "Sortie du four")
    assert "php" not in picture.file.name


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"alt": " "}, "purement"),
        ({"file": SimpleUploadedFile("x.svg", b"<svg/>", "image/svg+xml")}, "SVG"),
        ({"file": SimpleUploadedFile("x.png", b"\x89PNG\r\n", "image/png")}, "image"),
    ],
)
def test_a_picture_without_words_or_that_is_none_is_not_kept(
    admin_client, fields, word
):
    assert word in send(admin_client, **fields).json()["error"]
    assert Picture.objects.count() == 0


def test_who_may_not_add_pictures_sends_none(client, in_role):
    client.force_login(in_role("Moderators"))

    assert send(client).status_code == 403
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(
    "html_of_word",
    [
        '<p class="MsoNormal" style="margin:0cm"><span lang="FR" style="color:red">'
        "Pain<o:p></o:p></span></p>",
        '<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr">Pain</p>'
        "</b><style>p{color:red}</style><script>x()</script>",
    ],
)
def test_what_word_writes_is_cleaned_on_the_server_too(write, html_of_word):
    write(body_fr=html_of_word)

    cleaned = Post.objects.get().body_html_fr
    assert parsed_words(cleaned) == "Pain"
    for trace in ("Mso", "style", "class", "o:p", "docs-internal", "script"):
        assert trace not in cleaned


def parsed_words(fragment):
    return html.fromstring(f"<div>{fragment}</div>").text_content().strip()


def test_a_link_card_names_its_site():
    card = '<aside><p><a href="https://www.pain.example/a">Le pain</a></p></aside>'

    once = clean_body(card)

    assert once == (
        '<aside><p><a href="https://www.pain.example/a">Le pain</a></p>'
        "<p><small>pain.example</small></p></aside>"
    )
    assert clean_body(once) == once
