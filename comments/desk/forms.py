"""The forms of the desk's own pages: its lists, its log, its mails."""

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    validate_email,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Language

from ..models import Commenter, Decision, Digest, Rule
from ..moderation.rules import plain_host, words_of
from ..moderation.text import host_of
from ..moderation.verdicts import Outcome
from ..record import MACHINE, RULE, SCREENED, Wanted

SCREENED_AS = {
    Outcome.PUBLISH: _("let through"),
    Outcome.HOLD: _("held back"),
    Outcome.ASK: _("asked about a tie"),
}
Kind, Effect = Rule.Kind, Rule.Effect


class DayField(forms.DateField):
    """A day within reach of every calendar, typed or chosen."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [
        MinValueValidator(date(1970, 1, 1)),
        MaxValueValidator(date(2200, 1, 1)),
    ]

    def __init__(self, **kwargs):
        formats = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
        super().__init__(required=False, input_formats=formats, **kwargs)


class RuleForm(forms.ModelForm):
    """A rule about a word, a site, an address or a person, named by their address."""

    class Meta:
        model = Rule
        fields = ("kind", "pattern", "effect", "reason", "note", "ends_on")
        widgets = {"kind": forms.RadioSelect, "effect": forms.RadioSelect}
        labels = {
            "kind": _("It is about a"),
            "pattern": _("Which one"),
            "effect": _("A comment with it"),
            "reason": _("What for"),
            "note": _("A note for the other moderators"),
        }
        help_texts = {
            "pattern": _(
                "A word or several, a site (example.org, with all that ends in it), an "
                "address or all at one place (@example.org); of a person, the address "
                "they give."
            ),
            "reason": _(
                "What a comment that waits is suspected of. Its writer reads it too."
            ),
            "note": _("It stands beside each comment that the rule touches."),
        }

    ends_on = DayField(
        label=_("Until"),
        help_text=_("The last day it counts; empty, it counts for good."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "effect"):
            self.fields[name].choices = self.fields[name].choices[1:]  # no empty one
        self.fields["pattern"].required = True
        self.fields["pattern"].widget.attrs["autocomplete"] = "off"
        self.fields["reason"].choices = [("", "–"), *self.fields["reason"].choices[1:]]
        if self.instance.commenter_id:
            self.initial["pattern"] = self.instance.commenter.email

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over: the rule would do nothing."))
        return day

    def clean(self):
        data = super().clean()
        if data.get("effect") == Effect.ALLOW:
            data["reason"] = ""
        elif data.get("effect") and not data.get("reason"):
            self.add_error("reason", _("Please say what such a comment waits for."))
        if data.get("pattern") and data.get("kind"):
            self._clean_subject(data)
        return data

    def _clean_subject(self, data):
        read = {
            Kind.WORD: _word,
            Kind.HOST: _host,
            Kind.ADDRESS: _address,
            Kind.COMMENTER: _commenter,
        }
        try:
            subject = read[data["kind"]](data["pattern"])
        except ValidationError as error:
            self.add_error("pattern", error)
            return
        is_person = data["kind"] == Kind.COMMENTER
        self.instance.commenter = subject if is_person else None
        data["pattern"] = "" if is_person else subject
        same = (
            Rule.objects.filter(commenter=subject)
            if is_person
            else Rule.objects.filter(kind=data["kind"], pattern=subject)
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("pattern", _("There is a rule about this one already."))

    @property
    def terms(self):
        """What the valid form says, as something that can be signed and compared."""
        person = self.instance.commenter_id
        return [*(str(self.cleaned_data[name]) for name in self._meta.fields), person]


def _word(typed):
    words = words_of(typed)
    if not words:
        raise ValidationError(_("A word has a letter or a digit in it."))
    return words


def _host(typed):
    host = plain_host(host_of(typed))
    if "." not in host or "@" in typed:
        raise ValidationError(_("A site looks like example.org."))
    return host


def _address(typed):
    address = typed.strip().casefold()
    try:
        validate_email(f"x{address}" if address.startswith("@") else address)
    except ValidationError:
        raise ValidationError(
            _("An address looks like name@example.org, a place like @example.org.")
        ) from None
    return address


def _commenter(typed):
    person = Commenter.objects.filter(email=typed.strip().lower()).first()
    if person is None:
        raise ValidationError(_("Nobody has commented here from this address."))
    return person


class RejectionForm(forms.Form):
    """What a page that was reached from a mail asks before it decides."""

    decision = forms.ChoiceField(
        label=_("For which reason?"),
        choices=Decision.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say for which reason.")},
    )
    note = forms.CharField(
        label=_("A note to the writer"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tells_writer = forms.BooleanField(
        label=_("Write to them about this decision (never if a machine sent it)"),
        required=False,
        initial=True,
    )

    def __init__(self, action, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.publishes = action == Decision.Outcome.PUBLISH
        if self.publishes:
            self.fields["decision"].choices = [(Decision.Outcome.PUBLISH.value, "")]

    def as_decided(self):
        """Return the arguments of ``services.decide`` that were chosen."""
        data = self.cleaned_data
        if self.publishes:
            return {"outcome": Decision.Outcome.PUBLISH}
        return {
            "outcome": Decision.Outcome.REJECT,
            "reason": data["decision"],
            "note": data["note"],
            # A machine gives addresses of people who never wrote here.
            "tells_writer": data["tells_writer"]
            and data["decision"] != Decision.Reason.AUTOMATED,
        }


class DigestForm(forms.ModelForm):
    class Meta:
        model = Digest
        fields = ("interval", "language")
        labels = {
            "interval": _("Write to me about what waits"),
            "language": _("In this language"),
        }
        widgets = {"interval": forms.RadioSelect, "language": forms.RadioSelect}


def screened_as(outcome):
    """Say what the machine did with a comment."""
    return str(SCREENED_AS[Outcome(outcome)])


class LogForm(forms.Form):
    """What of the log is shown. Whatever cannot be understood is left out."""

    who = forms.ChoiceField(label=_("By"), required=False)
    what = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[
            ("", _("everything")),
            (
                _("By the machine"),
                [(f"{SCREENED}{key.value}", text) for key, text in SCREENED_AS.items()],
            ),
            (_("By people"), [*Decision.Outcome.choices, (RULE, _("a rule"))]),
        ],
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", _("any")), *Decision.Reason.choices],
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("any")), *Language.choices]
    )
    post = forms.CharField(
        label=_("Post (words of its title)"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("To"))

    def __init__(self, *args, actors, **kwargs):
        super().__init__(*args, **kwargs)
        people = [
            (str(account.pk), account.get_full_name() or account.get_username())
            for account in actors
        ]
        self.fields["who"].choices = [
            ("", _("anybody")),
            (MACHINE, _("the machine")),
            *people,
        ]

    @property
    def wanted(self):
        self.is_valid()
        return Wanted(**{k: v for k, v in self.cleaned_data.items() if v})

    @property
    def asked(self):
        """The same as the parameters of an address."""
        self.is_valid()
        return urlencode({k: v for k, v in self.cleaned_data.items() if v})
