"""In the list of posts: languages that the import guessed, confirmed many at once."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .importing import guesses
from .models import Language


class GuessedFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "guessed"

    def lookups(self, request, model_admin):
        return [("yes", _("guessed by the import, to be confirmed"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(is_language_guessed=True)
        return queryset


class GuessedLanguages:
    """For the admin of posts."""

    actions = ("confirm_language", "settle_french", "settle_english")

    def get_list_filter(self, request):
        return (*super().get_list_filter(request), GuessedFilter)

    def save_model(self, request, obj, form, change):
        # Whoever saves the form has seen its language.
        obj.is_language_guessed = False
        super().save_model(request, obj, form, change)

    @admin.display(description=_("language"), ordering="original_language")
    def language(self, obj):
        name = obj.get_original_language_display()
        if obj.is_language_guessed:
            return format_html("{} <em>({})</em>", name, _("guessed"))
        return name

    @admin.action(
        description=_("Confirm the language that was guessed"), permissions=["change"]
    )
    def confirm_language(self, request, queryset):
        count = guesses.confirm(queryset)
        message = ngettext(
            "The language of %(count)d post is confirmed.",
            "The languages of %(count)d posts are confirmed.",
            count,
        )
        self.message_user(request, message % {"count": count})

    @admin.action(description=_("They are in French"), permissions=["change"])
    def settle_french(self, request, queryset):
        self._settle(request, queryset, Language.FRENCH)

    @admin.action(description=_("They are in English"), permissions=["change"])
    def settle_english(self, request, queryset):
        self._settle(request, queryset, Language.ENGLISH)

    def _settle(self, request, queryset, language):
        count = guesses.settle(queryset, language)
        message = ngettext(
            "%(count)d post has changed its language.",
            "%(count)d posts have changed their language.",
            count,
        )
        self.message_user(request, message % {"count": count})
