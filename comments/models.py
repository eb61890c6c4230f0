"""Comments, what screening saw in them, and what people decided."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment, XtdCommentManager

from blog.html import clean_comment, plain_text
from blog.models import Language, Post

from .moderation import rules, verdicts
from .rights import may_moderate, moderates_everywhere


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are written once: a record is no record if it can be changed."""

    def update(self, **kwargs):
        raise TypeError(f"{self.model.__name__} is append-only.")

    def delete(self):
        raise TypeError(f"{self.model.__name__} is append-only.")


class AppendOnly(models.Model):
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} is append-only.")


def new_public_id():
    return secrets.token_hex(8)


class Commenter(models.Model):
    """Somebody who comments here, known by their address and never shown by it."""

    email = models.EmailField(_("email address"), unique=True)
    public_id = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("commenter")
        verbose_name_plural = _("commenters")

    def __str__(self):
        return self.email


class PostCommentQuerySet(models.QuerySet):
    def published(self):
        """What anyone may read. Every public page starts here."""
        return self.filter(status=PostComment.Status.PUBLISHED, is_public=True)

    def held(self):
        """What waits for a moderator; of an erased writer there is nothing to read."""
        return self.filter(status=PostComment.Status.HELD, is_erased=False)

    def on(self, post):
        """What was said under ``post``.

        The type of what it stands under is not asked, since a ``PostComment`` stands
        under posts alone: SQLite would take the index of the type, and read every
        comment of the blog for one conversation.
        """
        return self.filter(object_pk=str(post.pk))

    def by(self, commenter):
        return self.filter(commenter=commenter)

    def moderable_by(self, user):
        """What ``user`` may read and decide about, whatever its status.

        Every page of the desk starts here: no comment for who may not moderate, for a
        blogger those under their own posts, all for the others.
        """
        if not may_moderate(user):
            return self.none()
        if moderates_everywhere(user):
            return self
        own = Post.objects.filter(author=user).order_by()
        keys = own.annotate(key=Cast("pk", CharField(max_length=64))).values("key")
        return self.filter(object_pk__in=keys)


class PostComment(XtdComment):
    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("waiting for its writer's confirmation")
        HELD = "held", _("held")
        PUBLISHED = "published", _("published")
        REJECTED = "rejected", _("rejected")

    status = models.CharField(
        _("status"), max_length=11, choices=Status, default=Status.HELD, db_index=True
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language, blank=True
    )
    affiliation = models.CharField(
        _("declared tie"),
        max_length=200,
        blank=True,
        help_text=_("Whom the writer says they work or speak for."),
    )
    denies_tie = models.BooleanField(_("says there is no tie"), default=False)
    commenter = models.ForeignKey(
        Commenter,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("commenter"),
    )
    is_html = models.BooleanField(
        default=False,
        editable=False,
        help_text="From an engine whose comments hold HTML; ours are typed text.",
    )
    html = models.TextField(blank=True, editable=False)
    screening = models.ForeignKey(
        "Screening",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text="The latest one, so that the queue is read and ordered in one go.",
    )
    honeypot = models.CharField(max_length=200, blank=True, editable=False)
    is_erased = models.BooleanField(default=False, editable=False)
    import_key = models.CharField(
        max_length=300, null=True, unique=True, editable=False
    )

    objects = XtdCommentManager.from_queryset(PostCommentQuerySet)()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [
            ("moderate_every_post", "Can moderate under everybody's posts"),
        ]

    def __str__(self):
        return f"{self.user_name}: {self.comment[:50]}"

    def get_absolute_url(self):
        """The permalink, which leads to the page of the talk where it stands."""
        return reverse("comments:permalink", args=[self.pk])

    def save(self, *args, **kwargs):
        # is_public lives in xtd's parent table, where it is True by default. It repeats
        # the status, so that nothing can be public that was not published.
        self.is_public = self.status == self.Status.PUBLISHED
        self.html = clean_comment(self.comment, is_html=self.is_html)
        super().save(*args, **kwargs)

    @property
    def text(self):
        """The words, as plain text, wherever the comment came from."""
        return plain_text(self.html) if self.is_html else self.comment

    @property
    def fingerprint(self):
        """Stands for all of it that a moderator reads and its writer can change."""
        read = (
            self.comment, self.user_name, self.user_email, self.user_url,
            self.affiliation, str(self.denies_tie),
        )  # fmt: skip
        mac = salted_hmac("comments.read", "\0".join(read), algorithm="sha256")
        return mac.hexdigest()[:20]

    @property
    def is_reply(self):
        """xtd stores the comment's own key as the parent of one that answers none."""
        return self.parent_id not in (0, self.pk)

    @property
    def latest_screening(self):
        return self.screenings.order_by("-pk").first()


