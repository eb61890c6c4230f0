"""What somebody tries who means no good, by the doors that are open to readers."""

from comments.models import PostComment

from .conftest import WELCOME

Status = PostComment.Status


def test_the_blogger_s_address_alone_has_nothing_of_their_credit(say, post, la_pub):
    email = post.author.email
    for number in range(5):
        own = say(f"{WELCOME} {number}", email=email, user=post.author)
        assert own.status == Status.PUBLISHED

    posed_as = say(**la_pub | {"email": email, "name": "Camille"})

    assert posed_as.status == Status.HELD
