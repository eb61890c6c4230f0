"""What a blogger writes: posts in one of two languages, and what goes with them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from . import renditions
from .fields import CleanHTMLField
from .kept import KeptText as KeptText
from .links import linked_slugs
from .look import COLOUR, Look, is_readable, least_contrast, nearest_readable
from .search import documents
from .typography import set_text

# Texts held in memory while all are prepared again.
PREPARED_AT_ONCE = 200


class Language(models.TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")

    @property
    def other(self):
        """The other language of a bilingual blog: the one of the summaries."""
        return Language.ENGLISH if self == Language.FRENCH else Language.FRENCH


class CommentPolicy(models.TextChoices):
    """What happens to a comment in which nothing was found to hold it for."""

    SCREEN = "screen", _("publish at once, unless something is found")
    HOLD_FIRST = "hold_first", _("hold the first comment of each writer")
    HOLD_ALL = "hold_all", _("hold every comment")
    CLOSED = "closed", _("take no comments")


class Strictness(models.TextChoices):
    """How little is enough to hold a comment."""

    LITTLE = "little", _("hold little")
    BALANCED = "balanced", _("balanced")
    MUCH = "much", _("hold much")


def localized(instance, field, language):
    """Return what ``field`` says in ``language``; empty where nothing was written."""
    return getattr(instance, build_localized_fieldname(field, language)) or ""


def written(instance, field):
    """Return a text and its language: the page's one if it is written in it."""
    here = Language(get_language() or settings.LANGUAGE_CODE)
    for language in (here.value, here.other.value):
        text = localized(instance, field, language)
        if text:
            return text, language
    return "", here.value


class Blog(models.Model):
    """The blog itself. There is one row; ``Blog.current()`` returns it."""

    title = models.CharField(_("title"), max_length=100)
    tagline = models.CharField(_("tagline"), max_length=250, blank=True)
    invitation = models.CharField(
        _("invitation to comment"),
        max_length=300,
        blank=True,
        help_text=_(
            "What you say above the comment form, as you would say it. Empty: that you "
            "read every comment, in either language."
        ),
    )
    comment_policy = models.CharField(
        _("comments"),
        max_length=10,
        choices=CommentPolicy,
        default=CommentPolicy.SCREEN,
    )
    strictness = models.CharField(
        _("screening"),
        max_length=8,
        choices=Strictness,
        default=Strictness.BALANCED,
        help_text=_(
            "Hold little, and some advertising may slip through; hold much, and some "
            "honest comments wait for you."
        ),
    )
    comments_close_after_days = models.PositiveIntegerField(
        _("close comments after (days)"),
        null=True,
        blank=True,
        help_text=_("Leave empty to keep every conversation open."),
    )
    confirms_addresses = models.BooleanField(
        _("ask new writers to confirm their address"),
        default=False,
        help_text=_(
            "A first comment then waits until its writer has followed a link sent to "
            "their address."
        ),
    )

    accent = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        help_text=_(
            "Of links and marks, such as #1d5c8f. Empty: the red of the design."
        ),
    )
    accent_dark = models.CharField(
        _("colour on dark screens"),
        max_length=7,
        blank=True,
        help_text=_("Empty: the same, made lighter until it can be read."),
    )
    header_picture = models.ForeignKey(
        "Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture at the top of the front page"),
    )
    icon = models.ForeignKey(
        "Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("icon"),
        help_text=_(
            "For browsers' tabs and telephones: square, 512 pixels wide or more. "
            "Empty: a speech bubble in your colour."
        ),
    )
    author_name = models.CharField(_("your name"), max_length=100, blank=True)
    portrait = models.ForeignKey(
        "Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("your portrait"),
    )
    about = models.TextField(
        _("about you"),
        max_length=400,
        blank=True,
        help_text=_("A line or two, on the front page."),
    )

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blog")

    def __str__(self):
        return written(self, "title")[0]

    def clean(self):
        self.accent = _readable_colour("accent", self.accent, "light")
        self.accent_dark = _readable_colour("accent_dark", self.accent_dark, "dark")

    @classmethod
    def current(cls):
        blog = cls.objects.select_related("header_picture", "portrait").first()
        return blog or cls(title_fr="CTTS", title_en="CTTS")

    @property
    def look(self):
        dark = self.accent_dark
        if self.accent and not dark:
            dark = nearest_readable(self.accent, "dark")
        return Look(light=self.accent, dark=dark)

    @property
    def says_who_writes(self):
        return bool(self.author_name or self.portrait_id or written(self, "about")[0])


