import pytest

from blog.html import clean_body, plain_text
from blog.importing.markup import comment_body, title_text, to_html
from blog.importing.shortcodes import Attachment

FILM = "https://www.youtube.com/watch?v=abcdefghijk"


def html(content, **pictures):
    return to_html(content, **pictures).html


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Un.\n\nDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
        ("Un\nvers", "<p>Un<br>\nvers</p>"),
        ("Un<br />\nvers", "<p>Un<br>\nvers</p>"),
        ("Un<br /><br />Deux", "<p>Un</p>\n<p>Deux</p>"),
        ("<em>Un</em> mot", "<p><em>Un</em> mot</p>"),
        ("<p>Un</p>\n<p>Deux</p>", "<p>Un</p><p>Deux</p>"),
        ("Avant\n<h2>Titre</h2>\nAprès", "<p>Avant</p>\n<h2>Titre</h2><p>Après</p>"),
        (
            "<blockquote>Un\n\nDeux</blockquote>",
            "<blockquote><p>Un</p>\n<p>Deux</p>\n</blockquote>",
        ),
        ("<ul>\n<li>Un\n<li>Deux</li>\n</ul>", "<ul><li>Un</li><li>Deux</li></ul>"),
        ("Un\n<!--more-->\nDeux", "<p>Un</p>\n<p>Deux</p>"),
        ("Un<!--more Lire la suite-->Deux", "<p>Un</p>\n<p>Deux</p>"),
        ("Un<!--nextpage-->Deux", "<p>Un</p>\n<p>Deux</p>"),
        ("<p></p>Un<p>&nbsp;</p>", "<p>Un</p>"),
        ('<a href="/"><img src="x"></a>Un', '<p><a href="/"><img src="x"></a> Un</p>'),
        ("", ""),
    ],
)
def test_blank_lines_part_paragraphs_as_they_did(content, expected):
    assert html(content) == expected


def test_blocks_lose_their_comments_and_nothing_else():
    body = to_html(
        "<!-- wp:paragraph -->\n<p>Un</p>\n<!-- /wp:paragraph -->\n\n"
        '<!-- wp:list {"ordered":true} --><ol><li>Deux</li></ol><!-- /wp:list -->'
        "<!-- wp:latest-posts /-->"
    )

    assert clean_body(body.html).replace("\n", "") == "<p>Un</p><ol><li>Deux</li></ol>"
    assert body.left_out == {"block latest-posts": 1}


def test_listings_stay_as_they_are():
    content = "<pre>a\n\nb  <b>c</b> <form>d</form></pre>"

    assert html(content) == "<pre>a\n\nb  <b>c</b> &lt;form>d&lt;/form></pre>"


@pytest.mark.parametrize(
    "content",
    [
        '[source lang="a"]<script>alert("1")</script>\n\n<p>&amp;[/source]',
        '[code]<script>alert("1")</script>\n\n<p>&amp;[/code]',
        '[php]<script>alert("1")</script>\n\n<p>&amp;[/php]',
        '[ccnLe_php]<script>alert("1")</script>\n\n<p>&amp;[/ccnLe_php]',
        '<pre lang="php"><script>alert("1")</script>\n\n<p>&amp;</pre>',
        '<code lang="PHP"><script>alert("1")</script>\n\n<p>&amp;</code>',
        '<pre>[code]<script>alert("1")</script>\n\n<p>&amp;[/code]</pre>',
    ],
)
def test_markup_in_a_listing_stays_text(content):
    assert clean_body(html(content)) == (
        '<pre tabindex="0"><code>&lt;script&gt;alert("1")&lt;/script&gt;\n\n'
        "&lt;p&gt;&amp;amp;</code></pre>"
    )


def test_a_listing_that_was_kept_escaped_is_escaped_once():
    assert html("[code]&lt;b&gt; &amp;&amp; c[/code]") == (
        "<pre><code>&lt;b&gt; &amp;&amp; c</code></pre>"
    )


def test_code_in_the_midst_of_a_line_stays_there():
    assert html("Tapez [code]ls[/code] puis Entrée.") == (
        "<p>Tapez <code>ls</code> puis Entrée.</p>"
    )


@pytest.mark.parametrize(
    "content",
    [
        '[caption id="a" caption="L&#39;été"]<a href="/"><img src="x"></a>[/caption]',
        '[caption id="a" width="9"]<a href="/"><img src="x"></a> L&#39;été[/caption]',
        '[wp_caption id="a"]<a href="/"><img src="x"></a> L&#39;été[/wp_caption]',
    ],
)
def test_captions_of_both_generations_become_figures(content):
    assert html(content) == (
        '<figure><a href="/"><img src="x"></a>'
        "<figcaption>L&#39;été</figcaption></figure>"
    )


def test_a_caption_that_never_ends_keeps_its_words():
    assert html(
        '[caption caption="Un mot"]<img src="x"> et [/caption] fin [/caption]'
    ) == ('<figure><img src="x"><figcaption>Un mot et</figcaption></figure><p>fin</p>')
    assert html('[caption caption="Un mot"] suite') == "<p>Un mot suite</p>"


