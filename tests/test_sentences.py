import json

import pytest
from django.utils import translation

from ctts.sentences import Sentence, Told

CUT = Sentence("it breaks off")
BROKEN = Sentence(
    "{file}, line {line}: the export is broken there ({reason}).",
    {"file": "carnet {1}.xml", "line": 7, "reason": CUT},
)


def test_a_sentence_is_said_in_the_language_of_its_reader():
    kept = Sentence.from_json(json.loads(json.dumps(BROKEN.to_json())))

    assert kept == BROKEN
    with translation.override("en"):
        assert str(kept) == (
            "carnet {1}.xml, line 7: the export is broken there (it breaks off)."
        )
    with translation.override("fr"):
        assert "ligne 7" in str(kept)
        assert "breaks" not in str(kept)


def test_a_text_of_nobody_s_is_said_as_it_is():
    assert str(Sentence("50 % {of} it")) == "50 % {of} it"


def test_a_value_is_replaced_wherever_it_is_the_whole():
    assert BROKEN.replacing("carnet {1}.xml", "b.xml").values["file"] == "b.xml"
    assert BROKEN.replacing("carnet", "b") == BROKEN


def test_what_is_raised_says_its_sentence():
    with pytest.raises(Told, match=r"breaks off|interrompt") as raised:
        raise Told("{file}: {reason}", file="a", reason=CUT)

    assert raised.value.sentence.values == {"file": "a", "reason": CUT}
