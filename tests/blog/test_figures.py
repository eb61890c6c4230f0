import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as lxml_html

from blog.html import clean_body
from blog.models import Picture

from ..factories import EnglishPostFactory, PictureFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    """A photo of 1500 by 1000 pixels, with copies of it noted (nothing reads them)."""
    made = PictureFactory(caption_fr="Sortie du four", credit="Hazel")
    Picture.objects.filter(pk=made.pk).update(
        width=1500,
        height=1000,
        renditions={"avif": [480, 1500], "webp": [480], "jpg": [1200]},
    )
    made.refresh_from_db()
    return made


def body_of(post, language="fr"):
    return lxml_html.fragment_fromstring(
        getattr(post, f"body_html_{language}"), create_parent="div"
    )


def test_a_text_shows_a_picture_of_ours_in_the_sizes_there_are_of_it(picture):
    url = picture.file.url
    post = PostFactory(body_fr=f'<p>Voici <img src="{url}" alt="Ma miche"> !</p>')

    assert post.body_html_fr == (
        f'<p>Voici <a href="{url}" title="Voir l’image entière"><picture>'
        f'<source type="image/avif" srcset="{url}.480.avif 480w, {url}.1500.avif 1500w"'
        ' sizes="(min-width: 629px) 566px, 90vw">'
        f'<source type="image/webp" srcset="{url}.480.webp 480w"'
        ' sizes="(min-width: 629px) 566px, 90vw">'
        f'<img fetchpriority="high" src="{url}.1200.jpg" width="1500" height="1000"'
        ' alt="Ma miche"></picture></a>\u202f!</p>'
    )


def test_only_the_first_picture_of_a_page_is_not_put_off(picture):
    body = f"<p><img src='{picture.file.url}'> <img src='{picture.file.url}'></p>" * 2

    alone = body_of(PostFactory(body_fr=body))
    below = body_of(PostFactory(body_fr=body, lead_picture=picture))

    assert alone.xpath("//img/@loading") == ["lazy"] * 3
    assert alone.xpath("//img[not(@loading)]/@fetchpriority") == ["high"]
    assert below.xpath("//img/@loading") == ["lazy"] * 4


def test_a_picture_without_words_in_a_text_gets_its_own_in_the_texts_language(picture):
    body = f"<p><img src='{picture.file.url}'><img src='{picture.file.url}' alt=''></p>"

    french, english = PostFactory(body_fr=body), EnglishPostFactory(body_en=body)

    assert body_of(french).xpath("//img/@alt") == ["Une miche dorée"] * 2
    assert body_of(english, "en").xpath("//img/@alt") == ["A golden loaf"] * 2
    assert body_of(english, "en").xpath("//a/@title") == ["See the whole picture"] * 2


def test_a_decorative_picture_stays_silent_and_leads_nowhere(picture):
    Picture.objects.update(is_decorative=True)

    body = body_of(PostFactory(body_fr=f"<p><img src='{picture.file.url}'></p>"))

    assert body.xpath("//img/@alt") == [""]
    assert body.xpath("//a") == []


def test_a_figure_names_whom_its_picture_is_owed_to_once(picture):
    url = picture.file.url
    captions = [
        body_of(PostFactory(body_fr=f"<figure><img src='{url}'>{caption}</figure>"))
        .find(".//figcaption")
        .text_content()
        for caption in (
            "",
            "<figcaption>Ma miche</figcaption>",
            "<figcaption>Ma <em>miche</em></figcaption>",
            "<figcaption>Photo de Hazel</figcaption>",
        )
    ]

    assert captions == ["Hazel", "Ma miche Hazel", "Ma miche Hazel", "Photo de Hazel"]


def test_a_picture_inside_a_link_keeps_that_link_alone(picture):
    body = f"<p><a href='/fr/'><img src='{picture.file.url}' alt='Accueil'></a></p>"

    assert body_of(PostFactory(body_fr=body)).xpath("//a/@href") == ["/fr/"]


def test_what_was_copied_from_a_page_is_the_same_picture(picture):
    first = PostFactory(body_fr=f"<p><img src='{picture.file.url}'></p>")

    second = PostFactory(body_fr=first.body_html_fr)

    assert second.body_html_fr == first.body_html_fr


def test_sizes_that_somebody_typed_are_not_offered(picture):
    typed = (
        "<picture><source srcset='https://elsewhere.example/a.avif 1x' type='image/x'>"
        f"<img src='{picture.file.url}' srcset='https://elsewhere.example/b.png 2x' "
        "onload='alert(1)'></picture><source srcset='//evil.example/x 1w'>"
    )

    shown = PostFactory(body_fr=typed).body_html_fr

    assert "elsewhere" not in shown
    assert "evil" not in shown
    assert "onload" not in shown
    assert shown.count("<source ") == 2


@pytest.mark.parametrize(
    "srcset",
    [
        "https://elsewhere.example/a.avif 480w",
        "/media/a.avif 480w, //elsewhere.example/a.avif 800w",
        "/media/../a.avif 480w",
        "/media/a.avif",
        "/media/a.avif 1x",
        "javascript:alert(1) 480w",
    ],
)
def test_the_cleaner_lets_no_address_of_another_site_through(srcset):
    html = f"<picture><source srcset='{srcset}'><img src='/media/a.jpg'></picture>"

    assert "srcset" not in clean_body(html)