def test_a_gallery_shows_its_pictures_where_it_stands():
    pictures = {
        "3": Attachment(url="https://a.example/3.jpg", alt="Trois", caption="Là")
    }

    assert html('Avant\n[gallery ids="3,4"]\nAprès', attachments=pictures) == (
        '<p>Avant</p>\n<figure><img src="https://a.example/3.jpg" alt="Trois">'
        "<figcaption>Là</figcaption></figure><p>Après</p>"
    )


def test_a_gallery_that_names_none_shows_those_of_its_post():
    own = [Attachment(url="https://a.example/1.jpg")]

    assert html("[gallery link='file']", own=own) == (
        '<figure><img src="https://a.example/1.jpg" alt=""></figure>'
    )


def test_a_gallery_without_its_pictures_is_counted():
    body = to_html("Avant\n\n[gallery]\n\nAprès")

    assert body.html == "<p>Avant</p>\n<p>Après</p>"
    assert body.left_out == {"gallery without its pictures": 1}


@pytest.mark.parametrize(
    "content",
    [
        "[youtube abcdefghijk]",
        "[youtube=https://www.youtube.com/watch?v=abcdefghijk]",
        "[youtube]https://www.youtube.com/watch?v=abcdefghijk[/youtube]",
        '[youtube id="abcdefghijk" w=300]',
        "[embed]https://www.youtube.com/watch?v=abcdefghijk[/embed]",
        "https://www.youtube.com/watch?v=abcdefghijk",
        '<iframe src="//www.youtube.com/embed/abcdefghijk?rel=0"></iframe>',
        '<object><param name="movie" value="http://www.youtube.com/v/abcdefghijk&hl=fr">'
        '<embed src="http://www.youtube.com/v/abcdefghijk&hl=fr"></object>',
    ],
)
def test_a_film_becomes_one_link_to_its_page(content):
    assert html(content) == f'<p><a href="{FILM}">{FILM}</a></p>'


def test_what_stands_beside_a_film_is_kept():
    cleaned = clean_body(
        html('<object data="http://a.example/b.swf">Sans Flash</object>')
    )

    assert "Sans Flash" in plain_text(cleaned)


def test_shortcodes_that_nothing_knows_stay_and_are_told():
    body = to_html('[poll id="3"] [sic] [note]Un[/note] […]')

    assert body.html == '<p>[poll id="3"] [sic] [note]Un[/note] […]</p>'
    assert body.shortcodes == {"poll": 1, "note": 1}


def test_a_shortcode_that_was_only_mentioned_is_shown():
    assert html("Écrire [[gallery]] suffit.") == "<p>Écrire [gallery] suffit.</p>"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a < b et b > c", "a < b et b > c"),
        ("Je <3 ça", "Je <3 ça"),
        ("#include <stdio.h> puis", "#include <stdio.h> puis"),
        ("Écrire à <lise@carnet.example>", "Écrire à <lise@carnet.example>"),
        ("La balise <script> et la suite", "La balise <script> et la suite"),
        ("Un <!-- sans fin", "Un <!-- sans fin"),
        ("<form><label>Nom</label> <button>Envoyer</button></form>", "Nom Envoyer"),
        ("<o:p>Word</o:p>", "Word"),
        ("Fin ]]> de\ufdd05\ufdd1 section", "Fin ]]> de5 section"),
    ],
)
def test_no_word_is_lost(content, words):
    assert plain_text(clean_body(html(content))) == words


def test_programs_are_no_text_and_are_counted():
    body = to_html("Un<script>alert(1)</script> <style>p {}</style>mot")

    assert body.html == "<p>Un mot</p>"
    assert body.left_out == {"script": 1, "style": 1}


def test_a_picture_written_into_the_text_leaves_its_description():
    body = to_html('<img src="data:image/png;base64,AAAA" alt="Un chat">')

    assert body.html == "<p>Un chat</p>"
    assert body.left_out == {"picture inside the text": 1}


def test_a_title_is_plain_text():
    assert title_text("L&#8217;été &amp; <b>bises</b> <3") == "L’été & bises <3"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Merci &amp; à bientôt &lt;3", "Merci & à bientôt <3"),
        ("Un\r\n\r\nDeux", "Un\n\nDeux"),
        ("2 < 3 <moi>", "2 < 3 <moi>"),
    ],
)
def test_a_comment_without_markup_is_what_was_typed(content, text):
    assert comment_body(content) == (text, False)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("2 < 3 <b>gras</b>", "<p>2 &lt; 3 <b>gras</b></p>"),
        ("<b>Un</b>\n\nDeux\ntrois", "<p><b>Un</b></p>\n<p>Deux<br>\ntrois</p>"),
        ("Un\n<pre>a\n\nb</pre>\nDeux", "<p>Un</p>\n<pre>a\n\nb</pre>\n<p>Deux</p>"),
        ("<script>alert(1)</script>Un [code]", "<p>Un [code]</p>"),
    ],
)
def test_a_comment_with_markup_gets_its_paragraphs(content, expected):
    assert comment_body(content) == (expected, True)
