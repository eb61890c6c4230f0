"""The demo: what we wrote, how it is loaded, and the generated blog beside it."""

import io
import re
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone, translation

from blog.models import Blog, Page, Picture, Post, Series
from comments import bulk
from comments.demo import content, generated, loader, pictures
from comments.exceptions import TooDeep
from comments.models import Decision, PostComment
from comments.moderation.verdicts import Reason

from ..factories import PostFactory

Status = PostComment.Status
TEXTS = [*content.posts(), *content.blog()["pages"]]
REMARKS = [(text, remark) for text in content.posts() for remark in text.comments]


def load_demo(*arguments):
    """Run the command; return what it said, in English."""
    said = io.StringIO()
    with translation.override("en"):
        call_command("load_demo", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _small_pictures(monkeypatch):
    monkeypatch.setattr(loader, "PICTURE_WIDTH", 64)


def every_row():
    models = [Blog, Post, Page, Picture, PostComment, Decision, get_user_model()]
    return {
        model.__name__: list(model.objects.order_by("pk").values()) for model in models
    }


# What we wrote ---------------------------------------------------------------------


def test_half_of_the_posts_are_in_each_language():
    languages = [text.language for text in content.posts()]

    assert len(languages) == 14
    assert languages.count("fr") == languages.count("en") == 7


@pytest.mark.parametrize("text", content.posts(), ids=lambda text: text.key)
def test_every_post_is_summed_up_in_the_other_language(text):
    other = {"fr": "en", "en": "fr"}[text.language]

    sentences = re.findall(r"[.!?…](?:\s|$)", text.summary[other])
    assert 1 <= len(sentences) <= 4
    assert len(text.summary[other]) > 100


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.key)
def test_french_is_set_as_the_french_set_it(text):
    french = [texts.get("fr", "") for texts in (text.title, text.summary, text.body)]
    words = re.sub(r"<[^>]*>|Coquette11!|Hazel2!", "", "\n".join(french))

    assert re.findall(r".{9}(?:[^\u202f][;!?]|[^\u00a0]:)(?!\d)", words) == []
    assert re.findall(r".{9}«[^\u00a0]|[^\u00a0]».{9}", words) == []
    assert "'" not in words


def test_posts_link_to_posts_that_were_there_before_them():
    age = {text.key: text.days for text in content.posts()}
    links = [
        (text, key)
        for text in content.posts()
        for html in text.body.values()
        for key in content.LINK.findall(html)
    ]

    assert len(links) >= 6
    assert [(text.key, key) for text, key in links if age[key] <= text.days] == []


def test_each_answer_is_later_than_what_it_answers():
    times = {(text.key, r.id): r.after for text, r in REMARKS if r.id}

    for text, remark in REMARKS:
        if remark.to:
            assert times[text.key, remark.to] < remark.after


def test_nothing_was_said_before_its_post_or_after_the_day_of_loading():
    midnight = timezone.make_aware(datetime(2031, 5, 4))

    for text, remark in REMARKS:
        said = text.appears(midnight) + timedelta(hours=remark.after)
        assert text.appears(midnight) < said < midnight


def test_every_address_is_nobodys():
    addresses = [person["email"] for person in content.people().values()]
    addresses += [arrival.email for arrival in content.arrivals()]
    addresses.append(content.blog()["author"]["email"])

    assert [address for address in addresses if not address.endswith(".example")] == []


@pytest.mark.parametrize("name", pictures.DRAWINGS)
def test_a_drawing_is_the_same_each_time(name):
    assert pictures.DRAWINGS[name](64) == pictures.DRAWINGS[name](64)


# What is loaded --------------------------------------------------------------------


