"""Which of the held comments a moderator wants to see, read from the address."""

from datetime import timedelta

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Language

from ..models import Decision, PostComment

AGES = {"day": timedelta(days=1), "week": timedelta(days=7)}


class QueueFilter(forms.Form):
    """Everything is optional; what makes no sense is as if it were not there."""

    q = forms.CharField(
        label=_("Words or name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    reason = forms.ChoiceField(
        label=_("Held for"),
        choices=[("", _("any reason")), *Decision.Reason.choices],
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("both")), *Language.choices],
        required=False,
    )
    writer = forms.ChoiceField(
        label=_("Writer"),
        choices=[
            ("", _("anybody")),
            ("known", _("published here before")),
            ("new", _("never published here")),
        ],
        required=False,
    )
    age = forms.ChoiceField(
        label=_("Waiting"),
        choices=[
            ("", _("any time")),
            ("day", _("for more than a day")),
            ("week", _("for more than a week")),
            ("today", _("since less than a day")),
        ],
        required=False,
    )
    post = forms.IntegerField(
        required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput
    )

    @property
    def chosen(self):
        """Return what was asked for, by the names of the fields."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, comments):
        """Return those of ``comments`` that were asked for; ``told_for`` is on them."""
        for name, value in self.chosen.items():
            comments = comments.filter(getattr(self, f"_by_{name}")(value))
        return comments

    def _by_q(self, words):
        return Q(comment__icontains=words) | Q(user_name__icontains=words)

    def _by_reason(self, reason):
        return Q(told_for__contains=f'"{reason}"')

    def _by_language(self, language):
        return Q(language=language)

    def _by_writer(self, writer):
        published = PostComment.objects.published().filter(
            commenter=OuterRef("commenter")
        )
        known = Exists(published)
        return Q(known) if writer == "known" else ~Q(known)

    def _by_age(self, age):
        if age == "today":
            return Q(submit_date__gt=timezone.now() - AGES["day"])
        return Q(submit_date__lt=timezone.now() - AGES[age])

    def _by_post(self, post):
        return Q(object_pk=str(post))
