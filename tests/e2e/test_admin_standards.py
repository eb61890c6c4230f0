"""The write screen, with its windows, and the lists around it, open to everybody."""

import pytest

from blog.models import Post

from ..factories import PictureFactory, PostFactory, SeriesFactory, TagFactory
from .checkers import WAYS, faults_of, needs_axe, violations_on
from .test_writing import paste, photo

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.pages,
    pytest.mark.django_db(transaction=True),
]
TOOLS = ".field-body_fr .writing-tools button"
# Those that open a window in the page: note, link card, language of a passage.
WINDOWS = (1, 2, 3)


@pytest.fixture
def paths(admin_client, settings, tmp_path):
    """Posts, pictures and names, one post with a past, and where each is changed."""
    settings.MEDIA_ROOT = tmp_path
    picture = PictureFactory(alt_fr="", alt_en="", is_decorative=True)
    series, tag = SeriesFactory(), TagFactory()
    post = PostFactory(series=series, lead_picture=picture)
    post.tags.add(tag)
    change = f"/admin/blog/post/{post.pk}/change/"
    for body in ("<p>Il lève.</p>", "<p>Il a levé.</p>"):
        admin_client.post(
            change,
            {
                "title_fr": "Le pain", "body_fr": body, "original_language": "fr",
                "laid_out_in": "fr", "slug": post.slug, "author": post.author_id,
                "tags": tag.pk, "series": series.pk, "lead_picture": picture.pk,
            },
        )  # fmt: skip
    assert Post.objects.get().body_fr == body
    versions = f"/admin/blog/post/{post.pk}/history/"
    earlier = admin_client.get(versions).context["versions"][-1].address
    return [
        "/admin/", "/admin/blog/post/", "/admin/blog/picture/", "/admin/blog/tag/",
        change, versions, earlier, f"/admin/blog/picture/{picture.pk}/change/",
        f"/admin/blog/tag/{tag.pk}/change/", "/admin/blog/series/add/",
        "/admin/blog/page/add/", f"/admin/blog/post/{post.pk}/delete/",
    ]  # fmt: skip


@needs_axe
@pytest.mark.parametrize("way", WAYS)
def test_the_write_screen_is_open_to_everybody(signed_in, paths, way):
    page = signed_in(**way)
    found = faults_of(page, paths)

    page.goto("/admin/blog/post/add/?language=fr")
    page.fill("#id_title_fr", "Un matin d’hiver")
    page.wait_for_selector(".writing-kept:not(.trouble)")
    found += violations_on(page)
    for number in WINDOWS:
        page.locator(TOOLS).nth(number).click()
        page.wait_for_selector("dialog[open]")
        found += violations_on(page)
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog[open]", state="detached")
    paste(page, files=[photo()])
    page.wait_for_selector("dialog[open]")
    found += violations_on(page)

    assert found == []
