import pytest

from comments.moderation import pairs, text


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("chain", "chaîne"),
        ("backup", "sauvegarde"),
        ("sourdough", "levain"),
        ("landscape", "paysage"),
        ("deadline", "échéance"),
    ],
)
def test_a_pair_of_the_list_is_known_both_ways(english, french):
    assert text.stem(french, "fr") in pairs.paired(english, "en")
    assert text.stem(english, "en") in pairs.paired(french, "fr")


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("security", "sécurité"),
        ("specialized", "spécialisé"),
        ("optimizing", "optimiser"),
        ("isolated", "isolé"),
        ("contributed", "contribué"),
        ("frequency", "fréquence"),
        ("projects", "projet"),
        ("forest", "forêt"),
    ],
)
def test_words_that_differ_by_their_ending_are_kin(english, french):
    assert text.stem(french, "fr") in pairs.kin(english, "en")


def test_words_that_only_begin_alike_are_no_kin():
    assert text.stem("librairie", "fr") not in pairs.kin("liberal", "en")


def test_each_word_of_the_list_stands_there_once():
    words = [line.split()[0] for line in pairs.LIST.read_text("utf-8").splitlines()]

    assert len(words) == len(set(words))
    assert len(words) > 3000
