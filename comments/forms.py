"""The forms readers and moderators fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_comments_xtd.forms import XtdCommentForm

from .models import Decision

SECURITY_FIELDS = ("content_type", "object_pk", "timestamp", "security_hash")
LONGEST_COMMENT = 10_000
"""In characters. Not as the setting COMMENT_MAX_LENGTH, for which django_comments would
want a migration of its own."""
MOST_TOGETHER = 500
"""Comments decided in one gesture."""
# The fields with a place for a hint and for what is wrong with them.
DESCRIBED = ("comment", "name", "email", "url", "affiliation")
SENTENCES = {
    "name": {
        "required": _("Please tell us what to call you."),
        "max_length": _("This name is too long for us: %(limit_value)d letters fit."),
    },
    "email": {
        "required": _("We need an address, in case there is something to tell you."),
        "invalid": _("Is there a slip in it? An address looks like name@example.org."),
    },
    "url": {
        "invalid": _("Is there a slip in it? A site looks like https://example.org."),
    },
    "comment": {
        "required": _("There is nothing here yet: what would you like to say?"),
    },
    "affiliation": {
        "max_length": _("In fewer words, please: %(limit_value)d letters fit."),
    },
}
AUTOCOMPLETE = {"name": "name", "email": "email", "url": "url", "affiliation": "off"}


class PostCommentForm(XtdCommentForm):
    """xtd's signed form, in our words, with a place to say whom one works for.

    The signature is about the post alone, so that the page around the form can be kept
    for all readers. A filled honeypot is an observation for screening, not an error.
    """

    affiliation = forms.CharField(
        label=_("Do you work or speak for somebody you mention?"),
        max_length=200,
        required=False,
        help_text=_(
            "Say it here in a word or two: it will stand beside your name, and readers "
            "will take what you write better."
        ),
    )
    reply_to = forms.IntegerField(
        required=False,
        initial=0,
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
    )
    honeypot = forms.CharField(
        required=False, label=_("Leave this empty: it catches machines.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        texts = {
            "name": (_("Your name"), ""),
            "email": (
                _("Your e-mail address"),
                _("Never shown, never passed on."),
            ),
            "url": (_("Your site"), _("If you have one.")),
            "comment": (_("Your comment"), ""),
            "followup": (_("Write to me when somebody adds to the conversation"), ""),
        }
        for name, (label, help_text) in texts.items():
            self.fields[name].label = label
            self.fields[name].help_text = help_text
        for name in self.fields:
            widget = self.fields[name].widget
            for leftover in ("placeholder", "class"):
                widget.attrs.pop(leftover, None)
            if name in AUTOCOMPLETE:
                widget.attrs["autocomplete"] = AUTOCOMPLETE[name]
        self.fields["email"].widget.input_type = "email"
        self.fields["url"].widget.input_type = "url"
        self.fields["url"].assume_scheme = "https"
        self.fields["url"].widget.attrs["placeholder"] = "https://"
        self.fields["comment"].widget.attrs["rows"] = 8
        self.fields["honeypot"].widget.attrs.update(tabindex="-1", autocomplete="off")
        # Our own sentence with the count; and a browser that cuts a pasted text short
        # loses what its writer meant to say.
        self.fields["comment"].validators = [
            validator
            for validator in self.fields["comment"].validators
            if getattr(validator, "code", "") != "max_length"
        ]
        self.fields["comment"].widget.attrs.pop("maxlength", None)
        for name, sentences in SENTENCES.items():
            self.fields[name].error_messages.update(sentences)
        for name, field in self.fields.items():
            if name in DESCRIBED:
                field.widget.attrs["aria-describedby"] = f"{name}-help {name}-error"

    def clean_email(self):
        email = self.cleaned_data["email"]
        if "," in email:
            # Within quotes a comma may stand there, and our outbox would part it.
            raise forms.ValidationError(
                self.fields["email"].error_messages["invalid"], code="invalid"
            )
        return email

    def clean_comment(self):
        text = self.cleaned_data["comment"].replace("\r\n", "\n")
        if len(text) > LONGEST_COMMENT:
            raise forms.ValidationError(
                ngettext(
                    "Your comment has %(count)d character; %(limit)d is the most "
                    "that fits here.",
                    "Your comment has %(count)d characters; %(limit)d is the most "
                    "that fits here. Could you shorten it, or send it in two parts?",
                    len(text),
                )
                % {"count": len(text), "limit": LONGEST_COMMENT},
                code="max_length",
            )
        return text

    def clean_honeypot(self):
        return self.cleaned_data["honeypot"]

    def clean_timestamp(self):
        try:
            return super().clean_timestamp()
        except (OverflowError, ValueError):
            raise forms.ValidationError("Timestamp check failed") from None

    @property
    def is_stale(self):
        """Whether the page was open too long, or the signature is not ours."""
        return any(name in self.errors for name in SECURITY_FIELDS)

    def refreshed(self):
        """Return the same form with what was typed and a signature of now."""
        data = self.data.copy()
        for name, value in self.generate_security_data().items():
            data[name] = value
        return type(self)(self.target_object, data=data)


class AnswerForm(forms.Form):
    """The answer to “do you have a tie with X?”: either whom, or that there is none."""

    affiliation = forms.CharField(
        label=_("Yes: I work or speak for"), max_length=200, required=False
    )
    denies_tie = forms.BooleanField(
        label=_("No, I have no tie with them"), required=False
    )

    def clean(self):
        cleaned = super().clean()
        said, denied = cleaned.get("affiliation"), cleaned.get("denies_tie")
        if bool(said) == bool(denied) and not self.errors:
            raise forms.ValidationError(
                _("Please either name the tie or tell us that there is none.")
            )
        return cleaned


class AmendForm(forms.Form):
    """What a writer answers to a rejection: another text, a tie they declare, or both.

    ``comment`` is the rejected one.
    """

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages=SENTENCES["comment"],
    )
    affiliation = forms.CharField(
        label=_("Do you work or speak for somebody you mention?"),
        max_length=200,
        required=False,
        help_text=_(
            "Say it here in a word or two: it will stand beside your name, and readers "
            "will take what you write better."
        ),
        error_messages=SENTENCES["affiliation"],
    )

    def __init__(self, comment, data=None):
        super().__init__(
            data, initial={"text": comment.text, "affiliation": comment.affiliation}
        )

    def clean_text(self):
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.has_changed():
            raise forms.ValidationError(
                _(
                    "It is still as it was. Change something, or say what ties you to "
                    "it."
                )
            )
        return cleaned


class DecisionForm(forms.Form):
    """One button decides: publish, or reject for the reason it names."""

    decision = forms.ChoiceField(
        choices=[
            (Decision.Outcome.PUBLISH.value, _("Publish")),
            *Decision.Reason.choices,
        ],
        error_messages={
            "required": _("Please press one of the buttons."),
            "invalid_choice": _("That is none of the reasons there are."),
        },
    )
    note = forms.CharField(
        label=_("A note to the writer"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    # “on” from the box that is ticked beforehand, “anyway” from the one under a letter
    # that was read before it is sent.
    tells_writer = forms.CharField(required=False, max_length=6)
    # What the comment was when it was read (see ``PostComment.fingerprint``).
    read = forms.CharField(required=False, max_length=20)

    def as_decided(self):
        """Return the arguments of ``services.decide`` that were chosen."""
        data = self.cleaned_data
        publishes = data["decision"] == Decision.Outcome.PUBLISH
        return {
            "outcome": Decision.Outcome.PUBLISH
            if publishes
            else Decision.Outcome.REJECT,
            "reason": "" if publishes else data["decision"],
            "note": data["note"],
            "read": data["read"],
            # A machine gives addresses of people who never wrote here.
            "tells_writer": data["tells_writer"] == "anyway"
            or (
                data["tells_writer"] == "on"
                and data["decision"] != Decision.Reason.AUTOMATED
            ),
        }


class TogetherForm(DecisionForm):
    """The same decision for many comments: those ticked, one by one or by their post.

    ``comment`` holds a key each; ``all``, the keys of all cards of a post that were
    shown, with commas between. So nothing is decided that was not on the page.
    """

    def keys(self):
        listed = [*self.data.getlist("comment")]
        for keys in self.data.getlist("all"):
            listed += keys.split(",")
        kept = dict.fromkeys(
            int(key) for key in listed if key.isdecimal() and len(key) < 18
        )
        return list(kept)[:MOST_TOGETHER]
