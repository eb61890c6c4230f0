"""Small posts and comments of our own, as the tests need them."""

import factory
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog.models import Picture, Post, Series, Tag
from comments.models import PostComment


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        django_get_or_create = ("username",)

    username = "camille"
    first_name = "Camille"
    email = "camille@blog.example"


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post

    original_language = "fr"
    title_fr = "Le pain au levain, deuxième essai"
    body_fr = (
        "<p>Mon levain a trois semaines et la mie reste trop serrée. J’ai changé de "
        "farine, laissé la pâte lever toute la nuit au frais, et sorti du four une "
        "miche qui sent la noisette.</p>"
    )
    summary_en = (
        "Second try at sourdough bread: another flour, and a night in the cold."
    )
    slug = factory.Sequence(lambda n: f"pain-au-levain-{n}")
    author = factory.SubFactory(UserFactory)
    published_at = factory.LazyFunction(timezone.now)


class EnglishPostFactory(PostFactory):
    original_language = "en"
    title_fr = title = None
    body_fr = None
    summary_en = None
    title_en = "Crossing the Alps by night train"
    body_en = (
        "<p>The sleeper left Zurich late, and I woke up among olive trees. Here is "
        "what the couchette cost, and why I would take the train again.</p>"
    )
    summary_fr = "Traverser les Alpes en train de nuit : le prix, et le réveil."
    slug = factory.Sequence(lambda n: f"night-train-{n}")


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Series

    title_fr = "Chroniques du fournil"
    title_en = "Bakehouse chronicles"
    slug = factory.Sequence(lambda n: f"chroniques-{n}")


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tag

    name_fr = "cuisine"
    name_en = "cooking"
    slug = factory.Sequence(lambda n: f"cuisine-{n}")


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Picture

    file = factory.django.ImageField(width=320, height=200)
    alt_fr = "Une miche dorée"
    alt_en = "A golden loaf"


class CommentFactory(factory.django.DjangoModelFactory):
    """A published comment unless ``status`` says otherwise; ``parent`` to answer."""

    class Meta:
        model = PostComment
        exclude = ("post", "parent")

    post = factory.SubFactory(PostFactory)
    parent = None
    status = PostComment.Status.PUBLISHED
    user_name = "Noémie"
    user_email = "noemie@mail.example"
    comment = (
        "Chez moi aussi la mie reste serrée ; as-tu essayé une farine plus forte ?"
    )
    site_id = 1
    object_pk = factory.LazyAttribute(lambda o: str(o.post.pk))
    parent_id = factory.LazyAttribute(lambda o: o.parent.pk if o.parent else 0)

    @factory.lazy_attribute
    def content_type(self):
        return ContentType.objects.get_for_model(Post)