def test_a_file_of_ours_that_is_no_known_picture_is_shown_as_it_is():
    typed = "<p><img src='/media/a.jpg'><img src='/media/b.jpg' alt='B'></p>"

    assert PostFactory(body_fr=typed).body_html_fr == (
        '<p><img src="/media/a.jpg" alt="">'
        '<img src="/media/b.jpg" alt="B" loading="lazy"></p>'
    )


def test_many_pictures_in_a_text_are_one_query_to_save_and_none_to_read(client):
    pictures = PictureFactory.create_batch(6)
    text = "".join(f"<p><img src='{p.file.url}'></p>" for p in pictures)
    plain, post = PostFactory(), PostFactory(body_fr=text)
    client.get("/fr/archives/")  # what is asked once is asked here

    def queries(action):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            action()
        return len(caught)

    assert queries(post.save) == queries(plain.save) + 1
    assert queries(lambda: client.get(post.get_absolute_url())) == queries(
        lambda: client.get(plain.get_absolute_url())
    )


def test_a_feed_gives_one_size_under_its_whole_address(client, picture):
    url = picture.file.url
    PostFactory(body_fr=f'<p><img src="{url}" alt="Ma miche"></p>')

    text = client.get("/feeds/all.json").json()["items"][0]["content_html"]

    assert "<picture" not in text
    assert "<source" not in text
    assert f'src="http://127.0.0.1:8000{url}.1200.jpg"' in text
    assert f'<a href="http://127.0.0.1:8000{url}"' in text


def test_a_list_shows_lead_pictures_small_and_puts_off_all_but_the_first(
    client, picture
):
    PostFactory.create_batch(2, lead_picture=picture)
    PostFactory()

    page = lxml_html.fromstring(client.get("/fr/").content)

    links = page.find_class("entry-picture")
    assert len(links) == 2
    assert [link.get("aria-hidden") for link in links] == ["true"] * 2
    assert [link.find(".//img").get("loading") for link in links] == [None, "lazy"]
    assert set(re.findall(r"\d+w", links[0].find(".//source").get("srcset"))) == {
        "480w"
    }


def test_a_lead_picture_leads_to_the_whole_of_it_with_caption_and_credit(
    client, picture
):
    post = PostFactory(lead_picture=picture)

    page = lxml_html.fromstring(client.get(post.get_absolute_url()).content)

    (figure,) = page.find_class("lead-picture")
    assert figure.find("a").get("href") == picture.file.url
    assert figure.find(".//img").get("fetchpriority") == "high"
    assert len(figure.findall(".//source")) == 2
    assert figure.find("figcaption").text_content().split() == [
        "Sortie", "du", "four", "Hazel",
    ]  # fmt: skip


def test_the_file_of_a_picture_is_chosen_once(admin_client, picture):
    page = lxml_html.fromstring(
        admin_client.get(f"/admin/blog/picture/{picture.pk}/change/").content
    )

    assert page.xpath("//input[@type='file']") == []
    assert page.xpath("//img[@class='thumbnail']")


def test_a_picture_that_a_text_shows_is_not_deleted_in_the_admin(admin_client, picture):
    PostFactory(title_fr="Ma miche", body_fr=f"<p><img src='{picture.file.url}'></p>")
    unused = PictureFactory()

    def deleted(picture):
        path = f"/admin/blog/picture/{picture.pk}/delete/"
        asked = admin_client.get(path).content.decode()
        admin_client.post(path, {"post": "yes"})
        return not Picture.objects.filter(pk=picture.pk).exists(), "Ma miche" in asked

    assert deleted(picture) == (False, True)
    assert deleted(unused) == (True, False)


def test_programs_elsewhere_are_given_the_size_that_all_can_show(client, picture):
    post = PostFactory(lead_picture=picture)
    address = f"http://127.0.0.1:8000{picture.file.url}.1200.jpg"

    assert client.get("/feeds/all.json").json()["items"][0]["image"] == address
    data = lxml_html.fromstring(client.get(post.get_absolute_url()).content).xpath(
        "string(//script[@type='application/ld+json'])"
    )
    assert f'"image": "{address}"' in data


def test_what_is_said_of_a_picture_is_said_in_the_texts_that_show_it(
    admin_client, picture
):
    post = PostFactory(body_fr=f"<figure><img src='{picture.file.url}'></figure>")
    data = {"alt_fr": "Un pain", "alt_en": "A loaf", "credit": "Zoé"}

    admin_client.post(f"/admin/blog/picture/{picture.pk}/change/", data)

    modified_at = post.modified_at
    post.refresh_from_db()
    assert body_of(post).xpath("//img/@alt") == ["Un pain"]
    assert body_of(post).xpath("//figcaption/small/text()") == ["Zoé"]
    assert post.modified_at == modified_at


def test_words_around_a_lead_picture_are_marked_with_the_pages_language(
    client, picture
):
    post = PostFactory(lead_picture=picture)

    page = lxml_html.fromstring(
        client.get(f"/en{post.get_absolute_url()[3:]}").content.decode()
    )

    (figure,) = page.find_class("lead-picture")
    assert figure.get("lang") == "en"
    assert figure.find(".//img").get("alt") == "A golden loaf"
    assert figure.find("a").get("title") == "See the whole picture"
    assert figure.xpath(".//figcaption/span/@lang") == ["fr"]
