"""A post is written, kept through accidents, previewed, scheduled and published."""

import base64
import os
import signal
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.utils.crypto import get_random_string
from lxml import html
from PIL import Image

from blog.html import clean_body
from blog.kept import KeptText
from blog.models import Picture, Post

from ..factories import PostFactory
from .conftest import ARGUMENTS, chromium, give_session

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ADD = "/admin/blog/post/add/?language=fr"
EDITOR = ".field-body_fr .writing > .ProseMirror"


def kept(page):
    page.wait_for_selector(".writing-kept >> text=Gardé à")


def processes_with(argument):
    """Return the processes that were started with ``argument`` (on Linux)."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if argument.encode() in (folder / "cmdline").read_bytes().split(b"\0"):
                yield int(folder.name)


@pytest.fixture
def mortal(browser, live_server, admin_client):
    """Return a signed-in page of a browser of its own, and what kills that browser."""
    mark = f"--test-of-sudden-death={get_random_string(12)}"
    own = browser.browser_type.launch(
        executable_path=chromium(), args=[*ARGUMENTS, mark]
    )
    context = own.new_context(base_url=live_server.url, locale="fr-CH")
    give_session(context, admin_client, live_server.url)

    def kill():
        doomed = list(processes_with(mark))
        assert doomed
        for process in doomed:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    yield context.new_page(), kill
    own.close()


def test_a_browser_that_is_killed_in_mid_sentence_takes_nothing_away(mortal, signed_in):
    page, kill = mortal
    page.goto(ADD)
    page.fill("#id_title_fr", "Un matin d’hiver")
    page.click(EDITOR)
    page.keyboard.type("Il a neigé toute la n")
    kept(page)
    kill()

    page = signed_in()
    page.goto(ADD)
    page.click(".kept-text a")

    assert page.inner_text(EDITOR).strip() == "Il a neigé toute la n"
    assert page.input_value("#id_title_fr") == "Un matin d’hiver"


def test_a_text_the_server_never_got_waits_in_the_browser(signed_in, visitor):
    page = signed_in()
    page.goto(ADD)
    page.route("**/keep/", lambda route: route.abort())
    page.fill("#id_title_fr", "Un matin d’hiver")
    page.wait_for_selector(".writing-kept.trouble")
    assert not KeptText.objects.exists()
    page.unroute("**/keep/")
    visitor.troubles.clear()  # the browser's own word that the server was away

    page.goto(ADD)
    page.click(".kept-text a")

    assert page.input_value("#id_title_fr") == "Un matin d’hiver"


def test_who_was_signed_out_loses_nothing(signed_in, visitor, admin_client):
    page = signed_in()
    page.goto(ADD)
    page.context.clear_cookies(name="sessionid")
    page.fill("#id_title_fr", "Un matin d’hiver")
    page.wait_for_selector(".writing-kept.trouble >> text=connecté")
    page.click("[name=_save]")
    page.wait_for_url("**/login/**")
    visitor.troubles.clear()
    give_session(page.context, admin_client, page.url.split("/admin")[0])

    page.goto(ADD)
    page.click(".kept-text a")

    assert page.input_value("#id_title_fr") == "Un matin d’hiver"


def paste(page, html="", text="", files=()):
    """Paste as a browser does; ``files`` are ``(name, type, base64)``."""
    page.evaluate(
        """([selector, html, text, files]) => {
          const data = new DataTransfer();
          if (html) data.setData("text/html", html);
          if (text) data.setData("text/plain", text);
          for (const [name, type, content] of files) {
            const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
            data.items.add(new File([bytes], name, { type }));
          }
          document.querySelector(selector).dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true,
              cancelable: true }));
        }""",
        [EDITOR, html, text, list(files)],
    )


def photo():
    file = BytesIO()
    Image.new("RGB", (60, 40), "#a52").save(file, "PNG")
    return "photo.png", "image/png", base64.b64encode(file.getvalue()).decode()


def written(page):
    """Return what would be saved now, without the names of the day."""
    return page.input_value("#id_body_fr")


@pytest.fixture
def writing(signed_in):
    page = signed_in()
    page.goto(ADD)
    page.fill("#id_title_fr", "Le pain, jour après jour")
    page.click(EDITOR)
    return page


FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>
p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;}</style></head><body lang=FR>
<!--StartFragment--><h1 style='mso-outline-level:1'><a name="_Toc1"></a>La farine</h1>
<p class=MsoNormal style='line-height:115%'><span style='font-size:12.0pt'>Trois
<b style='mso-bidi-font-weight:normal'>sortes</b> de <i>blé</i>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span></span><![endif]>tendre</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if
!supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]>T65</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='mso-list:Ignore'>·</span><![endif]>dur</p>
<p class=MsoNormal><img width=10 src="file:///C:/Users/moi/clip_image001.png">Fin.</p>
<!--EndFragment--></body></html>"""  # noqa: E501

