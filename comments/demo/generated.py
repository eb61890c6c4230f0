"""A blog of any size, put together from a vocabulary of ours, to measure on.

The same seed always gives the same texts, and fewer posts are the newest of more.
"""

import random
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from blog.models import Language, Post, SearchText, Tag

from .. import bulk
from ..models import Commenter, PostComment

IMPORT_KEY = "generated:{seed}:{number}"
# Posts held in memory at once, with their comments.
POSTS_PER_BATCH = 200
HOURS_BETWEEN_POSTS = 17
WRITERS = 400
NAMES = (
    "Alix", "Basile", "Célia", "Dario", "Elsa", "Farid", "Gwen", "Hugo", "Inès", "Kim",
    "Lou", "Maya", "Nils", "Olga", "Paul", "Rosa", "Sven", "Tess", "Ursula", "Yann",
)  # fmt: skip
# The part of the comments that answer another one, and of those in the post's language.
ANSWERS, IN_ITS_LANGUAGE = 0.45, 0.85
MAX_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Counts:
    posts: int
    comments: int


def posts(seed):
    key = IMPORT_KEY.format(seed=seed, number="")
    return Post.objects.filter(import_key__startswith=key)


def is_loaded(seed):
    return posts(seed).exists()


def load(posts, comments_per_post, *, seed, author):
    """Generate that many posts, and insert them with their comments.

    ``comments_per_post`` is exact where it is whole; 6.6 gives 66 to ten posts. The
    comments are all published. Returns the ``Counts``.
    """
    written = 0
    with transaction.atomic():
        generator = Generator(seed=seed, author=author, now=timezone.now())
        for start in range(0, posts, POSTS_PER_BATCH):
            numbers = range(start, min(start + POSTS_PER_BATCH, posts))
            shares = {
                number: int((number + 1) * comments_per_post + 1e-6)
                - int(number * comments_per_post + 1e-6)
                for number in numbers
            }
            written += generator.insert(shares)
    return Counts(posts=posts, comments=written)


@cache
def vocabulary():
    path = Path(__file__).with_name("vocabulary.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Generator:
    def __init__(self, *, seed, author, now):
        self.seed, self.author, self.now = seed, author, now
        self.content_type = ContentType.objects.get_for_model(Post)
        self.tags = {
            name: _tag(name, t["name"]) for name, t in vocabulary()["topics"].items()
        }
        self.writers = _writers()

    def insert(self, shares):
        """Insert the posts of these numbers, each with its share of comments.

        Returns how many comments there were.
        """
        made = {}
        for number in shares:
            # The same blog from the same seed: nothing here is to be unguessable.
            rng = random.Random(f"{self.seed}:{number}")  # noqa: S311
            topic = rng.choice(list(self.tags))
            made[number] = (rng, topic, self.post(rng, number, topic))
        Post.objects.bulk_create([post for _, _, post in made.values()])
        Post.tags.through.objects.bulk_create(
            Post.tags.through(post=post, tag=self.tags[topic])
            for _, topic, post in made.values()
        )
        SearchText.write(post for _, _, post in made.values())
        answers = [
            answer
            for number, (rng, topic, post) in made.items()
            for answer in self.conversation(rng, topic, post, shares[number])
        ]
        bulk.insert(answers)
        return len(answers)

    def post(self, rng, number, topic):
        language = rng.choice(Language.values)
        other = Language(language).other.value
        body = "".join(
            f"<p>{passage(rng, topic, language, 'sentences', rng.randint(3, 7))}</p>"
            for _ in range(rng.randint(3, 9))
        )
        return Post(
            original_language=language,
            slug=f"{topic}-{self.seed}-{number}",
            author=self.author,
            published_at=self.now - timedelta(hours=HOURS_BETWEEN_POSTS * (number + 1)),
            import_key=IMPORT_KEY.format(seed=self.seed, number=number),
            **{
                f"title_{language}": passage(rng, topic, language, "titles", 1),
                f"summary_{other}": passage(rng, topic, other, "sentences", 2),
                f"body_{language}": body,
            },
        )

    def conversation(self, rng, topic, post, count):
        """Return ``count`` comments on a post, as ``bulk.insert`` wants them."""
        answers, levels = [], {}
        age = (self.now - post.published_at) / timedelta(hours=1)
        times = sorted(rng.uniform(0, 1) ** 3 * min(age, 480) for _ in range(count))
        for hours in times:
            above = [
                pair[0] for pair in answers[-8:] if levels[id(pair[0])] < MAX_LEVEL
            ]
            parent = rng.choice(above) if above and rng.random() < ANSWERS else None
            comment = self.comment(
                rng, topic, post, post.published_at + timedelta(hours=hours)
            )
            levels[id(comment)] = levels[id(parent)] + 1 if parent else 0
            answers.append((comment, parent))
        return answers

    def comment(self, rng, topic, post, when):
        original = Language(post.original_language)
        language = original if rng.random() < IN_ITS_LANGUAGE else original.other
        name, commenter = rng.choice(self.writers)
        return PostComment(
            content_type=self.content_type,
            object_pk=str(post.pk),
            site_id=1,
            status=PostComment.Status.PUBLISHED,
            user_name=name,
            user_email=commenter.email,
            commenter=commenter,
            comment=passage(rng, topic, language.value, "comments", rng.randint(1, 4)),
            language=language.value,
            submit_date=when,
        )


def _tag(slug, names):
    names = {f"name_{language}": name for language, name in names.items()}
    return Tag.objects.get_or_create(slug=slug, defaults=names)[0]


def _writers():
    """Return pairs of a name and a ``Commenter``; there are as many in every blog."""
    emails = {
        f"{NAMES[n % len(NAMES)].lower()}.{n}@readers.example": NAMES[n % len(NAMES)]
        for n in range(WRITERS)
    }
    Commenter.objects.bulk_create(
        [Commenter(email=email) for email in emails], ignore_conflicts=True
    )
    found = Commenter.objects.filter(email__in=emails).order_by("email")
    return [(emails[commenter.email], commenter) for commenter in found]


def passage(rng, topic, language, kind, count):
    """Return ``count`` sentences of a subject, none of them twice."""
    shared = vocabulary()["shared"][language]
    own = vocabulary()["topics"][topic][language]
    patterns = rng.sample(shared[kind] + own.get(kind, []) * 2, count)
    return " ".join(
        _fill(rng, pattern, own["things"], shared["places"]) for pattern in patterns
    )


def _fill(rng, pattern, things, places):
    a, b, c = rng.sample(things, 3)
    text = pattern.format(a=a, b=b, c=c, n=rng.randint(2, 12), place=rng.choice(places))
    return text[0].upper() + text[1:]