def _readable_colour(field, colour, scheme):
    """Return ``colour`` as it is kept; raise for one that is none or cannot be read."""
    colour = colour.strip().lower()
    if not colour:
        return ""
    if not COLOUR.fullmatch(colour):
        raise ValidationError(
            {field: _("A colour is # and six digits or letters a–f, such as #1d5c8f.")}
        )
    if is_readable(colour, scheme):
        return colour
    sentence = (
        _(
            "%(colour)s is too pale to be read on the page: its contrast is "
            "%(contrast)s, and 4.5 is the least. The nearest that can be read is "
            "%(nearest)s."
        )
        if scheme == "light"
        else _(
            "%(colour)s is too dark to be read on a dark page: its contrast is "
            "%(contrast)s, and 4.5 is the least. The nearest that can be read is "
            "%(nearest)s."
        )
    )
    told = {
        "colour": colour,
        "contrast": number_format(least_contrast(colour, scheme), 1),
        "nearest": nearest_readable(colour, scheme),
    }
    raise ValidationError({field: sentence % told})


class Picture(models.Model):
    """A picture that was checked and made anew on upload (see ``images``)."""

    file = models.ImageField(
        _("file"),
        upload_to="pictures/%Y/%m",
        width_field="width",
        height_field="height",
    )
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    renditions = models.JSONField(
        editable=False,
        null=True,
        help_text="Which smaller copies exist (see renditions.py); null: not made yet.",
    )
    alt = models.CharField(
        _("description for those who do not see it"), max_length=500, blank=True
    )
    is_decorative = models.BooleanField(
        _("purely decorative"),
        default=False,
        help_text=_("It tells nothing; screen readers pass over it."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    import_key = models.CharField(
        max_length=300,
        null=True,
        unique=True,
        editable=False,
        help_text="Where the old blog had it; imports run again by it.",
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.alt or self.file.name.rsplit("/", 1)[-1]

    def save(self, *args, **kwargs):
        is_new_file = not self.file._committed
        super().save(*args, **kwargs)
        if is_new_file or self.renditions is None:
            self.make_renditions()

    def shown_in(self):
        """Return the posts, and the pages, that show this picture in their text."""
        address = self.file.url
        shows = Q(body_fr__contains=address) | Q(body_en__contains=address)
        return Post.objects.filter(shows), Page.objects.filter(shows)

    def make_renditions(self):
        """Make the copies that browsers choose from, and note which there are."""
        self.renditions = renditions.make(self.file)
        super().save(update_fields=["renditions"])

    def clean(self):
        if self.is_decorative:
            return
        missing = {
            build_localized_fieldname("alt", language): _(
                "Describe the picture in this language, or tick “purely decorative”."
            )
            for language in Language.values
            if not localized(self, "alt", language).strip()
        }
        if missing:
            raise ValidationError(missing)


@receiver(post_delete, sender=Picture)
def _files_go_with_their_picture(instance, **kwargs):
    # A signal, because the admin deletes many rows without any method of ours.
    storage, name = instance.file.storage, instance.file.name
    copies = renditions.names(name, instance.renditions)
    transaction.on_commit(lambda: [storage.delete(each) for each in [name, *copies]])


class Series(models.Model):
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("series")
        # English has one word for one and for many.
        verbose_name_plural = pgettext_lazy("several", "series")
        ordering = ["slug"]

    def __str__(self):
        return written(self, "title")[0] or self.slug

    def get_absolute_url(self):
        return reverse("blog:series", args=[self.slug])


class TagQuerySet(models.QuerySet):
    def delete(self):
        """Take the words of these tags out of the search, with the tags."""
        with transaction.atomic():
            tagged = list(Post.objects.filter(tags__in=self).distinct().order_by())
            deleted = super().delete()
            SearchText.write(tagged)
        return deleted


class Tag(models.Model):
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]

    def __str__(self):
        return written(self, "name")[0] or self.slug

    def save(self, *args, **kwargs):
        is_new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if not is_new:
                SearchText.write(self.posts.all())

    def get_absolute_url(self):
        return reverse("blog:tag", args=[self.slug])

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            tagged = list(self.posts.all())
            deleted = super().delete(*args, **kwargs)
            SearchText.write(tagged)
        return deleted


# A draft without a text in its own language.
IDEA = Q(published_at=None) & (
    (Q(original_language="fr") & (Q(body_fr=None) | Q(body_fr="")))
    | (Q(original_language="en") & (Q(body_en=None) | Q(body_en="")))
)


class WritingQuerySet(models.QuerySet):
    def published(self):
        """What anyone may read now: not drafts (no date), not scheduled ones."""
        return self.filter(published_at__lte=timezone.now())

    def in_original_language(self, language):
        return self.filter(original_language=language)

    def ideas(self):
        """Posts in gestation: a title, perhaps a note, and no text yet."""
        return self.filter(IDEA)

    def with_pictures(self):
        return self.filter(Q(body_fr__contains="<img") | Q(body_en__contains="<img"))

    def prepare_again(self):
        """Make the HTML of each again from its source; return how many have changed.

        Not by ``save()``: nobody has modified a text today.
        """
        fields = {
            language: self.model._meta.get_field(f"body_html_{language}")
            for language in Language.values
        }
        changed = 0
        for writing in self.iterator(chunk_size=PREPARED_AT_ONCE):
            html = {
                field.attname: field.prepared(writing, language)
                for language, field in fields.items()
            }
            same = self.model.objects.filter(pk=writing.pk)
            changed += same.exclude(**html).update(**html)
        return changed


class Writing(models.Model):
    """A text in one language, which may also exist in full in the other."""

    original_language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FRENCH
    )
    title = models.CharField(_("title"), max_length=250, blank=True)
    body = models.TextField(_("text"), blank=True)
    body_html = CleanHTMLField(source="body")
    slug = models.SlugField(
        _("slug"),
        max_length=200,
        unique=True,
        help_text=_("The last part of the address."),
    )
    published_at = models.DateTimeField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("Empty: a draft. In the future: it appears by itself that day."),
    )
    modified_at = models.DateTimeField(_("modified on"), auto_now=True)
    import_key = models.CharField(
        max_length=300,
        null=True,
        unique=True,
        editable=False,
        help_text="Which item of which export this came from; imports run again by it.",
    )

    objects = WritingQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.original_title

    def clean(self):
        # A title alone is an idea; a text is needed from the day it will be read.
        needed = ("title", "body") if self.published_at else ("title",)
        missing = {
            build_localized_fieldname(field, self.original_language): _(
                "This is the language you write in: it cannot stay empty."
            )
            for field in needed
            if not localized(self, field, self.original_language).strip()
        }
        if missing:
            raise ValidationError(missing)

    @property
    def is_published(self):
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_scheduled(self):
        return self.published_at is not None and self.published_at > timezone.now()

    @property
    def other_language(self):
        return Language(self.original_language).other.value

    @property
    def original_title(self):
        return localized(self, "title", self.original_language)

    @property
    def full_languages(self):
        """The languages that have title and text, the original one first."""
        languages = [self.original_language, self.other_language]
        return [
            language
            for language in languages
            if localized(self, "title", language) and localized(self, "body", language)
        ]

    @property
    def shown_language(self):
        """The language a reader of the current page gets: theirs if it is written."""
        language = get_language()
        return language if language in self.full_languages else self.original_language

    @property
    def shown_title(self):
        title = localized(self, "title", self.shown_language)
        return set_text(title, self.shown_language)

    @property
    def shown_html(self):
        return localized(self, "body_html", self.shown_language)


