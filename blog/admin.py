"""Where the blogger writes."""

from itertools import chain

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Count, ExpressionWrapper
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import moves
from .figures import markup
from .forms import (
    NamedForm,
    PictureForm,
    PostForm,
    SentPictureForm,
    TagForm,
    WritingForm,
)
from .guessed_admin import GuessedLanguages
from .models import IDEA, Blog, Language, Page, Picture, Post, Series, Tag, localized
from .moments import MomentField
from .revision_admin import Revisions
from .write_screen import WriteScreen, take_up

CHOICE_SIZE = 40
LONG_TEXTS = ("body", "body_html")


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("idea", _("Idea")),
            ("draft", _("Draft")),
            ("scheduled", _("Scheduled")),
            ("published", _("Published")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "idea":
            return queryset.ideas()
        if self.value() == "draft":
            return queryset.filter(published_at=None).exclude(IDEA)
        if self.value() == "scheduled":
            return queryset.filter(published_at__gt=timezone.now())
        if self.value() == "published":
            return queryset.published()
        return queryset


class MovingAdmin(admin.ModelAdmin):
    """What has an address that readers know: changed, the old one leads to it."""

    def save_model(self, request, obj, form, change):
        before = self.model._default_manager.filter(pk=obj.pk).first()
        known = moves.known_addresses(before)
        super().save_model(request, obj, form, change)
        moves.lead_on(known, moves.addresses(obj))


class WritingAdmin(WriteScreen, Revisions, MovingAdmin):
    """What posts and pages share: one language first, the other folded away."""

    form = WritingForm
    change_form_template = "admin/blog/writing_form.html"
    search_fields = ("title_fr", "title_en", "slug")
    date_hierarchy = "published_at"
    preview_name = ""
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": MomentField,
            "widget": AdminSplitDateTime,
        },
        models.URLField: {"assume_scheme": "https"},
    }

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        language = self._language(request, obj)
        kept = self.taken_up(request, obj)

        class LaidOutForm(form):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, language=language, **kwargs)
                if kept is not None:
                    take_up(self, kept)

        return LaidOutForm

    def get_fieldsets(self, request, obj=None):
        language = self._language(request, obj)
        other = Language(language).other
        return [
            (None, {"fields": self.main_fields(language, other)}),
            *self.more_fieldsets,
            (
                _("Full translation in English")
                if other == Language.ENGLISH
                else _("Full translation in French"),
                {
                    "classes": ["collapse"],
                    "description": _(
                        "Only if you write the whole text again in the other language: "
                        "then each reader gets theirs."
                    ),
                    "fields": self.translated_fields(language, other),
                },
            ),
        ]

    def main_fields(self, language, other):
        return [
            f"title_{language}",
            "original_language",
            "laid_out_in",
            "window",
            "seen_at",
            f"body_{language}",
        ]

    def translated_fields(self, language, other):
        return [f"title_{other}", f"body_{other}"]

    def get_prepopulated_fields(self, request, obj=None):
        # The address of what is published stays what it was.
        if obj and obj.published_at:
            return {}
        return {"slug": (f"title_{self._language(request, obj)}",)}

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {**initial, "original_language": self._language(request, None)}

    def _language(self, request, obj):
        """Return the language the form is laid out for."""
        kept = self.taken_up(request, obj)
        if kept is not None:
            return kept.language
        asked = request.POST.get("laid_out_in") or (
            obj.original_language if obj else request.GET.get("language")
        )
        return asked if asked in Language.values else get_language()

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name.endswith("_changelist"):
            texts = [f"{t}_{code}" for t in LONG_TEXTS for code in Language.values]
            is_idea = ExpressionWrapper(IDEA, models.BooleanField())
            queryset = queryset.defer(*LONG_TEXTS, *texts).annotate(is_idea=is_idea)
        return queryset

    def view_on_site(self, obj):
        if obj.is_published:
            return obj.get_absolute_url()
        return reverse(self.preview_name, args=[obj.pk])

    @admin.display(description=_("title"))
    def titled(self, obj):
        return format_html(
            '<span lang="{}">{}</span>', obj.original_language, obj.original_title
        )

    @admin.display(description=_("language"), ordering="original_language")
    def language(self, obj):
        return obj.get_original_language_display()

    @admin.display(description=_("state"), ordering="published_at")
    def state(self, obj):
        if obj.is_published:
            return _("Published")
        if obj.is_scheduled:
            return _("Scheduled")
        return _("Idea") if obj.is_idea else _("Draft")


