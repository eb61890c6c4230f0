import re

import pytest

from blog.exporting.prose import to_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Un.</p><p>Deux\nlignes.</p>", "Un.\n\nDeux lignes.\n"),
        ("<h2>Titre</h2><p>Mot</p>", "## Titre\n\nMot\n"),
        ("<p>un<br>deux</p>", "un\\\ndeux\n"),
        ("<p><em>mot</em> et <strong>mot</strong></p>", "*mot* et **mot**\n"),
        (
            '<p><a href="/fr/" title="Ici">là</a></p>',
            '[là](/fr/ "Ici")\n',
        ),
        (
            '<p><img src="a b.jpg" alt="Un [chat]" width="3" height="2"></p>',
            "![Un \\[chat\\]](<a b.jpg>)\n",
        ),
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux\n"),
        ('<ol start="3"><li>trois</li></ol>', "3. trois\n"),
        ("<blockquote><p>dit</p></blockquote>", "> dit\n"),
        ("<pre><code>a *b*\n\n  &lt;c&gt;</code></pre>", "```\na *b*\n\n  <c>\n```\n"),
        ("<p><code>a_b*c</code></p>", "`a_b*c`\n"),
    ],
)
def test_what_markdown_can_say_is_said_in_it(html, markdown):
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p># 1 * 2 _ 3</p>", "\\# 1 \\* 2 \\_ 3\n"),
        ("<p>- non</p>", "\\- non\n"),
        ("<p>1. non</p>", "1\\. non\n"),
        ("<p>&lt;b&gt; &amp;amp; [x] `y`</p>", "\\<b\\> \\&amp; \\[x\\] \\`y\\`\n"),
        ("<p>{{% x %}} {{&lt; y &gt;}}</p>", "&#123;&#123;% x %}} {{\\< y \\>}}\n"),
    ],
)
def test_what_was_no_markdown_does_not_become_any(html, markdown):
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        '<table><caption>Prix</caption><tr><th scope="row">Pain</th></tr></table>',
        '<figure><img alt="" src="a.jpg"/><figcaption>Une miche</figcaption></figure>',
        '<p lang="en">Only <em>English</em>.</p>',
        "<pre>un&#10;&#10;<strong>deux</strong></pre>",
        "<pre>```</pre>",
        "<pre>{{&lt; x &gt;}}</pre>",
        "<pre>&#123;&#123;% x %}}</pre>",
        '<ol reversed=""><li>un</li></ol>',
    ],
)
def test_a_block_that_markdown_lacks_stays_html_without_a_blank_line(html):
    assert to_markdown(html) == f"{html}\n"


@pytest.mark.parametrize(
    "html",
    [
        '<span lang="en">word</span>',
        '<sup id="fnref-1"><a href="#fn-1">1</a></sup>',
        "<strong>« mot »</strong>",
        "<s>faux</s> <kbd>Ctrl</kbd>",
        "<code><b>x</b></code>",
        "<code>&#123;&#123;% x %}}</code>",
    ],
)
def test_within_a_line_what_markdown_lacks_stays_html(html):
    markdown = to_markdown(f"<p>Ici {html} là</p>")

    assert markdown == "Ici {} là\n".format(
        html.replace('<a href="#fn-1">1</a>', "[1](#fn-1)")
    )


def test_a_table_in_a_list_keeps_its_place():
    table = "<table><tr><td>x</td></tr></table>"

    markdown = to_markdown(f"<ul><li><p>un</p>{table}</li></ul>")

    assert markdown == f"- un\n\n  {table}\n"


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/a" title="{{% include x %}}">a</a></p>',
        '<p><a href="/{{% x %}}">a</a></p>',
        '<p><abbr title="{{% x %}}">a</abbr></p>',
        '<p><img src="/media/a.jpg" alt="a" title="{{% x %}}"></p>',
    ],
)
def test_nothing_that_is_written_calls_a_program_of_the_site_it_moves_to(html):
    assert not re.search(r"\{\{[<%]", to_markdown(html))
