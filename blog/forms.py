"""The forms in which posts, pages and pictures are written."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from lxml import etree
from lxml import html as lxml_html
from modeltranslation.utils import build_localized_fieldname

from . import images, revisions
from .dates import written_moment
from .html import MAX_LENGTH
from .models import CommentPolicy, Language, Picture

# What the editor gives back as it got it (see static/js/writing.js).
EDITOR_TAGS = {
    "a", "abbr", "aside", "b", "blockquote", "br", "cite", "code", "del", "div", "em",
    "figcaption", "figure", "h2", "h3", "h4", "hr", "i", "img", "ins", "kbd", "li",
    "mark", "ol", "p", "pre", "q", "s", "small", "span", "strike", "strong", "sub",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
LONG_TEXTS = {"body_fr", "body_en"}
TEXTS = {*LONG_TEXTS, "title_fr", "title_en", "summary_fr", "summary_en", "note"}
# In words, what a summary of two or three sentences takes.
SUMMARY_WORDS = (20, 60)
IN_EACH_LANGUAGE = {
    "title": (_("Title in French"), _("Title in English")),
    "body": (_("Text in French"), _("Text in English")),
}
# To the writer, but in the language of the summary that they should write.
BRIEFLY = {
    "fr": (
        "En français, en bref",
        "Deux ou trois phrases qui donnent envie, pour qui ne lit pas l’anglais.",
    ),
    "en": (
        "In English, briefly",
        "Two or three inviting sentences, for those who do not read French.",
    ),
}


def editor_keeps(html):
    """Whether the editor would give all of ``html`` back.

    It does not know definition lists or captions of tables, and takes a picture out of
    the link around it. Such a text is edited as HTML instead of being made poorer.
    """
    if not html or not html.strip():
        return True
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    return not any(
        element.tag not in EDITOR_TAGS
        or (element.tag == "a" and element.find(".//img") is not None)
        for element in root.iterdescendants(etree.Element)
    )


def _one_ending(text):
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


def _too_long(html):
    return forms.ValidationError(
        _("This text has %(length)d characters; %(limit)d at most fit in a post.")
        % {"length": len(html), "limit": MAX_LENGTH}
    )


class WritingWidget(AdminTextareaWidget):
    """A text area, which the script makes into an editor where that loses nothing."""

    class Media:
        css = {
            "all": [
                "django_prose_editor/material-icons.css",
                "django_prose_editor/editor.css",
                "django_prose_editor/overrides.css",
                "css/writing.css",
            ]
        }
        js = [Script("js/writing.js", type="module")]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if editor_keeps(value):
            context["widget"]["attrs"]["data-writing"] = True
            context["widget"]["attrs"]["data-pictures"] = reverse(
                "admin:blog_picture_choose"
            )
            context["widget"]["attrs"]["data-send"] = reverse("admin:blog_picture_send")
        return context

    def render(self, name, value, attrs=None, renderer=None):
        textarea = super().render(name, value, attrs, renderer)
        if editor_keeps(value):
            return textarea
        note = _(
            "This text holds something the editor does not know (a list of "
            "definitions, a picture inside a link…). Here is its HTML, so that nothing "
            "is lost."
        )
        return format_html(
            '<div class="writing-source"><p class="help">{}</p>{}</div>', note, textarea
        )


class PictureField(forms.ImageField):
    def to_python(self, data):
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        try:
            return images.remake(file)
        except images.PictureRefused as refusal:
            raise forms.ValidationError(str(refusal), code="refused") from refusal


class PictureForm(forms.ModelForm):
    class Meta:
        model = Picture
        fields = (
            "file", "alt_fr", "alt_en", "is_decorative", "caption_fr", "caption_en",
            "credit",
        )  # fmt: skip
        field_classes = {"file": PictureField}


class SentPictureForm(forms.Form):
    """A picture put into a text: described there and then, in the text's language."""

    file = PictureField()
    language = forms.ChoiceField(choices=Language.choices)
    alt = forms.CharField(max_length=500, required=False)
    is_decorative = forms.BooleanField(required=False)
    caption = forms.CharField(max_length=500, required=False)

    def clean(self):
        data = super().clean()
        if not data.get("alt") and not data.get("is_decorative"):
            raise forms.ValidationError(
                _("Say in a few words what it shows, or tick “purely decorative”.")
            )
        return data

    def save(self):
        data = self.cleaned_data
        texts = {
            build_localized_fieldname(name, data["language"]): data[name]
            for name in ("alt", "caption")
        }
        return Picture.objects.create(
            file=data["file"], is_decorative=data["is_decorative"], **texts
        )


