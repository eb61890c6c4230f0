"""Everything the program says is said in French too, in good typography."""

import io
import re
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from ctts import catalogues

CATALOGUES = sorted(settings.BASE_DIR.glob("*/locale/fr/LC_MESSAGES/django.po"))
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def translated():
    messages = {}
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    messages[message.context, message.id] = message.string
    return messages


def said_in(path):
    """Return what the source at ``path`` says: (context, text or texts)."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is left of a template is indented as no Python is.
        lines = templatize(source).splitlines()
        source = "\n".join(line.strip() for line in lines)
    for _line, found, _comments, context in extract(
        "python", io.BytesIO(source.encode()), keywords=KEYWORDS
    ):
        yield context, found


def sources():
    for folder in ("blog", "comments", "ctts"):
        yield from settings.BASE_DIR.glob(f"{folder}/**/*.py")
    for ending in ("html", "txt"):
        yield from settings.BASE_DIR.glob(f"templates/**/*.{ending}")


def test_every_sentence_of_the_source_is_in_the_catalogues():
    french = translated()
    missing = {
        (str(path.relative_to(settings.BASE_DIR)), message)
        for path in sources()
        for context, message in said_in(path)
        if (context, message) not in french
    }

    assert missing == set()


def test_every_sentence_of_the_catalogues_is_french():
    for (_context, english), french in translated().items():
        forms = [french] if isinstance(french, str) else french
        assert all(forms), english


def test_a_translation_names_what_its_sentence_names():
    for (_context, english), french in translated().items():
        source = english if isinstance(english, str) else english[-1]
        target = french if isinstance(french, str) else french[-1]
        assert sorted(PLACEHOLDER.findall(source)) == sorted(
            PLACEHOLDER.findall(target)
        ), source


def test_french_has_its_own_spaces_quotes_and_apostrophes():
    for _key, french in translated().items():
        for text in [french] if isinstance(french, str) else french:
            shown = re.sub(r"<[^>]*>", "", PLACEHOLDER.sub("x", text))
            assert not re.search(r"[ ][;:!?»]|«[ ]", shown), text
            assert not re.search(r"\w'\w", shown), text
            assert not re.search(r"\w[;!?](\s|$)", shown), text


def test_only_what_is_stale_is_compiled(tmp_path, monkeypatch):
    source = CATALOGUES[0]
    folder = Path(tmp_path, "x/locale/fr/LC_MESSAGES")
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(source.read_bytes())
    monkeypatch.setattr(catalogues, "BASE_DIR", tmp_path)

    assert catalogues.compile_stale() == [folder / "django.mo"]
    assert catalogues.compile_stale() == []