@admin.register(Post)
class PostAdmin(GuessedLanguages, WritingAdmin):
    form = PostForm
    list_display = ("titled", "language", "state", "published_at", "author", "series")
    list_filter = ("original_language", StateFilter, "series", "tags")
    list_select_related = ("author", "series")
    autocomplete_fields = ("series", "tags", "lead_picture")
    preview_name = "blog:preview"
    more_fieldsets = (
        (
            _("Address and date"),
            {"fields": ["slug", "published_at", "author"]},
        ),
        (
            _("Around the text"),
            {"fields": ["series", "tags", "lead_picture", "is_pinned"]},
        ),
        (
            _("First published elsewhere"),
            {
                "classes": ["collapse"],
                "fields": ["source_name", "source_url", "source_is_canonical"],
            },
        ),
        (_("Comments"), {"fields": ["comment_policy"]}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).editable_by(request.user)

    def get_readonly_fields(self, request, obj=None):
        # A post stays its writer's, unless somebody has charge of everybody's.
        if request.user.has_perm("blog.change_every_post"):
            return ()
        return ("author",)

    def save_model(self, request, obj, form, change):
        if obj.author_id is None:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def main_fields(self, language, other):
        return [*super().main_fields(language, other), f"summary_{other}", "note"]

    def translated_fields(self, language, other):
        return [f"summary_{language}", *super().translated_fields(language, other)]

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {"author": request.user.pk, **initial}


@admin.register(Page)
class PageAdmin(WritingAdmin):
    list_display = ("titled", "language", "state", "is_in_menu", "position")
    list_filter = ("original_language", StateFilter)
    preview_name = "blog:page_preview"
    more_fieldsets = (
        (
            _("Address and place"),
            {"fields": ["slug", "published_at", "is_in_menu", "position"]},
        ),
    )


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    form = PictureForm
    list_display = ("thumbnail", "alt_fr", "alt_en", "credit", "created_at")
    list_display_links = ("thumbnail", "alt_fr")
    search_fields = ("alt_fr", "alt_en", "caption_fr", "caption_en", "credit", "file")
    date_hierarchy = "created_at"

    class Media:
        css = {"all": ["css/writing.css"]}

    def get_urls(self):
        choose = self.admin_site.admin_view(self.choose)
        send = self.admin_site.admin_view(self.send)
        return [
            path("send/", send, name="blog_picture_send"),
            path("choose/", choose, name="blog_picture_choose"),
            *super().get_urls(),
        ]

    def get_fields(self, request, obj=None):
        # Texts name the file, so another picture is another row.
        first, *others = PictureForm.Meta.fields
        return ["thumbnail" if obj else first, *others]

    def get_readonly_fields(self, request, obj=None):
        return ["thumbnail"] if obj else []

    def get_deleted_objects(self, objs, request):
        """Keep what a text shows: there is no picture to put in its place."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        texts = (chain(*picture.shown_in()) for picture in objs)
        shown_in = sorted({str(text) for text in chain.from_iterable(texts)})
        return deleted, counts, lacking, [*protected, *shown_in]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change:
            # Where a text says nothing of a picture, it shows what is said here.
            for texts in obj.shown_in():
                texts.prepare_again()

    def send(self, request):
        """Take a picture that was pasted or dropped into a text."""
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        form = SentPictureForm(request.POST, request.FILES)
        if not form.is_valid():
            sentences = [e for errors in form.errors.values() for e in errors]
            return JsonResponse({"error": " ".join(sentences)})
        picture = form.save()
        return JsonResponse(
            {
                "url": picture.file.url,
                "alt": localized(picture, "alt", form.cleaned_data["language"]),
            }
        )

    def choose(self, request):
        """Offer pictures to the editor of a text, in a window beside it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = request.GET.get("q", "")
        pictures, _has_doubles = self.get_search_results(
            request, self.get_queryset(request), query
        )
        language = request.GET.get("language")
        language = language if language in Language.values else get_language()
        pictures = list(pictures[:CHOICE_SIZE])
        for picture in pictures:
            picture.alt_here = localized(picture, "alt", language)
            picture.caption_here = localized(picture, "caption", language)
        context = {
            **self.admin_site.each_context(request),
            "pictures": pictures,
            "query": query,
            "parameters": request.GET.urlencode(),
            "title": _("Choose a picture"),
            "is_popup": True,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/blog/picture/choose.html", context)

    def response_add(self, request, obj, post_url_continue=None):
        if "CKEditorFuncNum" in request.GET:
            address = reverse("admin:blog_picture_choose")
            return HttpResponseRedirect(f"{address}?{request.GET.urlencode()}")
        return super().response_add(request, obj, post_url_continue)

    @admin.display(description=_("picture"))
    def thumbnail(self, picture):
        return markup(picture, alt=str(picture), place="list", css_class="thumbnail")


@admin.register(Series)
class SeriesAdmin(MovingAdmin):
    form = NamedForm
    actions = ("merge",)
    fields = ("title_fr", "title_en", "slug", "description_fr", "description_en")
    list_display = ("__str__", "title_fr", "title_en", "size")
    prepopulated_fields = {"slug": ("title_fr",)}
    search_fields = ("title_fr", "title_en", "slug")

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(posts_count=Count("posts"))

    @admin.action(description=_("Merge into one"), permissions=["merge"])
    def merge(self, request, queryset):
        """Ask which one stays, then bring the posts of the others under it."""
        kept = queryset.filter(pk=request.POST.get("kept") or None).first()
        if queryset.count() < 2:
            self.message_user(
                request, _("Choose two at least, to make one of them."), messages.INFO
            )
            return None
        if kept is None:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Which one stays?"),
                "choices": queryset,
                "opts": self.opts,
                "action_checkbox_name": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/blog/merge.html", context)
        with transaction.atomic():
            moves.merge(kept, queryset.exclude(pk=kept.pk))
            self.log_change(request, kept, _("Others were merged into it."))
        self.message_user(
            request,
            _("Merged into “%(name)s”. The old addresses lead there.") % {"name": kept},
        )
        return None

    def has_merge_permission(self, request):
        return self.has_change_permission(request) and self.has_delete_permission(
            request
        )

    @admin.display(description=_("posts"), ordering="posts_count")
    def size(self, series):
        return series.posts_count


@admin.register(Tag)
class TagAdmin(SeriesAdmin):
    form = TagForm
    fields = ("name_fr", "name_en", "slug")
    list_display = ("__str__", "name_fr", "name_en", "size")
    prepopulated_fields = {"slug": ("name_fr",)}
    search_fields = ("name_fr", "name_en", "slug")


@admin.register(Blog)
class BlogAdmin(admin.ModelAdmin):
    """The one blog there is: it can be changed, and neither doubled nor lost."""

    autocomplete_fields = ("header_picture", "icon", "portrait")
    fieldsets = (
        (None, {"fields": ["title_fr", "title_en", "tagline_fr", "tagline_en"]}),
        (
            _("Who writes here"),
            {"fields": ["author_name", "portrait", "about_fr", "about_en"]},
        ),
        (
            _("How it looks"),
            {"fields": ["accent", "accent_dark", "header_picture", "icon"]},
        ),
        (
            _("Comments"),
            {
                "fields": [
                    "invitation_fr",
                    "invitation_en",
                    "strictness",
                    "comment_policy",
                    "comments_close_after_days",
                    "confirms_addresses",
                ]
            },
        ),
    )

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Blog.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False