class PostQuerySet(WritingQuerySet):
    def editable_by(self, user):
        """What ``user`` may work on if they may work on posts at all: their own, or,
        if they were given that right, everybody's."""
        if user.has_perm("blog.change_every_post"):
            return self
        return self.filter(author=user)

    def for_lists(self):
        """With what a list shows, and without the texts it does not."""
        bodies = [
            build_localized_fieldname(field, language)
            for field in ("body", "body_html")
            for language in Language.values
        ]
        return (
            self.defer("body", "body_html", *bodies)
            .select_related("author", "series", "lead_picture")
            .prefetch_related("tags")
        )


class Post(Writing):
    summary = models.TextField(_("summary"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="posts",
        verbose_name=_("author"),
    )
    comment_policy = models.CharField(
        _("comments"),
        max_length=10,
        choices=CommentPolicy,
        blank=True,
        help_text=_("Empty: as the whole blog does."),
    )
    lead_picture = models.ForeignKey(
        Picture,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("lead picture"),
    )
    series = models.ForeignKey(
        Series,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("series"),
    )
    tags = models.ManyToManyField(
        Tag, blank=True, related_name="posts", verbose_name=_("tags")
    )
    note = models.TextField(
        _("note to yourself"),
        blank=True,
        help_text=_("What this will be about. Only those who can change it read it."),
    )
    is_pinned = models.BooleanField(
        _("pinned"),
        default=False,
        help_text=_("Stays at the top of the first page."),
    )
    source_name = models.CharField(
        _("first published in"),
        max_length=200,
        blank=True,
        help_text=_("The newspaper, newsletter or site where this appeared first."),
    )
    source_url = models.URLField(_("address there"), max_length=500, blank=True)
    source_is_canonical = models.BooleanField(
        _("search engines should prefer that address"), default=False
    )
    is_language_guessed = models.BooleanField(
        _("language guessed by the import"), default=False, editable=False
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        permissions = [("change_every_post", "Can change everybody's posts")]
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="post_by_date"),
            models.Index(
                fields=["published_at"], name="post_pinned", condition=Q(is_pinned=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(source_is_canonical=False) | ~Q(source_url=""),
                name="post_canonical_source_has_address",
            )
        ]

    def save(self, *args, **kwargs):
        with transaction.atomic():
            super().save(*args, **kwargs)
            SearchText.write([self])
            PostLink.write([self])

    def get_absolute_url(self):
        """The address under the language of the page around the link."""
        day = timezone.localdate(self.published_at or timezone.now())
        return reverse(
            "blog:post",
            args=[f"{day.year:04}", f"{day.month:02}", f"{day.day:02}", self.slug],
        )

    def clean(self):
        super().clean()
        if self.source_is_canonical and not self.source_url:
            raise ValidationError(
                {"source_url": _("Search engines need the address they should prefer.")}
            )

    @property
    def other_summary(self):
        return localized(self, "summary", self.other_language)

    @property
    def original_summary(self):
        return localized(self, "summary", self.original_language)

    def is_editable_by(self, user):
        """Whether the post itself is within reach of ``user`` (see ``editable_by``)."""
        return self.author_id == user.pk or user.has_perm("blog.change_every_post")

    def policy_under(self, blog):
        """What happens to comments here: as this post says, else as ``blog`` does."""
        return CommentPolicy(self.comment_policy or blog.comment_policy)

    def takes_comments_under(self, blog):
        """Whether a reader may comment now.

        A post with a policy of its own is not closed by its age: its author has said
        what they want there.
        """
        if not self.is_published or self.policy_under(blog) == CommentPolicy.CLOSED:
            return False
        days = blog.comments_close_after_days
        age = timezone.now() - self.published_at
        return bool(self.comment_policy) or days is None or age.days < days


class SearchText(models.Model):
    """The words of a post as the search knows them, published or not.

    Beside it each database keeps an index of its own (``search.sqlite``,
    ``search.postgres``). ``manage.py reindex`` makes all of it again.
    """

    post = models.OneToOneField(
        Post, on_delete=models.CASCADE, primary_key=True, related_name="search_text"
    )
    title = models.TextField()
    about = models.TextField()
    body = models.TextField()

    class Meta:
        verbose_name = _("words of a post")
        verbose_name_plural = _("words of the posts")

    @classmethod
    def write(cls, posts):
        """Write anew what the search knows of each of ``posts``."""
        cls.objects.bulk_create(
            [cls(post=post, **documents.columns(post)) for post in posts],
            update_conflicts=True,
            unique_fields=["post"],
            update_fields=["title", "about", "body"],
        )


class PostLink(models.Model):
    """A link in the text of a post to another post of this blog, written or not yet."""

    source = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="links")
    slug = models.SlugField(max_length=200, db_index=True)

    class Meta:
        verbose_name = _("link between posts")
        verbose_name_plural = _("links between posts")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "slug"], name="one_link_between_two_posts"
            )
        ]

    def __str__(self):
        return f"{self.source_id} → {self.slug}"

    @classmethod
    def write(cls, posts):
        """Write anew which posts each of ``posts`` leads to."""
        before = {post.pk: {} for post in posts}
        for key, source, slug in cls.objects.filter(source__in=before).values_list(
            "pk", "source", "slug"
        ):
            before[source][slug] = key
        gone, new = [], []
        for post in posts:
            html = " ".join(
                localized(post, "body_html", code) for code in Language.values
            )
            now, known = linked_slugs(html) - {post.slug}, before[post.pk]
            gone += [known[slug] for slug in known.keys() - now]
            new += [cls(source=post, slug=slug) for slug in sorted(now - known.keys())]
        if gone:
            cls.objects.filter(pk__in=gone).delete()
        cls.objects.bulk_create(new, ignore_conflicts=True)


@receiver(m2m_changed, sender=Post.tags.through)
def _tags_are_words_too(instance, action, reverse, pk_set, **kwargs):
    # A signal, because many-to-many rows are written without any method of ours.
    if action in {"post_add", "post_remove", "post_clear"}:
        if not reverse:
            SearchText.write([instance])
        elif pk_set:
            SearchText.write(Post.objects.filter(pk__in=pk_set))


class Page(Writing):
    """A text that is no part of the chronology: “About”, “Contact”."""

    is_in_menu = models.BooleanField(_("in the menu"), default=True)
    position = models.PositiveSmallIntegerField(_("position in the menu"), default=0)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "slug"]

    def get_absolute_url(self):
        return reverse("blog:page", args=[self.slug])
