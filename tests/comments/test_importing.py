import pytest
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext

from blog.importing.wxr import BrokenExport
from blog.models import Post
from comments.importing import import_wordpress
from comments.models import Commenter, Decision, Mention, PostComment, Screening
from tests.blog.importing.exports import comment, export, item, term
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sentences_in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def run(tmp_path):
    """Import an export of these items; return the report."""

    def write_and_import(*items, **options):
        path = tmp_path / "export.xml"
        path.write_text(export(*items), encoding="utf-8")
        return import_wordpress([path], **options)

    return write_and_import


def imported(number):
    return PostComment.objects.get(
        import_key=f"https://carnet.example#comment-{number}"
    )


def shape():
    """Return ``{number there: number of the comment above, or None}``."""
    numbers = {
        row.pk: int(row.import_key.rpartition("-")[2])
        for row in PostComment.objects.all()
    }
    return {
        numbers[row.pk]: numbers[row.parent_id] if row.is_reply else None
        for row in PostComment.objects.all()
    }


def test_a_comment_comes_in_whole(run):
    run(
        item(
            more=comment(
                5,
                "Un <b>beau</b> billet,\nmerci & à bientôt !",
                author="Zo&eacute; &amp; Cie",
                author_email=" Zoe@Mail.example ",
                author_url="https://zoe.example/",
            )
        )
    )

    row = imported(5)
    assert row.content_object == Post.objects.get()
    assert (row.status, row.is_public, row.language) == ("published", True, "fr")
    assert (row.user_name, row.user_url) == ("Zoé & Cie", "https://zoe.example/")
    assert row.commenter == Commenter.objects.get(email="zoe@mail.example")
    assert row.submit_date.isoformat() == "2010-05-05T10:05:00+00:00"
    assert row.ip_address is None
    assert row.html == (
        "<p>Un <strong>beau</strong> billet,<br>\nmerci &amp; à bientôt !</p>"
    )


def test_nobody_is_told_and_nothing_is_judged_again(
    run, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run(item(more=comment(1) + comment(2, approved="0")))

    assert mail.outbox == []
    assert not Screening.objects.exists()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("approved", "status"),
    [("1", "published"), ("approved", "published"), ("0", "held"), ("hold", "held")],
)
def test_what_was_approved_is_published_and_what_waited_waits(run, approved, status):
    report = run(item(more=comment(1, approved=approved)))

    assert imported(1).status == status
    assert imported(1).is_public == (status == "published")
    assert report.comments[status] == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"approved": "spam"}, "spam"),
        ({"approved": "trash"}, "trash"),
        ({"approved": "post-trashed"}, "trash"),
        ({"type": "like"}, "like"),
        ({"type": "order_note"}, "unknown kind"),
        ({"content": ""}, "empty"),
    ],
)
def test_what_is_no_comment_stays_out_and_is_told(run, fields, why):
    report = run(item(more=comment(1, **fields)))

    assert not PostComment.objects.exists()
    assert report.left_out == {("comment", why): 1}


def test_scripts_and_their_addresses_do_not_come_in(run):
    run(
        item(
            more=comment(
                1,
                '<script>alert(1)</script><a href="javascript:x" onclick="y">z</a> <3',
                author="<script>alert(1)</script>",
                author_url="javascript:alert(1)",
            )
        )
    )

    row = imported(1)
    assert row.html == '<p><a rel="nofollow ugc noopener">z</a> &lt;3</p>'
    assert (row.user_name, row.user_url) == ("alert(1)", "")


def test_answers_that_stand_before_what_they_answer_find_it(run):
    run(
        item(
            more=comment(30, parent=20)
            + comment(20, parent=10)
            + comment(10)
            + comment(15, parent=10)
        )
    )

    assert shape() == {10: None, 15: 10, 20: 10, 30: 20}
    in_order = PostComment.objects.order_by("thread_id", "order")
    assert [row.import_key.rpartition("-")[2] for row in in_order] == [
        "10",
        "15",
        "20",
        "30",
    ]


def test_an_answer_to_nobody_begins_a_thread(run):
    report = run(item(more=comment(1, parent=99)))

    assert shape() == {1: None}
    assert report.notes["parent missing"] == 1


def test_an_answer_to_spam_moves_up_to_what_can_be_seen(run):
    report = run(
        item(
            more=comment(1)
            + comment(2, parent=1, approved="spam")
            + comment(3, parent=2)
            + comment(4, parent=1, approved="0")
            + comment(5, parent=4)
            + comment(6, parent=4, approved="0")
        )
    )

    assert shape() == {1: None, 3: 1, 4: 1, 5: 1, 6: 4}
    assert report.notes["parent hidden"] == 2


def test_comments_in_a_circle_begin_threads(run):
    report = run(
        item(
            more=comment(1, parent=2)
            + comment(2, parent=1)
            + comment(3, parent=3)
            + comment(4, parent=1)
        )
    )

    assert shape() == {1: None, 2: None, 3: None, 4: 1}
    assert report.notes["circle"] == 3


def test_answers_too_deep_stand_on_the_last_level(run):
    report = run(item(more="".join(comment(n, parent=n - 1) for n in range(1, 11))))

    assert [imported(n).level for n in range(1, 11)] == [0, 1, 2, 3, 4, 5, 6, 6, 6, 6]
    assert shape()[10] == 6
    assert report.notes["too deep"] == 3


def test_a_comment_without_a_date_has_the_post_s(run):
    report = run(item(more=comment(1, date="", date_gmt="0000-00-00 00:00:00")))

    assert imported(1).submit_date == Post.objects.get().published_at
    assert report.notes["comment without a date"] == 1


