import re

import pytest

from blog.html import MAX_LENGTH, clean_body, clean_comment, plain_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Bonjour", "<p>Bonjour</p>"),
        ("Un.\n\nDeux,\ntrois.", "<p>Un.</p><p>Deux,<br>trois.</p>"),
        ("if a < b && c > d", "<p>if a &lt; b &amp;&amp; c &gt; d</p>"),
        ("<b>gras</b> ?", "<p>&lt;b&gt;gras&lt;/b&gt; ?</p>"),
        ("écris &eacute;, pas &#233;", "<p>écris &amp;eacute;, pas &amp;#233;</p>"),
        (
            "voir https://exemple.ch/a?b=1",
            '<p>voir <a href="https://exemple.ch/a?b=1" '
            'rel="nofollow ugc noopener">https://exemple.ch/a?b=1</a></p>',
        ),
    ],
)
def test_a_comment_shows_what_was_typed(written, shown):
    assert clean_comment(written) == shown


@pytest.mark.parametrize(
    ("written", "linked"),
    [
        ("(voir exemple.ch).", ["http://exemple.ch"]),
        (
            "http://a-b.exemple.co.uk:80/x-(y)?z.",
            ["http://a-b.exemple.co.uk:80/x-(y)?z"],
        ),
        ("écrire à zoe@exemple.ch, v1.2.com.x, etc...", []),
        (
            "HTTPS://EXEMPLE.COM et www.exemple.info",
            ["HTTPS://EXEMPLE.COM", "http://www.exemple.info"],
        ),
    ],
)
def test_addresses_become_links_without_what_stands_around_them(written, linked):
    assert re.findall(r'href="([^"]*)"', clean_comment(written)) == linked


@pytest.mark.parametrize("piece", ["a-a.a-a.", "A-", "a.a.", "http://a@b.", "(a.-"])
def test_ten_thousand_characters_of_half_addresses_are_text_like_any_other(piece):
    # A pattern that starts anew at each hyphen takes minutes over the first of them.
    row = (piece * 10_000)[:10_000]

    assert clean_comment(row) == f"<p>{row}</p>"


def test_parentheses_are_no_more_than_parentheses_however_many_they_are():
    # Where each of them is a place to start anew, so many take an hour.
    row = "(" * 300_000

    assert clean_comment(row) == f"<p>{row}</p>"
    assert 'href="http://a.ch"' in clean_comment("((Voir (a.ch)))")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>Bip&#7; bip&#x0B;</p>", "<p>Bip bip</p>"),
        ("<p>Bip\x07<em>bip</em>&#xFFFE;</p>", "<p>Bip<em>bip</em></p>"),
        ("<p>&#&#7;7;</p>", "<p>&amp;#7;</p>"),
        (
            '<p><img src="https://exemple.ch/a.png" alt="Un&#1; dessin"></p>',
            '<p><a href="https://exemple.ch/a.png">Un dessin</a></p>',
        ),
    ],
)
def test_what_is_no_character_is_left_out_even_by_its_number(written, shown):
    assert clean_body(written) == shown
    in_comment = clean_comment(written, is_html=True)
    assert in_comment.replace(' rel="nofollow ugc noopener"', "") == shown


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:123">x</a>',
        '<a href="java\tscript:alert(1)">x</a>',
        "<a href=' &#14; javascript:alert(1)'>x</a>",
        '<a href="data:text/html,x">x</a>',
        "<svg onload=alert(1)>",
        '<p style="background:url(//evil.example/x)">x</p>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    ],
)
def test_nothing_that_acts_survives_in_a_post_or_an_imported_comment(attack):
    for html in (clean_body(attack), clean_comment(attack, is_html=True)):
        low = html.lower()
        for trace in ("<script", "onerror", "onload", "javascript:", "data:", "style="):
            assert trace not in low
        assert "alert" not in low


def test_a_picture_of_ours_stays_and_one_elsewhere_becomes_a_link():
    html = clean_body(
        '<p><img src="/media/pictures/a.jpg" alt="Ici">'
        '<img src="https://ailleurs.example/b.jpg" alt="Ailleurs"></p>'
    )

    assert html == (
        '<p><img src="/media/pictures/a.jpg" alt="Ici">'
        '<a href="https://ailleurs.example/b.jpg">Ailleurs</a></p>'
    )


def test_old_tags_become_the_ones_that_mean_something():
    assert clean_body("<p><b>un</b> <i>deux</i></p>") == (
        "<p><strong>un</strong> <em>deux</em></p>"
    )


def test_a_passage_keeps_the_mark_of_its_language():
    assert clean_body('<p>Un <span lang="en">reader</span></p>') == (
        '<p>Un <span lang="en">reader</span></p>'
    )


def test_lists_nested_past_reading_become_plain_text_without_long_work():
    html = clean_body("<ul><li>x" * 3000)

    assert "<ul>" not in html
    assert html.count("x") == 3000


def test_a_text_over_the_limit_is_refused_before_any_cleaning():
    with pytest.raises(ValueError, match="characters"):
        clean_body("x" * (MAX_LENGTH + 1))


def test_plain_text_keeps_words_apart():
    assert plain_text("<p>Un</p><p>deux<br>trois</p>") == "Un deux trois"


@pytest.mark.parametrize(
    "name",
    ["fn1", "fn:1", "fnref:1", "footnote-2", "note3", "_ftn1", "_ftnref1",
     "4fa8e6a1-7b1c-4c7e-9f39-0c2a8f1f8f10",
     "4fa8e6a1-7b1c-4c7e-9f39-0c2a8f1f8f10-link"],
)  # fmt: skip
def test_a_footnote_can_be_gone_to(name):
    note = f'<p><sup><a id="{name}" href="#{name}">1</a></sup></p>'

    assert f'id="{name}"' in clean_body(note)


@pytest.mark.parametrize("name", ["content", "comments", "c12", "write", 'notes"x', ""])
def test_no_other_part_of_the_page_can_be_stood_for(name):
    assert "id=" not in clean_body(f"<p id='{name}'>mot</p>")


def test_what_may_scroll_is_reached_by_the_keyboard_in_its_turn():
    html = '<pre tabindex="5">x</pre><table><tr><td tabindex="3">1</td></tr></table>'

    assert clean_body(html) == (
        '<pre tabindex="0">x</pre><table tabindex="0"><tbody><tr>'
        "<td>1</td></tr></tbody></table>"
    )
    assert clean_comment("<pre>x</pre>", is_html=True) == "<pre>x</pre>"


@pytest.mark.parametrize(
    ("src", "kept"),
    [
        (
            "https://blog.example/pain.jpg",
            '<a href="https://blog.example/pain.jpg">Pain</a>',
        ),
        ("/old/pain.jpg", '<a href="/old/pain.jpg">Pain</a>'),
        ("flags/$c_code.gif", "<span>Pain</span>"),
    ],
)
def test_a_picture_that_stood_beside_its_old_page_is_no_link_to_nowhere(src, kept):
    assert clean_body(f'<img src="{src}" alt="Pain">') == kept
