"""The queue: what comes first, what is set aside, what is found, and what it costs."""

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html as lxml_html

from comments.desk import waiting
from comments.models import Commenter, Decision, PostComment, Screening

from ..factories import CommentFactory, EnglishPostFactory, PostFactory, UserFactory

Status = PostComment.Status
QUEUE = "/moderation/"


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def hold(post, suspicion=None, reasons=("off_topic",), **kwargs):
    """Store a held comment, screened with that suspicion unless it is None."""
    comment = CommentFactory(post=post, status=Status.HELD, **kwargs)
    if suspicion is not None:
        comment.screening = Screening.objects.create(
            comment=comment,
            outcome="hold",
            reasons=list(reasons),
            scores=dict.fromkeys(reasons, 0.9),
            suspicion=suspicion,
        )
        comment.save()
    return comment


def keys_of(response):
    page = lxml_html.fromstring(response.content)
    return [int(card.get("data-pk")) for card in page.find_class("card")]


def test_the_likeliest_innocent_comes_first_and_its_post_with_it(desk):
    calm, busy = PostFactory(), PostFactory()
    order = [
        hold(busy, 0.1).pk, hold(busy, 0.6).pk, hold(busy, 0.9).pk,
        hold(calm, 0.2).pk, hold(calm).pk, hold(calm, 0.8).pk,
    ]  # fmt: skip

    response = desk.get(QUEUE)

    assert keys_of(response) == order
    assert [group["post"] for group in response.context["groups"]] == [busy, calm]


def test_a_group_says_which_post_in_which_language_and_how_it_begins(desk):
    post = EnglishPostFactory()
    hold(post, 0.3)

    (head,) = lxml_html.fromstring(desk.get(QUEUE).content).find_class("group-head")

    assert "Crossing the Alps by night train [en]" in " ".join(
        head.text_content().split()
    )
    (first_lines,) = head.find_class("first-lines")
    assert first_lines.get("lang") == "en"
    assert first_lines.text.startswith("The sleeper left Zurich late")


@pytest.mark.parametrize(
    ("suspicion", "reasons", "site", "is_set_aside"),
    [
        (0.99, ["promotional"], "", True),
        (0.99, ["off_topic", "automated"], "https://win.example/", True),
        # Many people say “Thank you!” in the same words.
        (0.99, ["off_topic", "automated"], "", False),
        (0.94, ["promotional"], "", False),
        (0.99, ["off_topic"], "", False),
        # A person with a tie gets a card, and perhaps a letter.
        (0.99, ["promotional", "undisclosed_affiliation"], "", False),
    ],
)
def test_only_what_is_almost_certainly_advertising_is_set_aside(
    desk, post, suspicion, reasons, site, is_set_aside
):
    comment = hold(post, suspicion, reasons, user_url=site)

    response = desk.get(QUEUE)

    assert keys_of(response) == ([] if is_set_aside else [comment.pk])
    assert len(response.context["pile"]) == is_set_aside


def test_the_pile_is_rejected_in_one_gesture_but_for_what_was_taken_out(
    desk, post, mailoutbox, django_capture_on_commit_callbacks
):
    comments = [hold(post, 0.99, ["promotional"]) for _ in range(3)]
    page = lxml_html.fromstring(desk.get(QUEUE).content)
    (pile,) = page.find_class("pile")
    ticked = [int(box.value) for box in pile.xpath('.//input[@name="comment"]')]
    assert sorted(ticked) == [comment.pk for comment in comments]

    ticked.remove(comments[1].pk)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(pile.action, {"comment": ticked, "decision": "promotional"})

    assert set(PostComment.objects.held()) == {comments[1]}
    assert {d.reason for d in Decision.objects.all()} == {"promotional"}
    assert mailoutbox == []


