"""What is written to the outbox is what was meant, whoever's words it quotes."""

import pytest
from django.core.mail import EmailMultiAlternatives
from post_office.models import Email

from comments import services

from .factories import CommentFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def outbox(settings):
    """The backend of the running site; nothing leaves it here."""
    settings.EMAIL_BACKEND = "ctts.outbox.EmailBackend"
    settings.POST_OFFICE = {**settings.POST_OFFICE, "DEFAULT_PRIORITY": "medium"}
    return Email.objects


@pytest.mark.parametrize(
    "words",
    [
        "{{ 7 }} {% now 'Y' %} {# nothing #}",
        "{{7*7}} {% endif %} {% verbatim %}",
        "{{{{%%}}}} {{% {{# {%",
        "{% templatetag openblock %} { { } % } &lt; <b>",
        "{%\nnow 'Y' %}",
    ],
)
def test_a_mail_says_what_was_typed_whatever_it_looks_like(outbox, words):
    message = EmailMultiAlternatives(
        f"On {words}", f"They say {words}", "a@blog.example", ["b@blog.example"]
    )
    message.attach_alternative(f"<p>{words}</p>", "text/html")
    message.send()

    kept = outbox.get()

    assert kept.subject == f"On {words}"
    assert kept.message == f"They say {words}"
    assert kept.html_message == f"<p>{words}</p>"


def test_a_comment_does_not_read_secrets_out_by_the_mail_that_quotes_it(
    outbox, moderator, django_capture_on_commit_callbacks
):
    post = PostFactory(title_fr="Écrire {{ deux }} accolades")
    moderator.set_password("known to one person")
    moderator.save()
    CommentFactory(post=post, user=moderator)
    words = (
        f"{{% load comments %}}{{% get_comment_list for blog.post {post.pk} as said %}}"
        "{% for each in said %}{{ each.user.password }}{% endfor %}"
    )
    comment = CommentFactory(post=post, status="held", comment=words)

    with django_capture_on_commit_callbacks(execute=True):
        services.decide(
            comment, moderator=moderator, outcome="reject", reason="abusive"
        )

    kept = outbox.get()
    assert moderator.password not in kept.message
    assert words in kept.message
    assert "Écrire {{ deux }} accolades" in kept.message


@pytest.mark.parametrize("kind", ["to", "cc", "bcc"])
def test_one_address_that_was_typed_is_never_several_in_a_mail(outbox, kind):
    typed = '"a,somebody@else.example,another@else.example,b"@mail.example'
    message = EmailMultiAlternatives("Hello", "You", **{kind: [typed]})

    with pytest.raises(ValueError, match="several addresses"):
        message.send()

    assert not outbox.exists()
