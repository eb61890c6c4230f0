"""Every address of the desk and of the admin, for every role, in every state.

An address that is not in these tables fails the first test: whoever adds one says here
whom it is for.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.redirects.models import Redirect
from django.urls import get_resolver, reverse
from post_office.models import Email

from blog import revisions
from blog.models import Blog, KeptText, Page
from comments import rules, services
from comments.models import (
    Commenter,
    Decision,
    ExportRun,
    Follow,
    ImportRun,
    PostComment,
    Rule,
)

from ..factories import (
    CommentFactory,
    PictureFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
)

Status = PostComment.Status
STAFF = ("Bloggers", "Editors", "Moderators", "Administrators")
ROLES = ("nobody", "reader", *STAFF)
EVERYWHERE = ("Editors", "Moderators", "Administrators")

# The desk: whom an address is for. Those about one comment are for whoever may moderate
# that comment; those with a token, for whoever was sent it.
FOR_MODERATORS = {"queue", "log", "log_file", "mails", "figures"}
FOR_MODERATORS_OF_ALL = {"rules", "new_rule", "change_rule", "remove_rule"}
ABOUT_A_COMMENT = {"review", "reopen"}
TO_READ = {"letter", "lesson"}
ABOUT_DECISIONS = {"together", "undo"}
WITH_A_TOKEN = {"by_mail", "no_digest"}
POST_ALONE = {"reopen", "remove_rule"}

# The admin: who may add, change, delete and view what there.
TEXTS = {"Editors": "acdv", "Administrators": "acdv"}
MAY = {
    "blog_post": {"Bloggers": "acdv", **TEXTS},
    "blog_page": TEXTS,
    "blog_picture": {"Bloggers": "av", **TEXTS},
    "blog_series": {"Bloggers": "v", **TEXTS},
    "blog_tag": {"Bloggers": "av", **TEXTS},
    "blog_blog": {"Administrators": "cv"},
    "comments_postcomment": dict.fromkeys(STAFF, "v"),
    "comments_commenter": dict.fromkeys(EVERYWHERE, "v"),
    "comments_follow": dict.fromkeys(EVERYWHERE, "v"),
    "comments_importrun": {"Administrators": "adv"},
    "comments_exportrun": {"Administrators": "adv"},
    "auth_user": {"Administrators": "acdv"},
    "auth_group": {"Administrators": "acdv"},
    "redirects_redirect": {"Administrators": "acdv"},
    # For the superuser alone: the outbox holds links that were meant for one person.
    "sites_site": {},
    "axes_accessattempt": {},
    "axes_accesslog": {},
    "axes_accessfailurelog": {},
    "post_office_email": {},
    "post_office_log": {},
    "post_office_emailtemplate": {},
    "post_office_attachment": {},
}
NEEDS = {"changelist": "cv", "add": "a", "change": "cv", "delete": "d", "history": "cv"}
# Addresses of the admin that are for more than one model, or for one in its own way.
OF_THEIR_OWN = {
    "index": STAFF,
    "password_change": STAFF,
    "password_change_done": STAFF,
    "jsi18n": STAFF,
    "login": ROLES,
    "logout": ROLES,
    "blog_picture_choose": ("Bloggers", "Editors", "Administrators"),
    "auth_user_password_change": ("Administrators",),
    "autocomplete": (),
    "view_on_site": (),
    "app_list": (),
    "resend": (),
    "post_office_email_preview": (),
    "post_office_email_image": (),
}


# What the write screen asks for beside its pages: below, each by itself.
WRITE_SCREEN = {
    f"blog_{kind}_{action}"
    for kind in ("post", "page")
    for action in ("keep_new", "keep", "throw", "revision")
} | {"blog_picture_send", "comments_exportrun_download"}


def names(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def desk_names():
    (desk,) = [
        pattern
        for pattern in get_resolver().url_patterns
        if getattr(pattern, "namespace", "") == "moderation"
    ]
    return set(names(desk.url_patterns))


def admin_names():
    of_models = {f"{model}_{action}" for model in MAY for action in NEEDS}
    return of_models | set(OF_THEIR_OWN) | WRITE_SCREEN


def test_every_address_has_its_entry():
    of_comments = ABOUT_A_COMMENT | TO_READ | ABOUT_DECISIONS
    of_the_desk = FOR_MODERATORS | FOR_MODERATORS_OF_ALL

    assert desk_names() == of_the_desk | of_comments | WITH_A_TOKEN
    assert set(names(admin.site.get_urls())) == admin_names()


@pytest.fixture
def world(in_role):
    """A blogger with a post, somebody else with another, and comments in each state."""
    blogger = in_role("Bloggers")
    accounts = {role: in_role(role) for role in EVERYWHERE} | {
        "nobody": None,
        "reader": UserFactory(username="reader"),
        "Bloggers": blogger,
    }
    posts = {"own": PostFactory(author=blogger), "foreign": PostFactory()}
    comments = {
        (whose, status): CommentFactory(post=post, status=status)
        for whose, post in posts.items()
        for status in Status
    }
    rule = Rule(author=blogger, kind="word", pattern="casino", effect="allow")
    rules.keep(rule, moderator=blogger)
    return {"accounts": accounts, "posts": posts, "comments": comments, "rule": rule}


@pytest.fixture
def enter(client, world):
    def as_role(role):
        client.logout()
        if world["accounts"][role]:
            client.force_login(world["accounts"][role])
        return client

    return as_role


def refused(role):
    """Somebody unknown is asked to sign in; somebody known is told no."""
    return 302 if role == "nobody" else 403


# The desk --------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_the_desk(enter, world, role):
    client = enter(role)
    for name in sorted(FOR_MODERATORS | FOR_MODERATORS_OF_ALL):
        for_whom = STAFF if name in FOR_MODERATORS else EVERYWHERE
        args = [world["rule"].pk] if name in {"change_rule", "remove_rule"} else []
        url = reverse(f"moderation:{name}", args=args)

        shown, posted = client.get(url).status_code, client.post(url).status_code

        if role not in for_whom:
            assert {shown, posted} == {refused(role)}, name
        else:
            assert shown == (405 if name in POST_ALONE else 200), name
    assert Rule.objects.exists() is (role not in EVERYWHERE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(ABOUT_A_COMMENT))
def test_a_page_about_one_comment(enter, world, role, name):
    client = enter(role)
    for (whose, status), comment in world["comments"].items():
        url = reverse(f"moderation:{name}", args=[comment.pk])
        if role not in STAFF:
            expected = refused(role)
        elif role == "Bloggers" and whose == "foreign":
            expected = 404
        else:
            expected = 200
        shown = client.get(url).status_code
        posted = client.post(url, {"decision": "publish"}).status_code
        comment.refresh_from_db()

        if name in POST_ALONE and role in STAFF:
            assert shown == 405
        else:
            assert shown == expected, (whose, status)
        if expected == 200:
            assert posted == 302
        else:
            assert posted == expected
            assert comment.status == status, (whose, status)
    allowed = {"Bloggers": 1}.get(role, 2) if role in STAFF else 0
    # Published and rejected ones can be reopened, held ones decided.
    assert Decision.objects.count() == allowed * (2 if name == "reopen" else 1)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(TO_READ))
def test_what_is_only_read_about_a_comment(enter, world, role, name):
    client = enter(role)
    for (whose, status), comment in world["comments"].items():
        url = reverse(f"moderation:{name}", args=[comment.pk])
        if role not in STAFF:
            assert {client.get(url).status_code, client.post(url).status_code} == {
                refused(role)
            }
            continue
        is_there = whose == "own" or role in EVERYWHERE
        is_there = is_there and (name == "lesson" or status == Status.HELD)
        assert client.get(url).status_code == (200 if is_there else 404)
        assert client.post(url).status_code == 405


@pytest.mark.parametrize("role", ROLES)
def test_deciding_about_many_reaches_no_further(enter, world, role):
    keys = [comment.pk for comment in world["comments"].values()]
    data = {"comment": keys, "decision": "publish"}

    enter(role).post(reverse("moderation:together"), data)

    decided = set(Decision.objects.values_list("comment", flat=True))
    reached = [whose for whose in ("own", "foreign") if reaches(role, whose)]
    assert decided == {world["comments"][whose, Status.HELD].pk for whose in reached}


@pytest.mark.parametrize("role", ROLES)
def test_undoing_reaches_no_further(enter, world, role):
    chief = world["accounts"]["Administrators"]
    for whose in ("own", "foreign"):
        comment = world["comments"][whose, Status.HELD]
        decision = services.decide(comment, moderator=chief, outcome="publish")

        enter(role).post(reverse("moderation:undo", args=[decision.pk]))

        comment.refresh_from_db()
        expected = Status.HELD if reaches(role, whose) else Status.PUBLISHED
        assert comment.status == expected, whose


def reaches(role, whose):
    return role in EVERYWHERE or (role in STAFF and whose == "own")


@pytest.mark.parametrize("name", sorted(WITH_A_TOKEN))
def test_a_link_of_a_mail_is_nothing_without_its_signature(enter, name):
    url = reverse(f"moderation:{name}", args=["guessed"])

    for role in ROLES:
        assert enter(role).get(url).status_code == 404
        assert enter(role).post(url).status_code == 404


# The admin -------------------------------------------------------------------------


@pytest.fixture
def rows(world):
    """A row of each kind by the name of its model; post and comment are one's own."""
    mail = Email.objects.create(from_email="a@blog.example", to=["b@blog.example"])
    post, chief = world["posts"]["own"], world["accounts"]["Administrators"]
    page = Page.objects.create(title_fr="À propos", body_fr="<p>x</p>", slug="a-propos")
    redirect = Redirect.objects.create(site_id=1, old_path="/a/", new_path="/b/")
    follow = Follow.objects.create(post=post, email="c@mail.example", language="fr")
    return {
        "blog_post": post.pk,
        "blog_page": page.pk,
        "blog_picture": PictureFactory().pk,
        "blog_series": SeriesFactory().pk,
        "blog_tag": TagFactory().pk,
        "blog_blog": Blog.objects.create(title_fr="Les carnets").pk,
        "comments_postcomment": world["comments"]["own", Status.HELD].pk,
        "comments_commenter": Commenter.objects.create(email="d@mail.example").pk,
        "comments_follow": follow.pk,
        "comments_importrun": ImportRun.objects.create(author=chief).pk,
        "comments_exportrun": ExportRun.objects.create(author=chief).pk,
        "auth_user": world["accounts"]["reader"].pk,
        "auth_group": Group.objects.first().pk,
        "redirects_redirect": redirect.pk,
        "sites_site": 1,
        "post_office_email": mail.pk,
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_admin_shows_each_role_its_own(enter, rows, role):
    client = enter(role)
    for model, may in MAY.items():
        granted = may.get(role, "")
        for action, needed in NEEDS.items():
            args = [] if action in {"changelist", "add"} else [rows.get(model, 1)]
            url = reverse(f"admin:{model}_{action}", args=args)

            status = client.get(url).status_code

            if role not in STAFF:
                assert status == 302, url
            elif set(granted) & set(needed):
                assert status == 200, url
            else:
                # A row that is not there for somebody sends them back to the index.
                assert status in {403, 302, 404}, url


@pytest.mark.parametrize("role", ROLES)
def test_other_addresses_of_the_admin(enter, rows, role):
    client = enter(role)
    args = {
        "auth_user_password_change": [rows["auth_user"]],
        "resend": [rows["post_office_email"]],
        "post_office_email_preview": [rows["post_office_email"]],
        "post_office_email_image": [rows["post_office_email"], "0" * 32],
        "view_on_site": [0, 0],
        "app_list": ["post_office"],
    }
    for name, for_whom in OF_THEIR_OWN.items():
        url = reverse(f"admin:{name}", args=args.get(name, []))

        status = client.get(url).status_code

        if name == "logout":
            assert status == (405 if role in STAFF else 302)  # by POST alone
        elif role in for_whom:
            # Who is signed in has no use for the page to sign in.
            assert status == (302 if name == "login" and role in STAFF else 200), url
        else:
            assert status in ({302} if role not in STAFF else {403, 404}), url


@pytest.mark.parametrize("role", STAFF)
def test_what_is_anothers_is_not_there_in_the_admin(enter, world, role):
    client = enter(role)
    post, comment = (
        world["posts"]["foreign"],
        world["comments"]["foreign", Status.HELD],
    )
    for model, row in (("blog_post", post), ("comments_postcomment", comment)):
        may = MAY[model].get(role, "")
        for action in ("change", "delete", "history"):
            url = reverse(f"admin:{model}_{action}", args=[row.pk])

            status = client.get(url).status_code

            if role != "Bloggers" and set(may) & set(NEEDS[action]):
                assert status == 200, url
            else:
                assert status in {302, 403, 404}, url
        assert type(row)._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("role", ROLES)
def test_the_write_screen_keeps_for_those_who_may_write(enter, world, rows, role):
    client = enter(role)
    for kind in ("post", "page"):
        may = MAY[f"blog_{kind}"].get(role, "")
        asked = [("keep_new", [], "a"), ("keep", [rows[f"blog_{kind}"]], "c")]
        for action, args, needed in asked:
            url = reverse(f"admin:blog_{kind}_{action}", args=args)

            status = client.post(url, {"window": "w", "title_fr": "x"}).status_code

            if role not in STAFF:
                assert status == 302, url
            else:
                assert status == (200 if needed in may else 403), url
    foreign = reverse("admin:blog_post_keep", args=[world["posts"]["foreign"].pk])
    status = client.post(foreign, {"window": "w", "title_fr": "x"}).status_code
    assert (status == 200) is (role in TEXTS)
    status = client.post(reverse("admin:blog_picture_send")).status_code
    if role not in STAFF:
        assert status == 302
    else:
        assert status == (200 if "a" in MAY["blog_picture"].get(role, "") else 403)


@pytest.mark.parametrize("role", STAFF)
def test_nobody_throws_away_or_downloads_what_is_anothers(enter, world, rows, role):
    other = UserFactory(username="another")
    kept = KeptText.objects.create(writer=other, kind="post", window="w", fields={})
    export = ExportRun.objects.create(author=other, state="done")
    client = enter(role)

    client.post(reverse("admin:blog_post_throw", args=[kept.pk]))
    client.post(reverse("admin:blog_page_throw", args=[kept.pk]))
    url = reverse("admin:comments_exportrun_download", args=[export.pk])

    assert client.get(url).status_code == 404
    assert KeptText.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize("role", ROLES)
def test_earlier_states_are_for_those_who_may_change_the_text(enter, world, role):
    client = enter(role)
    for whose, post in world["posts"].items():
        revisions.keep_what_was(post)
        version = revisions.versions_of(post)[0].pk
        url = reverse("admin:blog_post_revision", args=[post.pk, version])

        shown, taken = client.get(url).status_code, client.post(url).status_code

        if role in TEXTS or (role == "Bloggers" and whose == "own"):
            assert (shown, taken) == (200, 302), whose
        elif role in STAFF:
            assert {shown, taken} <= {403, 404}, whose
        else:
            assert (shown, taken) == (302, 302)
            assert client.post(url)["Location"].startswith("/admin/login/")


def test_who_has_left_reaches_nothing_any_more(client, world):
    moderator = world["accounts"]["Moderators"]
    client.force_login(moderator)
    type(moderator).objects.filter(pk=moderator.pk).update(is_active=False)

    for name in FOR_MODERATORS:
        assert client.get(reverse(f"moderation:{name}")).status_code == 302