class WritingForm(forms.ModelForm):
    """A text in one language, with what exists of it in the other.

    The form is laid out for one original language (``laid_out_in``). Somebody who then
    chooses the other language has typed their text into the first boxes all the same:
    it moves where it belongs.
    """

    laid_out_in = forms.ChoiceField(
        choices=Language.choices, required=False, widget=forms.HiddenInput
    )
    window = forms.CharField(
        max_length=40,
        required=False,
        widget=forms.HiddenInput,
        help_text="Under which name what is typed here is kept (see keeping).",
    )
    seen_at = forms.CharField(
        max_length=40,
        required=False,
        widget=forms.HiddenInput,
        help_text="When what is changed here had last been saved.",
    )
    # Where somebody else saved meanwhile: what this form would change in that.
    conflict = None

    class Meta:
        widgets = {"body_fr": WritingWidget, "body_en": WritingWidget}

    def __init__(self, *args, language=None, **kwargs):
        super().__init__(*args, **kwargs)
        written_in = language or self.initial.get("original_language") or "fr"
        self.initial["laid_out_in"] = written_in
        self.initial.setdefault("window", get_random_string(22))
        self.initial.setdefault("seen_at", self._saved_at())
        self.fields["slug"].required = False
        moment = self.fields["published_at"]
        moment.before = self.instance.published_at
        boxes = zip(moment.widget.widgets, (_("Day"), _("Time of day")), strict=True)
        for box, label in boxes:
            box.attrs["aria-label"] = f"{moment.label} – {label}"
        for name in LONG_TEXTS & self.fields.keys():
            self.fields[name].strip = False
        self._name_fields(Language(written_in))

    def _saved_at(self):
        return self.instance.modified_at.isoformat() if self.instance.pk else ""

    def _name_fields(self, written_in):
        for field, (in_french, in_english) in IN_EACH_LANGUAGE.items():
            for code, label in (("fr", in_french), ("en", in_english)):
                self.fields[f"{field}_{code}"].label = label
                self.fields[f"{field}_{code}"].widget.attrs["lang"] = code
        self.fields[f"title_{written_in}"].label = _("Title")
        self.fields[f"body_{written_in}"].label = _("Text")

    def _keep_unchanged(self, data):
        """Give back to the last byte what stood there, where nobody changed it.

        Browsers send other line endings than they were given, and cannot tell an empty
        text from none.
        """
        for name in TEXTS & data.keys():
            typed, before = _one_ending(data[name]), getattr(self.instance, name)
            if typed.strip() == _one_ending(before).strip():
                data[name] = before
            elif name in LONG_TEXTS:
                data[name] = typed
                if len(typed) > MAX_LENGTH:
                    self.add_error(name, _too_long(typed))

    def _check_nobody_else_saved(self, data):
        saved_at = self._saved_at()
        if not data.get("seen_at") or not saved_at or data["seen_at"] == saved_at:
            return
        self.conflict = revisions.differences(revisions.texts(self.instance), data)
        # Whoever saves again has seen it.
        self.data = self.data.copy()
        self.data["seen_at"] = saved_at
        self.add_error(
            None,
            _(
                "While you were writing, this was saved from another window or by "
                "somebody else (%(moment)s). Nothing is lost: your text is here, and "
                "below is what it would change. Save again to keep yours."
            )
            % {"moment": written_moment(self.instance.modified_at)},
        )

    def clean(self):
        data = super().clean()
        self._keep_unchanged(data)
        self._check_nobody_else_saved(data)
        written_in, laid_out_in = data.get("original_language"), data.get("laid_out_in")
        if written_in and laid_out_in and written_in != laid_out_in:
            self._move(data, laid_out_in, written_in)
        if not data.get("slug") and "slug" not in self.errors and written_in:
            data["slug"] = self._free_slug(data.get(f"title_{written_in}") or "")
        return data

    def _move(self, data, old, new):
        if any(data.get(f"{field}_{new}") for field in IN_EACH_LANGUAGE):
            return  # both exist: only which one came first is corrected
        for field in IN_EACH_LANGUAGE:
            data[f"{field}_{new}"] = data.get(f"{field}_{old}")
            data[f"{field}_{old}"] = ""

    def _free_slug(self, title):
        stem = slugify(title)[:190] or self._meta.model._meta.model_name
        others = self._meta.model.objects.exclude(pk=self.instance.pk)
        taken = set(others.filter(slug__startswith=stem).values_list("slug", flat=True))
        slug, number = stem, 1
        while slug in taken:
            number += 1
            slug = f"{stem}-{number}"
        return slug


class PostForm(WritingForm):
    def _name_fields(self, written_in):
        super()._name_fields(written_in)
        for code, (label, help_text) in BRIEFLY.items():
            field = self.fields[f"summary_{code}"]
            least, most = SUMMARY_WORDS
            field.widget.attrs.update(
                {"lang": code, "rows": 3, "data-least": least, "data-most": most}
            )
            field.label, field.help_text = label, help_text
        policy = self.fields["comment_policy"]
        policy.choices = [("", _("as the whole blog does")), *CommentPolicy.choices]
        policy.help_text = ""
        own = self.fields[f"summary_{written_in}"]
        own.label = _("Summary in the language of the text")
        own.help_text = _("For lists and search engines. Empty: its first words.")


class NamedForm(forms.ModelForm):
    """A series or a tag, which needs its name in one language at least."""

    name_field = "title"

    def clean(self):
        data = super().clean()
        if not any(data.get(f"{self.name_field}_{code}") for code in Language.values):
            raise forms.ValidationError(
                _("It needs a name, in one of the two languages at least.")
            )
        return data


class TagForm(NamedForm):
    name_field = "name"
