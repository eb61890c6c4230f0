"""What an import may teach: asked for, and taken back without a trace."""

import pytest
from django.core.management import call_command

from comments import learned, services, welcomed
from comments.models import Commenter, ImportedExample, LearnedExample, PostComment
from comments.moderation.learning import to_bytes
from tests.factories import CommentFactory

pytestmark = pytest.mark.django_db

Status = PostComment.Status
LINK = "Voir aussi https://carnet.example/fournil, j’y raconte mes essais de levain."


def imported(number, **fields):
    fields = {"comment": f"{LINK} Et de {number}."} | fields
    return CommentFactory(import_key=f"https://a.example#comment-{number}", **fields)


@pytest.fixture
def decided(post, moderator):
    held = [
        CommentFactory(post=post, status=Status.HELD, comment=f"Achetez {word} ici")
        for word in ("montres", "bijoux", "crédits")
    ]
    services.decide(
        held[0], moderator=moderator, outcome="reject", reason="promotional"
    )
    services.decide(held[1], moderator=moderator, outcome="reject", reason="automated")
    services.decide(held[2], moderator=moderator, outcome="publish")


def weights():
    return to_bytes(learned.current())


def test_public_comments_teach_and_no_others(post):
    public = imported(1, post=post)
    imported(2, post=post, status=Status.HELD)
    CommentFactory(post=post)

    assert welcomed.learn() == 1

    assert ImportedExample.objects.get().comment == public
    assert not LearnedExample.objects.exists()


def test_what_was_learned_changes_the_weights_and_forgetting_gives_them_back(
    post, decided
):
    before = weights()
    for number in range(4):
        imported(number, post=post)

    assert welcomed.learn() == 4
    assert weights() != before

    assert learned.forget_import() == 4
    assert weights() == before
    learned.relearn()
    assert weights() == before


def test_to_learn_again_gives_the_same_weights(post, decided):
    for number in range(3):
        imported(number, post=post)
    welcomed.learn()
    before = weights()
    seen = list(ImportedExample.objects.values_list("seen", flat=True))

    learned.relearn()

    assert weights() == before
    assert list(ImportedExample.objects.values_list("seen", flat=True)) == seen
    assert welcomed.learn() == 0


def test_the_command_forgets_them_for_good(post, decided, capsys):
    before = weights()
    imported(1, post=post)
    welcomed.learn()

    call_command("relearn", forget_imported=True)

    assert capsys.readouterr().out == (
        "Forgot 1 imported comments.\nLearned again from 3 decisions.\n"
    )
    assert weights() == before


def test_the_newest_are_learned_from_and_decisions_go_first(post, monkeypatch):
    monkeypatch.setattr(learned, "MOST_IMPORTED", 2)
    rows = [imported(number, post=post) for number in range(3)]

    assert welcomed.learn() == 2

    assert set(ImportedExample.objects.values_list("comment", flat=True)) == {
        rows[1].pk,
        rows[2].pk,
    }


def test_who_is_erased_or_brought_back_teaches_no_more(post, moderator):
    writer = Commenter.objects.create(email="lise@mail.example")
    imported(1, post=post, commenter=writer)
    reopened = imported(2, post=post)
    kept = imported(3, post=post)
    welcomed.learn()

    services.erase_author(writer)
    services.reopen(reopened, moderator=moderator)

    assert ImportedExample.objects.get().comment == kept


def test_what_screening_sees_in_honest_comments_is_learned_too(post):
    imported(1, post=post, comment="Code promo BLOG10 : achetez ici, c’est pour rire")

    welcomed.learn()

    assert any(ImportedExample.objects.get().seen["weights"])
