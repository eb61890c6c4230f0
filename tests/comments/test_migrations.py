"""What a migration makes of rows that were there before it."""

from importlib import import_module

import pytest
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

from comments import services
from comments.models import Decision, ImportRun, PostComment, Screening
from ctts.sentences import Sentence

fill = import_module("comments.migrations.0008_fill_suspicion")


@pytest.fixture
def before():
    """Return the models as the migration sees them."""
    executor = MigrationExecutor(connection)
    name = ("comments", "0007_screening_suspicion")
    return executor.loader.project_state(name).apps


def test_older_screenings_tell_how_suspicious_they_were(held_comment, before):
    kept = held_comment.screening
    models.QuerySet(Screening).update(suspicion=None)
    PostComment.objects.update(screening=None)

    fill.point_to_latest_screenings(before, None)

    held_comment.refresh_from_db()
    assert held_comment.screening == kept
    assert held_comment.screening.suspicion == pytest.approx(kept.suspicion)


def test_older_decisions_tell_what_was_before_them(held_comment, moderator, before):
    services.decide(
        held_comment, moderator=moderator, outcome="reject", reason="abusive"
    )
    services.reopen(held_comment, moderator=moderator)
    services.decide(held_comment, moderator=moderator, outcome="publish")
    services.reopen(held_comment, moderator=moderator)
    models.QuerySet(Decision).update(before="")

    fill.say_what_was_before(before, None)

    told = Decision.objects.order_by("pk").values_list("before", flat=True)
    assert list(told) == ["held", "rejected", "held", "published"]


@pytest.mark.django_db(transaction=True)
def test_older_refusals_are_told_as_they_were():
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate([("comments", "0010_moving_out")])
    try:
        old = executor.loader.project_state(("comments", "0010_moving_out")).apps
        runs = old.get_model("comments", "ImportRun").objects
        runs.create(language="fr", state="failed", error="C’est {coupé}.")
        runs.create(language="fr", state="done")
    finally:
        MigrationExecutor(connection).migrate(latest)

    done, failed = ImportRun.objects.all()
    assert str(Sentence.from_json(failed.refusal)) == "C’est {coupé}."
    assert done.refusal is None

    executor = MigrationExecutor(connection)
    executor.migrate([("comments", "0010_moving_out")])
    try:
        assert runs.get(state="failed").error == "C’est {coupé}."
    finally:
        MigrationExecutor(connection).migrate(latest)
