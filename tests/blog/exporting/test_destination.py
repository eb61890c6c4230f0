from zipfile import ZipFile

import pytest
from django.utils import translation

from blog.exporting.destination import DestinationRefused, Part, destination


class Interrupted(Exception):
    pass


@pytest.mark.parametrize("name", ["blog", "blog.zip"])
def test_nothing_stands_under_the_name_before_all_of_it_is_there(tmp_path, name):
    with destination(tmp_path / name) as place:
        place.write("a/one.txt", "un")
        assert not (tmp_path / name).exists()

    assert (tmp_path / name).exists()
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["blog", "blog.zip"])
def test_what_is_interrupted_leaves_nothing_behind(tmp_path, name):
    def interrupted():
        with destination(tmp_path / name) as place:
            place.write("one.txt", "un")
            raise Interrupted

    with pytest.raises(Interrupted):
        interrupted()

    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled(tmp_path):
    with destination(tmp_path) as place:
        Part(place, "json").write("un/é.txt", "été")

    assert (tmp_path / "json" / "un" / "é.txt").read_text(encoding="utf-8") == "été"


def test_an_archive_holds_what_was_written_and_does_not_pack_pictures_again(tmp_path):
    with destination(tmp_path / "blog.zip") as place:
        place.write("a.txt", "a" * 1000)
        place.write("b.jpg", b"b" * 1000)

    with ZipFile(tmp_path / "blog.zip") as archive:
        assert archive.testzip() is None
        assert archive.read("a.txt") == b"a" * 1000
        assert archive.getinfo("a.txt").compress_size < 100
        assert archive.getinfo("b.jpg").compress_size == 1000


@pytest.mark.parametrize("name", ["kept", "kept.txt", "kept.zip"])
def test_what_is_there_already_is_left_alone(tmp_path, name):
    kept = tmp_path / name
    inside = kept / "mine.txt" if name == "kept" else kept
    inside.parent.mkdir(exist_ok=True)
    inside.write_text("mine")

    with (
        translation.override("en"),
        pytest.raises(DestinationRefused, match="nothing was written"),
        destination(kept),
    ):
        pass

    assert inside.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(DestinationRefused), destination(tmp_path / "file" / "blog"):
        pass
