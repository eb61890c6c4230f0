"""Every page of the desk, and those its mails lead to, before the checkers of pages."""

import re

import pytest
from django.utils import timezone

from comments import digests, rules, services
from comments.models import Digest, Rule

from ..comments.conftest import LA_PUB, WELCOME
from ..factories import CommentFactory, PostFactory, UserFactory
from .checkers import WAYS, errors_in, faults_of, needs_axe, needs_vnu, violations_on

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.pages,
    pytest.mark.django_db(transaction=True),
]
NEW_RULE = "/moderation/rules/new/"


@pytest.fixture
def paths(admin_user, mailoutbox, settings, live_server):
    """A desk with something of everything, and the address of each of its pages."""
    settings.SITE_URL = live_server.url
    post = PostFactory(author=UserFactory())
    held = services.submit(
        post, text=LA_PUB, name="Sandra", email="sandra@rivages-solidaires.example"
    )
    answer = CommentFactory(post=post, parent=CommentFactory(post=post), status="held")
    rejected = CommentFactory(post=post, status="held")
    services.decide(
        rejected, moderator=admin_user, outcome="reject", reason="off_topic",
        note="Dites-nous le lien avec mon billet.", tells_writer=True,
    )  # fmt: skip
    reopened = CommentFactory(post=post, user_url="https://noemie.example/")
    services.reopen(reopened, moderator=admin_user)
    CommentFactory(
        status="held", comment=f"{WELCOME} {'mie' * 90}", affiliation="La Gazette" * 9
    )
    rule = Rule(
        author=admin_user,
        kind="word",
        pattern="casino",
        effect="block",
        reason="promotional",
    )
    rules.keep(rule, moderator=admin_user)
    Digest.objects.create(moderator=admin_user, interval="at_once")
    digests.send_due(timezone.now())
    bodies = " ".join(mail.body for mail in mailoutbox)
    written = re.findall(rf"{live_server.url}(/\S+)", bodies)
    led_to = [path for path in written if "/moderation/" in path or "/amend/" in path]
    assert len(led_to) >= 2 * 4 + 1
    services.decide(answer, moderator=admin_user, outcome="publish")
    return [
        "/moderation/", "/moderation/?q=zanzibar", "/moderation/?reason=promotional",
        *(f"/moderation/{c.pk}/" for c in (held, answer, rejected, reopened)),
        f"/moderation/{held.pk}/letter/?reason=off_topic",
        f"/moderation/{rejected.pk}/lesson/", "/moderation/figures/",
        "/moderation/log/", "/moderation/mails/", "/moderation/rules/", NEW_RULE,
        f"/moderation/rules/{rule.pk}/", *dict.fromkeys(led_to),
    ]  # fmt: skip


def see_what_a_rule_would_do(page):
    page.goto(NEW_RULE)
    page.check("[name=kind][value=word]")
    page.fill("[name=pattern]", "pain")
    page.check("[name=effect][value=block]")
    page.select_option("[name=reason]", "promotional")
    page.locator("main .verbs button").click()
    page.wait_for_selector(".preview")


@needs_vnu
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_desk_is_valid_html(admin_client, paths, tmp_path, language):
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    pages = {path: admin_client.get(path).content for path in paths}

    assert errors_in(pages, tmp_path) == []


@needs_axe
@pytest.mark.parametrize("way", WAYS)
def test_every_page_of_the_desk_is_open_to_everybody(visitor, signed_in, paths, way):
    page = signed_in(**way)
    found = faults_of(page, paths, {200, 410})
    see_what_a_rule_would_do(page)
    found += violations_on(page)
    visitor.troubles[:] = [t for t in visitor.troubles if "410" not in t]

    assert found == []