FROM_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;"
id="docs-internal-guid-1a2b3c"><h2 dir="ltr" style="line-height:1.38"><span
style="font-size:16pt;font-weight:700">Le four</span></h2><p dir="ltr"><span
style="font-size:11pt;font-weight:400;font-style:normal">Très </span><span
style="font-size:11pt;font-weight:700;font-style:normal">chaud</span><span
style="font-weight:400;font-style:italic"> toujours</span>, <a
href="https://www.google.com/url?q=https://four.example/a%3Fb&amp;sa=D&amp;ust=1"><span
style="color:#1155cc;text-decoration:underline">voyez</span></a>.</p><br><ul><li dir="ltr"
style="list-style-type:disc" aria-level="1"><p dir="ltr" role="presentation"><span
style="font-size:11pt">la pierre</span></p></li></ul></b>"""  # noqa: E501


def test_what_word_puts_on_the_clipboard_comes_out_clean(writing):
    paste(writing, html=FROM_WORD)

    assert written(writing) == (
        "<h2>La farine</h2><p>Trois <strong>sortes</strong> de <em>blé</em>.</p>"
        "<ul><li><p>tendre</p><ul><li><p>T65</p></li></ul></li><li><p>dur</p></li></ul>"
        "<p>Fin.</p>"
    )


def test_what_google_docs_puts_on_the_clipboard_comes_out_clean(writing):
    paste(writing, html=FROM_DOCS)

    assert written(writing) == (
        "<h2>Le four</h2><p>Très <strong>chaud</strong><em> toujours</em>, "
        '<a href="https://four.example/a?b">voyez</a>.</p>'
        "<ul><li><p>la pierre</p></li></ul>"
    )


def test_an_address_pasted_over_words_makes_them_a_link(writing):
    writing.keyboard.type("pain")
    writing.keyboard.press("Control+a")
    paste(writing, text="https://pain.example/a")

    assert written(writing) == '<p><a href="https://pain.example/a">pain</a></p>'


def test_a_pasted_picture_is_described_there_and_then(writing, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    paste(writing, files=[photo()])
    writing.click(".writing-dialog [type=submit]")
    writing.wait_for_selector(".writing-dialog .errornote >> text=Dites")
    assert not Picture.objects.exists()

    writing.fill(".writing-dialog [name=alt]", "Une miche")
    writing.fill(".writing-dialog [name=caption]", "Sortie du four")
    writing.click(".writing-dialog [type=submit]")
    writing.wait_for_selector(f"{EDITOR} figure img")

    picture = Picture.objects.get()
    assert (picture.alt_fr, picture.caption_fr) == ("Une miche", "Sortie du four")
    assert f'src="{picture.file.url}" alt="Une miche"' in written(writing)
    assert clean_body(written(writing)).endswith(
        "<figcaption>Sortie du four</figcaption></figure>"
    )


def test_notes_are_numbered_as_they_stand_in_the_text(writing):
    tool = ".field-body_fr .writing-tools >> text=Note de bas de page"
    writing.keyboard.type("Un deux")
    for note in ("seconde", "première"):
        writing.click(tool)
        writing.fill(".writing-dialog [name=note]", note)
        writing.click(".writing-dialog [type=submit]")
        writing.wait_for_selector(f"{EDITOR} li >> text={note}")
        for _step in range(6):
            writing.keyboard.press("ArrowLeft")

    root = html.fragment_fromstring(clean_body(written(writing)), create_parent="div")
    assert [e.text_content() for e in root.xpath("./p//sup")] == ["1", "2"]
    assert [li.text_content()[:-2] for li in root.iter("li")] == ["première", "seconde"]
    targets = {e.get("id") for e in root.iter() if e.get("id")}
    assert {a.get("href")[1:] for a in root.iter("a")} == targets


def test_a_link_card_names_its_site_and_asks_it_nothing(writing):
    writing.click(".field-body_fr .writing-tools >> text=Carte de lien")
    writing.fill(".writing-dialog [name=address]", "https://www.pain.example/a")
    writing.fill(".writing-dialog [name=title]", "Tout sur le pain")
    writing.click(".writing-dialog [type=submit]")
    writing.wait_for_selector(f"{EDITOR} aside")

    assert clean_body(written(writing)).startswith(
        '<aside><p><a href="https://www.pain.example/a">Tout sur le pain</a></p>'
        "<p><small>pain.example</small></p></aside>"
    )


def test_a_passage_is_marked_as_in_another_language(writing):
    writing.keyboard.type("bread")
    writing.keyboard.press("Control+a")
    writing.click(".field-body_fr .writing-tools >> text=Langue de ce passage")
    writing.select_option(".writing-dialog [name=lang]", "en")
    writing.click(".writing-dialog [type=submit]")
    writing.wait_for_selector(f"{EDITOR} span[lang]")

    assert written(writing) == '<p><span lang="en">bread</span></p>'


def test_the_source_is_shown_and_left_as_it_was(signed_in):
    body = "<p>Une  ligne</p>\n<div class='x'><p>deux</p></div>"
    post = PostFactory(body_fr=body)
    page = signed_in()
    page.goto(f"/admin/blog/post/{post.pk}/change/")
    for _time in range(2):
        page.click(".field-body_fr .writing-tools >> text=Source HTML")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/blog/post/")

    post.refresh_from_db()
    assert post.body_fr == body


def test_a_post_is_written_previewed_scheduled_and_published(
    writing, visitor, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    paste(writing, html=FROM_WORD)
    paste(writing, files=[photo()])
    writing.fill(".writing-dialog [name=alt]", "Une miche")
    writing.click(".writing-dialog [type=submit]")
    writing.wait_for_selector(f"{EDITOR} figure img")
    writing.fill("#id_summary_en", "Bread, day after day.")
    writing.click("[name=_continue]")
    writing.wait_for_selector("#secret-link")
    assert not KeptText.objects.exists()

    reader = visitor()
    reader.goto(writing.input_value("#secret-link"))
    assert "Trois sortes de blé" in reader.inner_text(".e-content")
    assert reader.inner_text(".p-summary") == "Bread, day after day."

    writing.fill("#id_published_at_0", "2031-05-01")
    writing.fill("#id_published_at_1", "09:00:00")
    writing.click("[name=_continue]")
    writing.wait_for_selector(".messagelist")
    post = Post.objects.get()
    assert post.is_scheduled
    assert reader.request.get(f"/fr/2031/05/01/{post.slug}/").status == 404

    writing.fill("#id_published_at_0", "2026-05-01")
    writing.click("[name=_save]")
    writing.wait_for_url("**/admin/blog/post/")
    reader.goto(f"/fr/2026/05/01/{post.slug}/")
    assert reader.get_attribute(".e-content img", "alt") == "Une miche"
