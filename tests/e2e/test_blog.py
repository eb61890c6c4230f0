"""Reading and writing in a real browser; ``visitor`` hears of each complaint of its."""

import pytest
from lxml import html

from blog.models import Post

from ..factories import CommentFactory, PictureFactory, PostFactory
from ..whole_blog import write_whole_blog

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
# Everything the editor says it gives back, beside what it is made for.
EVERYTHING = (
    '<h2>Titre</h2><p lang="fr">Un <strong>mot</strong>, <em>deux</em>, <s>trois</s> '
    'H<sub>2</sub>O, x<sup>2</sup>, <code>a &lt; b</code>, <a href="/fr/" '
    'title="ici">lien</a>, <span lang="en">and so on</span>, <kbd>Ctrl</kbd>, '
    "<mark>vu</mark>, <small>petit</small>, <cite>Titre</cite>, <q>dit</q>, "
    '<ins>mis</ins>, <u>dessous</u>, <abbr title="par exemple">p. ex.</abbr></p>'
    "<blockquote><p>Cité.</p></blockquote><ul><li><p>un</p></li></ul>"
    '<ol start="3"><li><p>trois</p></li></ol><hr><pre><code>x = 1\n  y</code></pre>'
    '<figure><img src="/static/img/icon.svg" alt="Bulle" width="32" height="32">'
    "<figcaption>Une bulle</figcaption></figure>"
    '<table><tbody><tr><th><p>a</p></th><td colspan="2"><p>b</p></td></tr></tbody>'
    "</table><p>Fin.</p>"
)


@pytest.fixture
def page(signed_in):
    """A window signed in as the blogger."""
    return signed_in()


def outline(fragment):
    """Return tags, attributes a reader notices, and words, in their order."""
    kept = {
        "href",
        "title",
        "lang",
        "src",
        "alt",
        "width",
        "height",
        "start",
        "colspan",
    }
    root = html.fragment_fromstring(fragment, create_parent="div")
    return [
        (
            element.tag,
            {k: v for k, v in element.attrib.items() if k in kept and v != "1"},
            (element.text or "").strip(),
            (element.tail or "").strip(),
        )
        for element in root.iterdescendants()
        if element.tag not in {"colgroup", "col"}
    ]


def test_a_post_is_written_in_the_editor_under_our_policy(page):
    page.goto("/admin/blog/post/add/?language=fr")
    page.fill("#id_title_fr", "Un matin d’hiver")
    page.click(".field-body_fr .writing > .ProseMirror")
    page.keyboard.type("Il a neigé. ")
    page.keyboard.press("Control+b")
    page.keyboard.type("Beaucoup.")
    page.fill("#id_summary_en", "It snowed.")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/blog/post/")

    post = Post.objects.get()
    assert post.body_html_fr == "<p>Il a neigé. <strong>Beaucoup.</strong></p>"
    assert (post.slug, post.summary_en) == ("un-matin-dhiver", "It snowed.")


