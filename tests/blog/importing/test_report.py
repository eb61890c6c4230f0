import re

import pytest
from django.utils import translation

from blog.importing import report as words
from blog.importing.report import COUNTS, NOTES, Report


def told(count, language):
    """Return the lines of a report that has ``count`` of everything."""
    report = Report(characters=count)
    for group, names in COUNTS.items():
        getattr(report, group).update(dict.fromkeys(names, count))
    report.lost["text"] = count
    report.notes.update(dict.fromkeys(NOTES, count))
    with translation.override(language):
        return list(report.lines())


@pytest.mark.parametrize(
    ("language", "count", "lines"),
    [
        (
            "en",
            1,
            {
                "New: 1 author, 1 commenter, 1 tag, 1 series, 1 decision of a "
                "moderator, 1 old address that leads to the new one.",
                "  1 title that was too long, shortened",
                "Text: 1 character compared with what is shown here; 1 lost.",
            },
        ),
        (
            "en",
            1234,
            {
                "New: 1,234 authors, 1,234 commenters, 1,234 tags, 1,234 series, 1,234 "
                "decisions of moderators, 1,234 old addresses that lead to the new "
                "ones.",
                "  1,234 titles that were too long, shortened",
                "Text: 1,234 characters compared with what is shown here; 1,234 lost.",
            },
        ),
        ("en", 0, {"New: nothing.", "Posts: 0", "Comments: 0"}),
        (
            "fr",
            1,
            {
                "Du nouveau : 1 auteur, 1 commentateur, 1 mot-clé, 1 série, 1 décision "
                "de la modération, 1 ancienne adresse qui mène à la nouvelle.",
                "  1 titre trop long, raccourci",
                "Images : 1 dans l’export, 1 reprise, 1 absente des fichiers, "
                "1 refusée",
            },
        ),
        (
            "fr",
            1234,
            {
                "Du nouveau : 1 234 auteurs, 1 234 commentateurs, 1 234 mots-clés, "
                "1 234 séries, 1 234 décisions de la modération, 1 234 anciennes "
                "adresses qui mènent aux nouvelles.",
                "  1 234 titres trop longs, raccourcis",
            },
        ),
        ("fr", 0, {"Du nouveau : rien.", "Billets : 0"}),
    ],
)
def test_one_is_told_as_one_and_many_as_many(language, count, lines):
    said = {re.sub(r"[\u00a0\u202f]", " ", line) for line in told(count, language)}

    assert lines <= said


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_line_is_whole(language, count):
    lines = told(count, language)

    assert len(lines) > len(NOTES) + len(words.COUNTS)
    assert not [line for line in lines if "{" in line or "None" in line]
