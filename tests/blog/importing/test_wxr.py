import gzip

import pytest

from blog.importing import repair, wxr

from .exports import HEAD, TAIL, comment, export, item, meta, term


@pytest.fixture
def read(tmp_path):
    """Write an export and return its site and its items."""

    def write_and_read(content):
        path = tmp_path / "export.xml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        site, *items = wxr.read(path)
        return site, items

    return write_and_read


def test_an_export_is_read_as_plain_data(read):
    site, items = read(
        export(
            item(
                7,
                "Bonjour !",
                title="Été",
                excerpt="Court",
                more=meta("language", "fr")
                + term("Chats", nicename="chats")
                + comment(3, "Ah.", parent=2, author=" Zoé\n"),
            )
        )
    )

    assert (site.title, site.base_blog_url) == (
        "Le vieux carnet",
        "https://carnet.example",
    )
    assert site.authors[0].display_name == "Lise Favre"
    (post,) = items
    assert (post.post_id, post.title, post.content) == ("7", "Été", "Bonjour !")
    assert (post.excerpt, post.creator, post.type) == ("Court", "lise", "post")
    assert post.metadata("language") == ["fr"]
    assert post.terms == [wxr.Term("post_tag", "chats", "Chats")]
    assert (post.comments[0].author, post.comments[0].parent) == ("Zoé", "2")


def test_no_address_of_a_computer_is_ever_read(read):
    _site, (post,) = read(export(item(more=comment(1))))

    assert "192.0.2.7" not in repr(post)


def test_prefixes_that_nobody_declared_do_no_harm(read):
    content = export(item()).replace("xmlns:wp=", "xmlns:other=")
    content = content.replace("<channel>", '<channel><atom:link rel="self"/>')

    _site, items = read(content)

    assert [found.post_id for found in items] == ["1"]


def test_a_piece_of_an_export_is_read_too(read):
    _site, items = read(f"\n\n{item(1)}\n{item(2)}")

    assert [found.post_id for found in items] == ["1", "2"]


def test_blank_lines_before_the_declaration_do_no_harm(read):
    _site, items = read(f"\n\n{export(item())}")

    assert len(items) == 1


def test_control_characters_are_taken_out_and_counted(read):
    site, (post,) = read(export(item(content="a\x00b\x0bc\x1fd")))

    assert post.content == "ab cd"
    assert site.repairs["control characters"] == 3


@pytest.mark.parametrize(
    ("inside", "content"),
    [
        ("fin ]]]]><![CDATA[> de section", "fin ]]> de section"),
        ("fin ]]> de section", "fin ]]> de section"),
        ("<script>//]]></script> suite", "<script>//]]></script> suite"),
        ("un <![CDATA[ dedans ]]> !", "un <![CDATA[ dedans ]]> !"),
    ],
)
def test_the_end_of_a_section_may_stand_in_a_text(read, inside, content):
    _site, (post,) = read(export(item(content=inside)))

    assert post.content == content


def test_text_between_two_sections_is_kept(read):
    _site, (post,) = read(export(item(title="<![CDATA[Un]]> et <![CDATA[deux]]>")))

    assert post.title == "Un et deux"


def test_entities_of_html_and_lone_ampersands_are_mended_outside_sections(read):
    _site, (post,) = read(
        export(
            item(title="Caf&eacute; & th&#233; &lt; &unknown; &#0;", content="&eacute;")
        )
    )

    assert post.title == "Café & thé < &unknown;"
    assert post.content == "&eacute;"


def test_bytes_of_another_encoding_are_read_as_windows_1252(read):
    content = export(item(content="BODY")).encode().replace(b"BODY", b"l\x92\xe9t\xe9")

    site, (post,) = read(content)

    assert post.content == "l’été"
    assert site.repairs["bytes of another encoding"] == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1"])
def test_other_encodings_are_read(read, encoding):
    content = export(item(content="été")).replace(
        "UTF-8", encoding.removesuffix("-sig")
    )

    _site, (post,) = read(content.encode(encoding))

    assert post.content == "été"


def test_a_character_cut_in_two_by_the_reading_is_whole(read, monkeypatch):
    monkeypatch.setattr(repair, "CHUNK", 7)
    text = "é€🐈 ]]> <b>là</b> " * 20

    site, (post,) = read(export(item(content=text)))

    assert post.content == text.strip()
    assert site.repairs["bytes of another encoding"] == 0


def test_marks_of_language_in_a_title_are_no_comments(read):
    title = "<!--:fr-->Chat<!--:--><!--:en-->Cat<!--:-->"

    _site, (post,) = read(export(item(title=title)))

    assert post.title == title


def test_markup_that_is_in_no_section_is_kept(read):
    content = export(item(content="BODY"))
    content = content.replace("<![CDATA[BODY]]>", '<p class="a">Un <b>deux</b></p>')

    _site, (post,) = read(content)

    assert post.content == '<p class="a">Un <b>deux</b></p>'


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (f"{HEAD}{item()[:400]}", 14, "cut off"),
        (f"{HEAD}\n<item></itm>{TAIL}", 15, "another element ends"),
        ("<html><body>Sign in</body></html>", 1, "<html>"),
        ("just words", 1, "nothing in it"),
        ("", 1, "nothing in it"),
        (gzip.compress(b"<rss/>", mtime=0), 1, "gzip"),
        (b"PK\x03\x04....", 1, "zip"),
        ('<?xml version="1.0" encoding="zlib"?><rss/>', 1, "zlib"),
        (
            '<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>',
            2,
            "declares a document type",
        ),
        ("<rss><!ENTITY a 'b'></rss>", 1, "declares a document type"),
    ],
)
def test_a_broken_file_is_told_by_name_and_line(read, content, line, words):
    with pytest.raises(wxr.BrokenExport) as caught:
        read(content)

    assert f"export.xml, line {line}:" in str(caught.value)
    assert words in str(caught.value)


def test_a_text_without_end_is_given_up(read, monkeypatch):
    monkeypatch.setattr(wxr, "MAX_FIELD", 1000)

    with pytest.raises(wxr.BrokenExport, match="longer than any text"):
        read(export(item(content="a" * 1001)))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(wxr.BrokenExport, match=r"nowhere\.xml"):
        list(wxr.read(tmp_path / "nowhere.xml"))
