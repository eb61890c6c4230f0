import pytest

from blog.html import clean_body
from blog.importing.markup import to_html
from blog.importing.measure import measure


def measured(source):
    return measure(source, clean_body(to_html(source).html, language="fr"))


@pytest.mark.parametrize(
    "source",
    [
        "Un mot.\n\nL'autre : <b>gr</b>as &amp; <3, <foo@carnet.example> ?",
        "<ul><li>Un<li>Deux</ul><h1>Titre</h1>",
        "<!-- wp:paragraph --><p>Un</p><!-- /wp:paragraph -->",
        "<pre lang='php'>echo '<b>';</pre> [[gallery]] et [sic]",
        '<code lang="PHP">echo "<td>" . $a;\n</code>',
        '<img src="a.jpg" alt="un mot > deux" title="x">Suite',
        "<table><tr><td>Un</td><td>Deux</td></tr></table>",
        "Une année\u00a0: 2010 &nbsp; «\u00a0ici\u00a0»",
        "",
    ],
)
def test_a_text_that_came_over_whole_has_lost_nothing(source):
    found = measured(source)

    assert (found.lost, found.pieces) == ({}, [])


def test_what_is_no_text_is_counted_by_what_it_was():
    found = measured(
        'Un [gallery ids="1"] [code]a < b[/code]<script>alert(1)</script>'
        '[caption id="x" caption="Ici"]<img src="a.jpg">[/caption]'
    )

    assert found.lost == {
        "[gallery]": 16,
        "[code]": 13,
        "script": 8,
        "[caption]": 38,
    }
    assert found.characters == 2 + 16 + 13 + 3 + 8 + 38
    assert found.pieces == []


def test_a_word_that_is_not_shown_is_lost():
    found = measure("<p>Le chat dort bien.</p>", "<p>Le chat bien.</p>")

    assert (found.lost, found.pieces) == ({"text": 4}, ["dort"])
    assert found.characters == 15


def test_a_long_text_is_measured_soon():
    source = " ".join(f"mot{number}" for number in range(30_000))

    found = measure(f"{source} fin", f"<p>debut {source}</p>")

    assert found.lost == {"text": 3}