class TestTheLoadedDemo(TestCase):
    """Loaded once for all of these tests, which is most of their time."""

    @classmethod
    def setUpTestData(cls):
        with mock.patch.object(loader, "PICTURE_WIDTH", 64):
            with cls.captureOnCommitCallbacks(execute=True):
                load_demo()
            cls.sent = list(mail.outbox)

    def test_nobody_is_written_to(self):
        assert self.sent == []

    def test_the_demo_is_a_whole_blog(self):
        blog = Blog.current()
        assert (blog.title_fr, blog.title_en) == ("La bémol", "A Flat")
        assert Post.objects.published().count() == 12
        assert Post.objects.filter(published_at=None).count() == 1
        assert Post.objects.filter(published_at__gt=timezone.now()).count() == 1
        assert [
            post.full_languages
            for post in Post.objects.filter(slug__contains="stratus")
        ] == [["fr", "en"]]
        assert Series.objects.get().posts.exclude(source_url="").count() == 1
        assert Page.objects.get().full_languages == ["fr", "en"]

    def test_pictures_are_described_or_decorative(self):
        for picture in Picture.objects.all():
            picture.full_clean()
            assert (picture.width, picture.height) == (64, 40)
        assert Picture.objects.filter(is_decorative=True).count() == 1
        assert Picture.objects.filter(caption_fr__contains="Alpes").count() == 1
        assert Picture.objects.exclude(credit="").count() == 1

    def test_links_between_posts_lead_to_their_own_language(self):
        post = Post.objects.get(slug="quatre-mille-hertz")
        linked = Post.objects.get(slug="every-piano-is-slightly-wrong")

        day = timezone.localdate(linked.published_at)
        assert f'href="/en/{day:%Y/%m/%d}/{linked.slug}/"' in post.body_html_fr
        assert not Post.objects.filter(body_html_fr__contains="post:").exists()

    def test_conversations_are_deep_bilingual_and_answered_by_the_blogger(self):
        said = PostComment.objects.published()
        blogger = get_user_model().objects.get(username="blogger")

        assert set(said.values_list("level", flat=True)) == set(range(7))
        assert said.filter(user=blogger, level__gt=0).count() > 20
        assert said.exclude(affiliation="").filter(user_name="Samir H.").count() == 1
        post = Post.objects.get(slug="quatre-mille-hertz")
        assert set(said.on(post).values_list("language", flat=True)) == {"fr", "en"}

    def test_what_waits_was_held_by_the_screening_for_the_reasons_it_gives(self):
        told = set()
        for arrival in content.arrivals():
            comment = PostComment.objects.get(comment=arrival.text)
            screening = comment.screenings.get()
            assert set(arrival.reasons) <= set(screening.reasons), arrival.name
            told |= set(screening.reasons)

        assert told == {reason.value for reason in Reason}
        assert PostComment.objects.held().count() == 12

    def test_one_comment_was_rejected_and_one_published_by_the_moderator(self):
        outcomes = {
            (decision.comment.status, decision.outcome, decision.reason)
            for decision in Decision.objects.all()
        }

        assert outcomes == {
            (Status.REJECTED, "reject", "promotional"),
            (Status.PUBLISHED, "publish", ""),
        }

    def test_a_second_run_changes_nothing_and_says_so(self):
        before = every_row()

        assert load_demo() == "The demo blog is here already. Nothing was changed.\n"
        assert every_row() == before


@pytest.mark.django_db
def test_a_blog_with_posts_of_its_own_is_left_alone():
    PostFactory()

    with pytest.raises(CommandError, match="This blog has texts of its own"):
        load_demo()
    assert Post.objects.count() == 1
    assert not get_user_model().objects.filter(username="admin").exists()


@pytest.mark.django_db
def test_a_blog_that_has_a_name_keeps_it():
    Blog.objects.create(title_fr="Le mien", title_en="Mine")

    load_demo()

    assert Blog.objects.get().title_en == "Mine"


# Accounts --------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_password_can_be_given(monkeypatch):
    monkeypatch.setenv("CTTS_DEMO_PASSWORD", "une clé en poirier")

    said = load_demo("--posts", "1")

    assert "une clé en poirier" not in said
    user = get_user_model().objects.get(username="moderator")
    assert user.check_password("une clé en poirier")


@pytest.mark.django_db
def test_a_password_is_made_and_said_once(monkeypatch):
    monkeypatch.delenv("CTTS_DEMO_PASSWORD", raising=False)

    said = load_demo("--posts", "1")

    password = re.search(r"this password: (\S+)", said)[1]
    for name in ("admin", "blogger", "moderator"):
        assert get_user_model().objects.get(username=name).check_password(password)
    assert "password:" not in load_demo("--posts", "1", "--seed", "2")


@pytest.mark.django_db
def test_an_account_that_exists_keeps_its_password():
    get_user_model().objects.create_user("admin", password="mine")

    said = load_demo("--posts", "1")

    assert "The account “admin” existed and keeps its password." in said
    admin = get_user_model().objects.get(username="admin")
    assert admin.check_password("mine")
    assert not admin.is_superuser


@pytest.mark.django_db
def test_the_blogger_and_the_moderator_have_their_roles():
    load_demo("--posts", "1")

    blogger, moderator = (
        get_user_model().objects.get(username=name) for name in ("blogger", "moderator")
    )
    assert blogger.is_staff
    assert [group.name for group in blogger.groups.all()] == ["Bloggers"]
    assert blogger.has_perms(["blog.add_post", "django_comments.can_moderate"])
    assert not blogger.has_perm("auth.change_user")
    assert moderator.is_staff
    assert [group.name for group in moderator.groups.all()] == ["Moderators"]
    assert moderator.get_all_permissions() == {
        "comments.moderate_every_post",
        "django_comments.can_moderate",
    }