def test_the_editor_gives_back_all_of_a_text_it_takes(page):
    post = PostFactory(body_fr=EVERYTHING)
    page.goto(f"/admin/blog/post/{post.pk}/change/")
    page.click(".field-body_fr .writing > .ProseMirror > p:last-of-type")
    page.keyboard.press("Control+End")
    page.keyboard.type("!")

    written = page.input_value("#id_body_fr")

    assert outline(written) == outline(EVERYTHING.replace("Fin.", "Fin.!"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_never_scrolls_sideways(visitor, width, scheme):
    post = PostFactory(
        title_fr="Anticonstitutionnellement" * 8,
        body_fr="<p>" + "mot" * 90 + "</p><table><tr>" + "<td>cellule</td>" * 30
        + "</tr></table><pre>" + "x" * 300 + "</pre>",
    )  # fmt: skip
    page = visitor(viewport={"width": width, "height": 800}, color_scheme=scheme)

    for path in ("/fr/", post.get_absolute_url(), "/fr/archives/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_letters_of_twice_the_size_fit_a_telephone(visitor):
    pages, _feeds = write_whole_blog()
    page = visitor(viewport={"width": 320, "height": 800}, bypass_csp=True)

    for kind, path in pages.items():
        page.goto(path)
        # What the browser's own setting does to a page that measures in rem.
        page.add_style_tag(content=":root { font-size: 34px }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind


def test_a_picture_is_chosen_for_the_text_with_its_description(page):
    picture = PictureFactory(caption_fr="Sortie du four")
    page.goto("/admin/blog/post/add/?language=fr")
    page.fill("#id_title_fr", "Une miche")
    page.click(".field-body_fr .writing > .ProseMirror")
    page.click(".field-body_fr [title='figure']")
    with page.expect_popup() as opened:
        page.click("dialog .prose-editor-field-with-picker button")
    choice = opened.value
    choice.wait_for_load_state()  # before its script is there, a click does nothing
    with choice.expect_event("close"):
        # Asked for later, since what closes its own page gives no answer.
        choice.evaluate(
            "setTimeout(() => document.querySelector('.picture-choice button').click())"
        )
    page.click("dialog [type=submit]")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/blog/post/")

    assert Post.objects.get().body_fr == (
        f'<figure class="figure"><img src="{picture.file.url}" alt="Une miche dorée">'
        '<figcaption class="figure-caption">Sortie du four</figcaption></figure>'
    )


def test_a_tall_picture_is_seen_whole(visitor):
    tower = PictureFactory(file__width=600, file__height=1800)
    post = PostFactory(
        body_fr=f"<figure><img src='{tower.file.url}'></figure>", lead_picture=tower
    )
    page = visitor(viewport={"width": 1280, "height": 800})
    page.goto(post.get_absolute_url())

    heights = [
        shown.bounding_box()["height"] for shown in page.locator("main img").all()
    ]

    assert len(heights) == 2
    assert all(300 < height < 800 for height in heights)


@pytest.mark.parametrize("width", [768, 1280, 1920])
def test_a_line_is_as_long_as_is_good_to_read(visitor, width):
    text = (
        "Ça a commencé un mardi, dans le train qui remonte. Un sifflement, fin comme "
        "un fil, un peu aigu ; j’ai accusé la climatisation, j’ai changé de place, "
        "puis de voiture. Quelques mois plus tard, on me dit que cela ne partira pas. "
    ) * 9
    post = PostFactory(body_fr=f"<p>{text}</p>")
    page = visitor(viewport={"width": width, "height": 800})
    page.goto(post.get_absolute_url())

    lines = page.evaluate(
        """() => {
            const paragraph = document.querySelector(".prose p");
            const height = parseFloat(getComputedStyle(paragraph).lineHeight);
            return paragraph.getBoundingClientRect().height / height;
        }"""
    )

    assert 60 <= len(text) / lines <= 75


def test_what_is_printed_is_black_on_white_even_by_night(visitor):
    post = PostFactory(body_fr="<pre><code>x = 1</code></pre>")
    page = visitor(color_scheme="dark")
    page.goto(post.get_absolute_url())
    page.emulate_media(media="print")

    colours = page.evaluate(
        """() => {
            const style = getComputedStyle(document.querySelector(".prose pre"));
            return [style.color, style.backgroundColor];
        }"""
    )

    assert colours == ["rgb(0, 0, 0)", "rgb(244, 244, 244)"]
    assert not page.is_visible("form.search")


def test_what_is_printed_has_nothing_to_press_and_no_longer_lines(visitor):
    post = PostFactory(body_fr="<p>mot</p><table><tr>" + "<td>mot</td>" * 20)
    CommentFactory.create_batch(2, post=post)
    page = visitor(viewport={"width": 760, "height": 1000})
    page.goto(post.get_absolute_url())
    page.emulate_media(media="print")

    assert page.locator("form, .order, .remark-actions, .languages").count() > 4
    for each in page.locator("form, .order, .remark-actions, .languages").all():
        assert not each.is_visible()
    widths = page.evaluate(
        """() => {
            const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
            return [...document.querySelectorAll(".prose > *")].map(
                (e) => e.getBoundingClientRect().width / rem);
        }"""
    )
    # Some eighty characters.
    assert len(widths) == 2
    assert max(widths) < 36.1


def test_marks_are_seen_where_the_system_sets_the_colours(visitor):
    comment = CommentFactory()
    page = visitor(forced_colors="active")
    page.goto(f"/fr/comments/{comment.pk}/")
    outline = page.locator(f"#c{comment.pk}").evaluate(
        "e => getComputedStyle(e).outlineStyle"
    )
    page.goto("/fr/archives/")
    line = page.locator(".rail [aria-current]").evaluate(
        "e => getComputedStyle(e).textDecorationLine"
    )

    assert (outline, line) == ("solid", "underline")


def test_a_reader_asks_for_little_and_takes_nothing_home(visitor):
    pages, _feeds = write_whole_blog()
    for kind, path in pages.items():
        page = visitor()
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))

        page.goto(path, wait_until="networkidle")

        assert len(asked) <= 5 + page.locator("img").count(), (kind, asked)
        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        page.context.close()