def test_links_are_bare_with_the_host_they_really_lead_to(desk, post):
    hold(
        post,
        0.5,
        comment='<p>Voyez <a href="https://evil.example/x">www.bank.example</a>, '
        'et <a href="https://аpple.example/">ici</a>.</p>',
        is_html=True,
        user_url="https://mine.example/",
    )

    page = lxml_html.fromstring(desk.get(QUEUE).content)
    (card,) = page.find_class("card")
    hosts = [b.text for b in card.xpath('.//ul[@class="links"]//b')]

    assert hosts == ["evil.example", "xn--pple-43d.example", "mine.example"]
    assert [a for a in card.iter("a") if not a.get("href").startswith("/")] == []


def test_what_became_of_a_writers_other_comments_is_on_the_card(desk, post):
    commenter = Commenter.objects.create(email="noemie@mail.example")
    for number, status in enumerate(["published", "published", "rejected"]):
        CommentFactory(
            post=post, status=status, commenter=commenter, comment=f"Avant {number}"
        )
    hold(post, 0.5, commenter=commenter)

    (card,) = desk.get(QUEUE).context["cards"]

    history = card["history"]
    assert (history["published"], history["rejected"]) == (2, 1)
    assert [c.comment for c in history["latest"]] == ["Avant 2", "Avant 1", "Avant 0"]


@pytest.fixture
def varied(post):
    """Held comments by name, each unlike the others in one thing."""
    commenter = Commenter.objects.create(email="connue@mail.example")
    CommentFactory(post=post, commenter=commenter)
    other = PostFactory()
    old = timezone.now() - timedelta(days=9)
    return {
        "known": hold(post, 0.2, commenter=commenter),
        "english": hold(post, 0.3, language="en", comment="The crumb was tight"),
        "abusive": hold(post, 0.4, ["abusive"], user_name="Zoé"),
        "old": hold(other, 0.5, submit_date=old),
        "elsewhere": hold(other, 0.6),
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"reason": "abusive"}, ["abusive"]),
        ({"language": "en"}, ["english"]),
        ({"writer": "known"}, ["known"]),
        ({"writer": "new", "reason": "off_topic"}, ["english", "old", "elsewhere"]),
        ({"age": "week"}, ["old"]),
        ({"age": "today", "q": "serrée"}, ["known", "abusive", "elsewhere"]),
        ({"q": "CRUMB"}, ["english"]),
        ({"q": "zoé"}, ["abusive"]),
        ({"post": "first"}, ["known", "english", "abusive"]),
        ({"reason": "<x>", "language": "de", "post": "x", "age": "\x00"}, "all"),
    ],
)
def test_one_finds_what_one_asks_for(desk, post, varied, asked, found):
    if asked.get("post") == "first":
        asked = {"post": post.pk}
    wanted = varied if found == "all" else found

    assert keys_of(desk.get(QUEUE, asked)) == [varied[name].pk for name in wanted]


def test_nul_in_a_search_finds_nothing_and_breaks_nothing(desk, varied):
    assert desk.get(QUEUE, {"q": "a\x00b"}).status_code == 200


def test_pages_follow_each_other_by_key_without_gap_or_repeat(desk, monkeypatch):
    monkeypatch.setattr(waiting, "PAGE_LENGTH", 4)
    posts = [PostFactory(), PostFactory()]
    comments = [hold(posts[n % 2], n % 3 / 7) for n in range(11)]
    seen, address = [], f"{QUEUE}?reason=off_topic"
    while address:
        response = desk.get(address)
        seen += keys_of(response)
        links = lxml_html.fromstring(response.content).xpath('//*[@id="more"]/a/@href')
        address = QUEUE + links[0] if links else None

    assert sorted(seen) == sorted(comment.pk for comment in comments)
    assert len(seen) == 11


