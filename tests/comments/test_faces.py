from lxml import html

from comments.faces import face_of
from comments.models import Commenter
from comments.threads import load_thread

from ..factories import CommentFactory


def test_a_face_is_drawn_from_its_seed_alone_and_mirrors_itself():
    assert face_of("a1b2") == face_of("a1b2")
    for number in range(50):
        for stroke in face_of(str(number)).path.split("M")[1:]:
            start, length = int(stroke[0]), int(stroke[-1])
            mirrored = f"M{5 - start - length} {stroke[2]}h{length}"
            assert mirrored in face_of(str(number)).path


def test_faces_differ():
    assert len({face_of(str(number)) for number in range(1000)}) > 990


def test_one_commenter_keeps_their_face_whatever_name_they_take(post):
    commenter = Commenter.objects.create(email="noemie@mail.example")
    CommentFactory(post=post, commenter=commenter)
    CommentFactory(post=post, commenter=commenter, user_name="N.")
    CommentFactory(post=post, user_name="N.")

    first, second, other = [entry.face for entry in load_thread(post).entries]

    assert first == second == face_of(commenter.public_id)
    assert other != first


def test_a_face_is_in_the_page_and_says_nothing_to_who_listens(client, post):
    CommentFactory(post=post)

    page = html.fromstring(client.get(post.get_absolute_url()).content)

    [face] = page.xpath("//h3/svg")
    assert face.get("aria-hidden") == "true"
    assert not page.xpath("//ol//img")