class ScreeningQuerySet(AppendOnlyQuerySet):
    def forget_words(self):
        """Drop what was quoted of a writer who is erased; what followed from it stays.

        The one change to a record that there is: the right to be forgotten goes first.
        """
        return models.QuerySet.update(self, evidence=[])


class Screening(AppendOnly):
    """What the machine saw in a comment, and what followed from it, at one time.

    ``scores`` maps a reason to its probability or null; ``evidence`` is a list of
    ``{reason, weight, excerpt, code, details}`` (see ``moderation.verdicts``).
    ``suspicion`` is all of it as one probability (see ``moderation.policy``); null only
    where the scores were too old to tell.
    """

    comment = models.ForeignKey(
        PostComment, on_delete=models.PROTECT, related_name="screenings"
    )
    outcome = models.CharField(
        max_length=7, choices=[(o.value, o.value) for o in verdicts.Outcome]
    )
    reasons = models.JSONField(default=list)
    scores = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    failures = models.JSONField(default=list)
    policy = models.CharField(max_length=20, blank=True)
    suspicion = models.FloatField(null=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")


class DecisionQuerySet(AppendOnlyQuerySet):
    def last_on(self, comment):
        """The latest thing that a person decided about ``comment``, if anybody did."""
        return self.filter(comment=comment).order_by("-pk").first()

    def telling_if_last(self):
        """With ``is_last``: whether nothing was decided on the comment since."""
        since = Decision.objects.filter(comment=OuterRef("comment"))
        return self.annotate(is_last=~Exists(since.filter(pk__gt=OuterRef("pk"))))

    def forget_words(self):
        """Drop what was written to somebody who is erased: letters quote them."""
        return models.QuerySet.update(self, note="")


class Decision(AppendOnly):
    """What a person decided. A rejection says why; nothing is ever rewritten.

    Each row leaves its comment in a state: ``outcome`` and ``reason`` say which, and
    ``before`` the status it had until then. To undo is to add a row that says again
    what the row before the undone one said.
    """

    class Outcome(models.TextChoices):
        PUBLISH = "publish", _("published")
        REJECT = "reject", _("rejected")
        REOPEN = "reopen", _("reopened")
        # Undone, and nobody had decided anything before.
        RESTORE = "restore", _("as it was")

    class Reason(models.TextChoices):
        OFF_TOPIC = "off_topic", _("off topic")
        PROMOTIONAL = "promotional", _("advertising")
        UNDISCLOSED_AFFILIATION = "undisclosed_affiliation", _("hidden tie")
        AUTOMATED = "automated", _("sent by a machine")
        ABUSIVE = "abusive", _("hurtful")

    comment = models.ForeignKey(
        PostComment, on_delete=models.PROTECT, related_name="decisions"
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="decisions",
        null=True,
        help_text="Null where the comment's own writer brought it back, amended.",
    )
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=23, choices=Reason, blank=True)
    note = models.TextField(_("note to the writer"), blank=True)
    before = models.CharField(
        max_length=11, choices=PostComment.Status, blank=True, editable=False
    )
    batch = models.CharField(
        max_length=16,
        blank=True,
        db_index=True,
        editable=False,
        help_text="Shared by what was decided in one gesture, and is undone in one.",
    )
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undoing"
    )
    screening = models.ForeignKey(
        Screening,
        on_delete=models.PROTECT,
        null=True,
        related_name="decisions",
        help_text="What was seen in the comment when it was decided on.",
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="reject") | ~Q(reason=""),
                name="decision_rejection_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="reopen") | Q(moderator__isnull=False),
                name="decision_is_by_somebody",
            ),
        ]

    @property
    def is_in_force(self):
        """Whether something follows from it, if it is the last on its comment."""
        return self.outcome in {self.Outcome.PUBLISH, self.Outcome.REJECT}

    @property
    def by(self):
        """The name of who decided; the comment's writer brought it back themselves."""
        if self.moderator is None:
            return _("its writer")
        return self.moderator.get_full_name() or self.moderator.get_username()