# Any size --------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("each", "counts"), [("3", [3] * 5), ("2.4", [2, 2, 3, 2, 3])])
def test_there_are_as_many_as_asked_for(each, counts):
    load_demo("--posts", "5", "--comments-per-post", each)

    newest_first = Post.objects.order_by("-published_at")
    assert [PostComment.objects.on(post).count() for post in newest_first] == counts
    assert PostComment.objects.published().count() == sum(counts)


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_texts():
    load_demo("--posts", "4", "--comments-per-post", "4")

    assert "Nothing was changed" in load_demo("--posts", "9")
    first = [p.title_fr or p.title_en for p in Post.objects.order_by("-published_at")]
    said = list(PostComment.objects.order_by("pk").values_list("comment", flat=True))
    PostComment.objects.all().delete()
    Post.objects.all().delete()
    load_demo("--posts", "4", "--comments-per-post", "4")
    assert [
        p.title_fr or p.title_en for p in Post.objects.order_by("-published_at")
    ] == first
    assert (
        list(PostComment.objects.order_by("pk").values_list("comment", flat=True))
        == said
    )


@pytest.mark.django_db
def test_batches_make_one_blog(monkeypatch):
    monkeypatch.setattr(generated, "POSTS_PER_BATCH", 2)

    load_demo("--posts", "5", "--comments-per-post", "2")

    assert Post.objects.published().count() == 5
    assert PostComment.objects.count() == 10


@pytest.mark.django_db
def test_generated_posts_may_join_a_blog_with_posts_of_its_own():
    PostFactory()

    load_demo("--posts", "2", "--comments-per-post", "0")

    assert Post.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments",
    [
        ["--comments-per-post", "3"],
        ["--posts", "0"],
        ["--posts", "2", "--comments-per-post", "-1"],
    ],
)
def test_numbers_that_make_no_blog_are_refused(arguments):
    with pytest.raises(CommandError):
        load_demo(*arguments)
    assert not Post.objects.exists()


# In bulk ---------------------------------------------------------------------------

# Which earlier comment each of these answers, by its place in this list.
ANSWERED = [None, 0, None, 0, 1, 2, 4, 1, 0]


def unsaved(post, number, status=Status.PUBLISHED):
    return PostComment(
        content_type=ContentType.objects.get_for_model(Post),
        object_pk=str(post.pk),
        site_id=1,
        status=status,
        user_name=f"Reader {number}",
        user_email="reader@mail.example",
        comment=f"Number {number} & <b>https://mail.example/{number}</b>\n\nagain",
        submit_date=timezone.make_aware(datetime(2024, 2, 3, 4, number)),
    )


def columns(post):
    """Every column of a post's comments, with keys counted from its first comment."""
    rows = list(PostComment.objects.on(post).order_by("pk").values())
    first = rows[0]["id"]
    keys = {"id", "comment_ptr_id", "xtdcomment_ptr_id", "parent_id", "thread_id"}
    return [
        {
            name: value - first if name in keys else value
            for name, value in row.items()
            if name != "object_pk"
        }
        for row in rows
    ]


@pytest.mark.django_db
def test_bulk_writes_what_saving_one_by_one_writes():
    one_by_one, in_bulk = PostFactory(), PostFactory()
    statuses = [Status.PUBLISHED] * 6 + [Status.HELD, Status.REJECTED, Status.PUBLISHED]
    saved = []
    for number, (answered, status) in enumerate(zip(ANSWERED, statuses, strict=True)):
        comment = unsaved(one_by_one, number, status)
        comment.parent_id = 0 if answered is None else saved[answered].pk
        comment.save()
        saved.append(comment)

    new = [unsaved(in_bulk, n, status) for n, status in enumerate(statuses)]
    bulk.insert(
        [
            (comment, None if answered is None else new[answered])
            for comment, answered in zip(new, ANSWERED, strict=True)
        ]
    )

    assert columns(in_bulk) == columns(one_by_one)


@pytest.mark.django_db
def test_bulk_refuses_what_the_form_would_refuse():
    post = PostFactory()
    new = [unsaved(post, n) for n in range(8)]

    with pytest.raises(TooDeep):
        bulk.insert([(new[0], None), *zip(new[1:], new, strict=False)])
    assert not PostComment.objects.exists()


@pytest.mark.django_db
def test_one_can_sign_in_as_the_blogger(rf, monkeypatch):
    monkeypatch.setenv("CTTS_DEMO_PASSWORD", "une clé en poirier")
    load_demo("--posts", "1")

    user = authenticate(rf.post("/"), username="blogger", password="une clé en poirier")

    assert user.get_full_name() == "Hazel Droz"


def test_a_generated_blog_may_have_a_queue_of_any_length(db):
    assert "6 more wait at the desk" in load_demo("--posts", "4", "--held", "6")

    held = PostComment.objects.held()
    assert held.count() == 6
    assert not held.filter(screening=None).exists()
