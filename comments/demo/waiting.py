"""A queue of any length for a generated blog, to measure the desk on.

Each comment comes in as anybody's does and is screened; what is ordinary waits because
the newest posts are made to hold every comment.
"""

import random
import tomllib
from functools import cache
from pathlib import Path

from django.utils.text import slugify

from blog.models import CommentPolicy

from .. import services
from ..models import PostComment
from . import generated

# How often each kind comes in; “comments” are ordinary ones.
KINDS = {"adverts": 4, "invitations": 2, "straying": 1, "comments": 5}
POSTS = 24
# Some that should wait do not, and the same may be drawn twice.
MOST_TRIES = 6
Status = PostComment.Status


@cache
def vocabulary():
    path = Path(__file__).with_name("waiting.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load(posts, number, *, seed):
    """Have comments come in under the newest of ``posts`` until ``number`` are held.

    Returns how many are.
    """
    rng = random.Random(f"{seed}:waiting")  # noqa: S311 (the same queue each time)
    posts = list(posts.order_by("-published_at")[:POSTS])
    strict = posts[: len(posts) // 2 + 1]
    for post in strict:
        post.comment_policy = CommentPolicy.HOLD_ALL
        post.save(update_fields=["comment_policy"])
    held = set()
    for turn in range(number * MOST_TRIES):
        if len(held) == number:
            break
        comment = _arrive(rng, turn, posts, strict)
        if comment.status == Status.HELD:
            held.add(comment.pk)
    return len(held)


def _arrive(rng, turn, posts, strict):
    kind = rng.choices(list(KINDS), weights=KINDS.values())[0]
    post = rng.choice(strict if kind == "comments" else posts)
    topic = post.slug.split("-")[0]
    name = f"{rng.choice(generated.NAMES)} {chr(65 + turn % 26)}."
    email, url = f"{slugify(name)}.{rng.randint(1, 9)}@readers.example", ""
    if kind == "comments":
        text = generated.passage(
            rng, topic, post.original_language, "comments", rng.randint(1, 3)
        )
    else:
        text, host = _filled(rng, kind, post.original_language)
        if kind == "adverts":
            email, url = f"contact{rng.randint(1, 40)}@{host}", f"https://{host}/"
    return services.submit(post, name=name, email=email, url=url, text=text)


def _filled(rng, kind, language):
    """Return a text of that kind, and the host it speaks of."""
    words = vocabulary()
    number = rng.randrange(len(words["brands"]))
    host = words["hosts"][number]
    text = rng.choice(words[kind][language]).format(
        brand=words["brands"][number],
        host=host,
        n=rng.randint(2, 9),
        place=rng.choice(generated.vocabulary()["shared"][language]["places"]),
    )
    return text, host