class AmendmentQuerySet(AppendOnlyQuerySet):
    def forget_words(self):
        """Drop the words of a writer who is erased; that they answered stays."""
        return models.QuerySet.update(self, text="", affiliation="")


class Amendment(AppendOnly):
    """What a comment said before its writer amended it, in answer to a rejection.

    They may do so once for each comment.
    """

    comment = models.OneToOneField(
        PostComment, on_delete=models.PROTECT, related_name="amendment"
    )
    rejection = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(blank=True)
    affiliation = models.CharField(max_length=200, blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")


class LearnedExample(models.Model):
    """A decision in force, as the numbers that are learned from (see ``learned.py``).

    Derived from the decisions alone: ``relearn`` makes them again.
    """

    decision = models.OneToOneField(
        Decision, on_delete=models.CASCADE, primary_key=True, related_name="example"
    )
    label = models.CharField(max_length=23)
    places = models.BinaryField()
    values = models.BinaryField()
    seen = models.JSONField()


class ImportedExample(models.Model):
    """A comment that was public on the old blog, to be learned from as welcome here.

    ``seen`` is what screening saw in it when it came in. No decision: nobody took one.
    """

    comment = models.OneToOneField(
        PostComment,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="imported_example",
    )
    places = models.BinaryField()
    values = models.BinaryField()
    seen = models.JSONField()


class LearnedWeights(models.Model):
    """What all examples teach: one row for the whole blog.

    ``mark`` changes with every decision; the weights are those of ``fitted_mark``.
    """

    mark = models.CharField(max_length=16)
    fitted_mark = models.CharField(max_length=16, blank=True)
    data = models.BinaryField(default=bytes)


class Follow(models.Model):
    """Somebody who wants to hear of a conversation, their address once confirmed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="follows")
    email = models.EmailField(_("email address"))
    language = models.CharField(max_length=2, choices=Language)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "email"], name="one_follow_per_post"
            )
        ]


class Mention(models.Model):
    """A pingback or trackback that came in with an import: another site's link."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address"), max_length=500)
    kind = models.CharField(max_length=20)
    mentioned_at = models.DateTimeField(null=True)
    import_key = models.CharField(max_length=300, unique=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["mentioned_at", "pk"]


class ImportRun(models.Model):
    """Moving in by the admin: what was uploaded, how far it is, and what came of it.

    A run is checked first (a rehearsal), then carried out, each in a process of its
    own (see ``import_runs``).
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("being looked through")
        CHECKED = "checked", _("looked through, nothing brought in yet")
        RUNNING = "running", _("coming in")
        DONE = "done", _("all in")
        FAILED = "failed", _("refused")

    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.CHECKING, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="import_runs",
        verbose_name=_("started by"),
    )
    language = models.CharField(max_length=2, choices=Language, editable=False)
    learns = models.BooleanField(
        _("learn from its comments"), default=False, editable=False
    )
    names = models.JSONField(_("files"), default=list, editable=False)
    report = models.JSONField(null=True, editable=False)
    refusal = models.JSONField(
        null=True, editable=False, help_text="A sentence (see ``ctts.sentences``)."
    )
    created_at = models.DateTimeField(_("started on"), auto_now_add=True)

    class Meta:
        verbose_name = _("move from WordPress")
        verbose_name_plural = _("moves from WordPress")
        ordering = ["-pk"]

    def __str__(self):
        return ", ".join(self.names)


class ExportRun(models.Model):
    """A download of the blog that somebody asked for in the admin: kept for a day.

    It is made in a process of its own (see ``export_runs``).
    """

    class State(models.TextChoices):
        RUNNING = "running", _("being prepared")
        DONE = "done", _("ready")

    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.RUNNING, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        editable=False,
        related_name="export_runs",
        verbose_name=_("asked for by"),
    )
    language = models.CharField(max_length=2, choices=Language, editable=False)
    formats = models.JSONField(_("formats"), default=list, editable=False)
    tally = models.JSONField(
        default=dict, editable=False, help_text="What it holds, counted."
    )
    size = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("asked for on"), auto_now_add=True)

    class Meta:
        verbose_name = _("download of the blog")
        verbose_name_plural = _("downloads of the blog")
        ordering = ["-pk"]

    def __str__(self):
        return ", ".join(self.formats)


class RuleTerms(models.Model):
    """What a rule says, at the desk and in the log of what was changed about it."""

    class Kind(models.TextChoices):
        WORD = rules.Kind.WORD.value, _("word or words")
        HOST = rules.Kind.HOST.value, _("site")
        ADDRESS = rules.Kind.ADDRESS.value, _("e-mail address")
        COMMENTER = rules.Kind.COMMENTER.value, _("person")

    class Effect(models.TextChoices):
        BLOCK = rules.Effect.BLOCK.value, _("waits for a moderator")
        ALLOW = rules.Effect.ALLOW.value, _("appears at once")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    pattern = models.CharField(_("what"), max_length=200, blank=True)
    effect = models.CharField(_("effect"), max_length=5, choices=Effect)
    reason = models.CharField(
        _("reason"), max_length=23, choices=Decision.Reason, blank=True
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def subject(self):
        """The word, site or address; of a person, their address."""
        if self.kind != self.Kind.COMMENTER:
            return self.pattern
        return self.commenter.email if self.commenter else ""


class RuleQuerySet(models.QuerySet):
    def in_force(self):
        """Those whose last day, if they have one, is not over."""
        today = timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))


class Rule(RuleTerms):
    """What moderators said in advance of a word, a site, an address or a person."""

    commenter = models.ForeignKey(
        Commenter, on_delete=models.CASCADE, null=True, blank=True, related_name="rules"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rules"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="commenter", commenter__isnull=False, pattern="")
                | (~Q(kind="commenter") & Q(commenter=None) & ~Q(pattern="")),
                name="rule_is_about_something",
            ),
            models.CheckConstraint(
                condition=~Q(effect="block") | ~Q(reason=""),
                name="rule_blocking_has_reason",
            ),
            models.UniqueConstraint(
                fields=["kind", "pattern"],
                condition=Q(commenter=None),
                name="one_rule_per_pattern",
            ),
            models.UniqueConstraint(
                fields=["commenter"], name="one_rule_per_commenter"
            ),
        ]

    @property
    def is_over(self):
        return self.ends_on is not None and self.ends_on < timezone.localdate()


class RuleChange(RuleTerms, AppendOnly):
    """A rule as somebody made, changed or removed it; nothing is ever rewritten."""

    class Action(models.TextChoices):
        MADE = "made", _("rule made")
        CHANGED = "changed", _("rule changed")
        REMOVED = "removed", _("rule removed")

    action = models.CharField(_("action"), max_length=7, choices=Action)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rule_changes"
    )
    # Of an erased person nothing is left here that would name them.
    commenter = models.ForeignKey(
        Commenter, on_delete=models.SET_NULL, null=True, related_name="rule_changes"
    )

    class Meta:
        verbose_name = _("change of a rule")
        verbose_name_plural = _("changes of rules")


class DigestQuerySet(models.QuerySet):
    def due(self, now):
        """Those whose time has come: an hour or a day after the last that was sent."""
        waited = Q(sent_at=None) | Q(interval=Digest.Interval.AT_ONCE)
        for interval, pause in Digest.PAUSES.items():
            waited |= Q(interval=interval, sent_at__lte=now - pause)
        return self.exclude(interval=Digest.Interval.NEVER).filter(waited)


class Digest(models.Model):
    """How often, and in which language, a moderator hears of what waits."""

    class Interval(models.TextChoices):
        AT_ONCE = "at_once", _("at once, for each comment")
        HOURLY = "hourly", _("once an hour, if something waits")
        DAILY = "daily", _("once a day, if something waits")
        NEVER = "never", _("never")

    # Shorter than the hour and the day by what a cron job may come early.
    PAUSES = {
        Interval.HOURLY: timedelta(minutes=55),
        Interval.DAILY: timedelta(hours=23, minutes=30),
    }

    moderator = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest"
    )
    interval = models.CharField(
        _("how often"), max_length=7, choices=Interval, default=Interval.DAILY
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language,
        default=settings.LANGUAGE_CODE,
    )
    sent_at = models.DateTimeField(null=True, editable=False)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")


class Told(models.Model):
    """That a moderator was told of a comment by mail, so that they are told once.

    ``reopening`` is the key of the last decision before (0: none): a comment that was
    reopened is news again.
    """

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="told")
    comment = models.ForeignKey(
        PostComment, on_delete=models.CASCADE, related_name="told"
    )
    reopening = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "comment", "reopening"], name="told_once"
            )
        ]