def test_decisions_without_script_lead_back_to_the_same_place(desk, post):
    first, second = hold(post, 0.2), hold(post, 0.3)
    page = lxml_html.fromstring(desk.get(QUEUE, {"reason": "off_topic"}).content)
    card = page.get_element_by_id(f"comment-{first.pk}")
    (form,) = card.find_class("card-decide")

    response = desk.post(
        form.action, dict(form.form_values()) | {"decision": "abusive"}
    )

    done = Decision.objects.get().pk
    assert response["Location"] == (
        f"{QUEUE}?reason=off_topic&done={done}#comment-{second.pk}"
    )
    assert "Annuler ce que vous" in desk.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    "back", ["//evil.example", "next=//evil.example", "reason=x\r\nX: y", "a" * 9999]
)
def test_the_way_back_leads_nowhere_else(desk, post, back):
    response = desk.post(
        f"/moderation/{hold(post, 0.2).pk}/",
        {"decision": "publish", "back": back, "then": "x"},
    )

    assert response["Location"].startswith(f"{QUEUE}?")
    assert "evil" not in response["Location"]


def test_a_script_is_answered_in_json(desk, post):
    comment = hold(post, 0.2)
    url, asked = f"/moderation/{comment.pk}/", {"Accept": "application/json"}

    assert desk.post(url, {"decision": "x"}, headers=asked).status_code == 400
    answer = desk.post(url, {"decision": "publish"}, headers=asked)
    decision = Decision.objects.get()
    assert answer.json()["undo"] == f"/moderation/decisions/{decision.pk}/undo/"
    late = desk.post(url, {"decision": "abusive"}, headers=asked)
    assert late.status_code == 409
    assert late.json()["told"].startswith("Vous l’avez déjà publié")


def volume(post, number):
    for n in range(number):
        parent = CommentFactory(post=post)
        hold(
            PostFactory() if n % 5 == 0 else post,
            0.2 + n % 7 / 10,
            ["promotional", "automated"],
            parent=parent if n % 5 else None,
            commenter=Commenter.objects.create(email=f"l{n}@{number}.example"),
        )


@pytest.mark.parametrize("number", [3, 30])
def test_the_queue_takes_nine_queries_whatever_its_length(desk, post, number):
    volume(post, number)
    desk.get(QUEUE)

    with CaptureQueriesContext(connection) as queries:
        desk.get(QUEUE)

    assert len(queries) == 9


def test_a_decision_takes_few_queries_and_no_more_in_a_long_queue(desk, post):
    counts = []
    for number in (0, 2, 12):
        volume(post, number)
        comment = hold(post, 0.2, comment="Le pain", user_email="")
        with CaptureQueriesContext(connection) as queries:
            desk.post(
                f"/moderation/{comment.pk}/",
                {"decision": "off_topic"},
                headers={"Accept": "application/json"},
            )
        counts.append(len(queries))

    # The first of all makes the row that says that something was learned.
    assert counts[1] == counts[2] <= 16


def test_a_page_of_three_hundred_stays_under_a_hundred_kilobytes(desk, say, la_pub):
    # A real one, many times over, each time with other words, names and hosts.
    first = say(**la_pub)
    for n in range(299):
        comment = CommentFactory(
            post=first.content_object,
            status=Status.HELD,
            comment=f"{n} {la_pub['text'][n % 40 :]} {n * 7919}",
            user_name=f"Lectrice {n}",
            user_email=f"l{n}@mail{n}.example",
            screening=first.screening,
        )
    page = desk.get(QUEUE)

    assert len(keys_of(page)) + len(page.context["pile"]) == 300
    assert len(gzip.compress(page.content)) < 100_000
    assert comment.user_name in page.content.decode()


def test_who_may_decide_sees_under_a_post_how_many_wait(client, post, moderator):
    hold(post, 0.2)
    link = f"/moderation/?post={post.pk}"
    assert link not in client.get(post.get_absolute_url()).content.decode()
    client.force_login(UserFactory(username="staff", is_staff=True))
    assert link not in client.get(post.get_absolute_url()).content.decode()

    moderator.is_staff = True
    moderator.save()
    client.force_login(moderator)
    page = client.get(post.get_absolute_url()).content.decode()
    assert link in page
    assert "1 commentaire attend ici" in page


def test_a_number_in_other_digits_names_no_decision_to_undo(desk):
    assert desk.get(f"{QUEUE}?done=٣").status_code == 200