def test_names_addresses_and_sites_fit_or_stay_out(run):
    report = run(
        item(
            more=comment(
                1, author="n" * 80, author_url="http://" + "a" * 300 + ".example"
            )
            + comment(2, author="", author_email="nobody", author_url="http://")
            + comment(3, author_email='"a,you@b.example,c"@d.example')
        )
    )

    assert len(imported(1).user_name) == 50
    assert imported(1).user_url == ""
    with translation.override("fr"):  # the language of the comment
        assert imported(2).user_name == gettext("Anonymous")
    assert imported(2).user_email == ""
    assert imported(2).commenter is None
    assert imported(3).user_email == ""
    assert report.notes["comment shortened"] == 1
    assert report.notes["address of a writer dropped"] == 1


def test_the_blogger_s_own_answers_are_the_blogger_s(run):
    lise = UserFactory(username="lise", email="lise@carnet.example")

    run(item(more=comment(1, user_id=1) + comment(2, user_id=77)))

    assert imported(1).user == lise
    assert imported(2).user is None


def test_links_from_elsewhere_become_mentions(run):
    report = run(
        item(
            more=comment(
                1,
                type="pingback",
                author="Ailleurs &raquo; Un billet",
                author_url="https://ailleurs.example/x/",
            )
            + comment(2, type="trackback", author="", author_url="https://b.example/")
            + comment(3, type="pingback", approved="0", author_url="https://c.example/")
            + comment(4, type="pingback", author_url="javascript:alert(1)")
        )
    )

    assert list(Mention.objects.values_list("title", "url", "kind")) == [
        ("Ailleurs » Un billet", "https://ailleurs.example/x/", "pingback"),
        ("b.example", "https://b.example/", "trackback"),
    ]
    assert not PostComment.objects.exists()
    assert report.left_out == {
        ("mention", "not approved"): 1,
        ("mention", "no address"): 1,
    }


def test_comments_under_pages_and_under_what_stayed_out_are_told(run):
    report = run(
        item(1, post_type="page", more=comment(1)),
        item(2, status="trash", more=comment(2)),
        item(3, post_type="page", more=comment(3, type="pingback")),
    )

    assert not PostComment.objects.exists()
    assert report.left_out[("comment", "of a page")] == 1
    assert report.left_out[("comment", "of an item left out")] == 1
    assert report.left_out[("mention", "of a page")] == 1


def test_a_second_run_changes_nothing(run):
    items = [
        item(1, more=comment(1) + comment(2, parent=1) + comment(3, approved="0")),
        item(2, more=comment(4, type="pingback", author_url="https://a.example/")),
    ]
    run(*items)
    PostComment.objects.filter(pk=imported(3).pk).update(status="rejected")
    before = list(PostComment.objects.order_by("pk").values())

    report = run(*items)

    assert report.comments == {"found": 3, "unchanged": 3}
    assert report.mentions == {"found": 1, "unchanged": 1}
    assert list(PostComment.objects.order_by("pk").values()) == before


def test_a_later_export_adds_what_is_new(run):
    run(item(1, more=comment(1)))

    report = run(item(1, more=comment(1) + comment(2, parent=1)), item(2))

    assert shape() == {1: None, 2: 1}
    assert report.comments == {"found": 2, "unchanged": 1, "published": 1}
    assert (report.posts["unchanged"], report.posts["added"]) == (1, 1)


def test_comments_that_share_a_number_both_come_in(run):
    run(item(1, more=comment(1, "Un.")), item(2, more=comment(1, "Deux.")))

    assert set(PostComment.objects.values_list("comment", flat=True)) == {
        "Un.",
        "Deux.",
    }


def test_a_rehearsal_reports_everything_and_writes_nothing(run):
    report = run(item(1, more=comment(1)), dry_run=True)

    assert (report.posts["added"], report.comments["published"]) == (1, 1)
    assert not Post.objects.exists()
    assert not PostComment.objects.exists()


def test_of_a_broken_export_nothing_comes_in(run, tmp_path):
    whole = tmp_path / "first.xml"
    whole.write_text(export(item(1)), encoding="utf-8")
    broken = tmp_path / "second.xml"
    broken.write_text(export(item(2), item(3))[:-80], encoding="utf-8")

    with pytest.raises(BrokenExport, match=r"second\.xml, line"):
        import_wordpress([whole, broken])

    assert not Post.objects.exists()


def test_what_fails_on_the_way_leaves_nothing_behind(run, monkeypatch):
    def fail(*_args):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("comments.bulk.insert", fail)

    with pytest.raises(RuntimeError, match="disk"):
        run(item(1), item(2, more=comment(1)))

    assert not Post.objects.exists()


def test_how_many_questions_are_asked_does_not_grow_with_the_posts(
    run, django_assert_max_num_queries
):
    run(item(99, more=term("Pain") + comment(99)))
    number = iter(range(1, 1000))

    with django_assert_max_num_queries(40):
        run(
            *(
                item(n, more=term("Pain") + comment(next(number)) + comment(300 + n))
                for n in range(1, 41)
            )
        )

    assert Post.objects.count() == 41
    assert PostComment.objects.count() == 81


def test_who_followed_a_post_there_follows_its_conversation_here(run, client):
    run(item(1, more=comment(1)), item(2))

    for number in (1, 2):
        response = client.get(f"/2010/05/04/billet-{number}/feed/")
        post = Post.objects.get(slug=f"billet-{number}")
        assert response.status_code == 301
        feed = client.get(response["Location"]).content.decode()
        assert post.title_fr in feed
        assert ("Tout à fait d’accord." in feed) == (number == 1)
