import pytest

from blog.importing import php


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("N;", None),
        ("b:1;", True),
        ("i:-12;", -12),
        ("d:0.5;", 0.5),
        ('s:5:"été";', "été"),
        ('s:6:"a";b:1";', 'a";b:1'),
        ("a:0:{}", {}),
        ('a:2:{s:2:"fr";s:4:"chat";s:2:"en";s:3:"cat";}', {"fr": "chat", "en": "cat"}),
        ('a:1:{i:0;a:1:{i:0;s:1:"x";}}', {0: {0: "x"}}),
    ],
)
def test_what_php_serialized_is_read(text, value):
    assert php.loads(text) == value


def test_an_object_is_read_as_data_and_never_made():
    text = 'a:1:{i:0;O:8:"stdClass":1:{s:3:"tag";s:6:"cuisine";}}'

    assert php.loads(text) == {0: {"tag": "cuisine"}}


@pytest.mark.parametrize(
    "length", [0, 3, 14, 99], ids=["none", "short", "in characters", "long"]
)
def test_a_string_whose_length_is_wrong_is_still_read_whole(length):
    text = f'a:2:{{s:2:"en";s:{length}:"Trois « étés »";s:2:"fr";s:2:"ok";}}'

    assert php.loads(text) == {"en": "Trois « étés »", "fr": "ok"}


@pytest.mark.parametrize(
    "text",
    ["", "hello", "a:1:{", 's:3:"abc', "a:x:{}", "i:one;", 's:1:x";', "a:1:{i:0;" * 60],
)
def test_what_php_did_not_write_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        php.loads(text)


def test_what_is_written_is_read_again():
    texts = {"fr": 'Un été « doré » ; "oui"', "en": 'it";s:1:"x'}

    assert php.dumps({"en": "é"}) == 'a:1:{s:2:"en";s:2:"é";}'
    assert php.loads(php.dumps(texts)) == texts
