import io
import json

import pytest
from django.core.management import CommandError, call_command

from comments.moderation.detectors import off_topic

from .moderation.submissions import BREAD, TRAIN, TYRES

SAID = [
    (
        BREAD,
        [
            "Chez moi la mie reste serrée quand la farine de seigle est trop froide.",
            "La croûte est plus belle avec un four chaud et une pousse lente.",
            "Quelle farine prends-tu pour nourrir ton levain chaque matin ?",
        ],
    ),
    (
        TRAIN,
        [
            "The couchette was narrow on our sleeper too, but the coffee was good.",
            "Booking the sleeper from Zurich took me three websites as well.",
            "A hotel room and a flight to Naples cost twice as much last year.",
        ],
    ),
    (
        TYRES,
        [
            "Mes pneus d'hiver ont crevé sur la même route, au bord du lac.",
            "Je répare la chambre à air de mon vélo cargo avec une rustine.",
            "Quand il gèle, je ne gonfle jamais mes pneus à fond non plus.",
        ],
    ),
]


def rows():
    """Yield each comment under its own post, and under another."""
    for number, (subject, texts) in enumerate(SAID):
        other, _ = SAID[number - 1]
        for text in texts:
            yield row(text, subject, "on_topic", subject)
            yield row(text, other, "off_topic", subject)
    yield row("merci !", BREAD, "on_topic_short", BREAD)


def row(text, subject, label, written_of):
    return {
        "text": text,
        "label": label,
        "language": written_of.language,
        "blog": f"blog {written_of.language}",
        "post_title": subject.title,
        "post_text": subject.body,
        "post_language": subject.language,
    }


def write(path, rows):
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def fit(*arguments):
    out = io.StringIO()
    call_command("fit_relevance", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_weights_are_found_for_each_feature_with_their_signs(tmp_path):
    found = json.loads(fit(write(tmp_path / "pairs.jsonl", rows()), "--json"))

    assert list(found["settled"]["weights"]) == list(off_topic.SETTLED)
    young = found["young"]
    assert list(young["weights"]) == list(off_topic.YOUNG)
    assert young["weights"]["own"][1] < 0
    assert young["strayed"] > 0


def test_figures_tell_languages_lengths_and_what_was_kept_apart(tmp_path):
    found = json.loads(fit(write(tmp_path / "pairs.jsonl", rows()), "--json"))

    figures = found["young"]["figures"]
    assert list(figures) == ["same comments", "posts apart", "blogs apart"]
    assert figures["same comments"]["fr, all"]["comments"] == 12
    assert figures["same comments"]["en, all"]["area"] == 1.0


def test_weights_are_printed_as_they_stand_in_the_source(tmp_path):
    printed = fit(write(tmp_path / "pairs.jsonl", rows()))

    for name, weights in (("SETTLED", off_topic.SETTLED), ("YOUNG", off_topic.YOUNG)):
        block = printed.split(f"{name}: Weights = {{\n")[1].split("}")[0]
        assert [line.split('"')[1] for line in block.splitlines()] == list(weights)
    assert "\nBASE = " in f"\n{printed}"
    assert "\nYOUNG_BASE = " in printed
    assert "\nSTRAYED_WEIGHT = " in printed


def test_nothing_is_fitted_to_comments_of_one_kind(tmp_path):
    alike = [item for item in rows() if item["label"] == "on_topic"]

    with pytest.raises(CommandError, match="of both some"):
        fit(write(tmp_path / "alike.jsonl", alike))


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"gone\.jsonl cannot be read"):
        fit(tmp_path / "gone.jsonl")
