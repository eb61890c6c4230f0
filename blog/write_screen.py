"""What the write screen does beside its form: keep, offer, remind and preview."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import checklist, keeping, previewing
from .dates import written_moment
from .kept import KeptText
from .models import Language, Post


def take_up(form, kept):
    """Show in ``form`` what was typed in that window, and go on as that window."""
    sent = kept.as_sent()
    for name, field in form.fields.items():
        if not field.widget.value_omitted_from_data(sent, {}, name):
            value = field.widget.value_from_datadict(sent, {}, name)
            form.initial[name] = value


class WriteScreen:
    """A mixin for the admin of a ``Writing``."""

    change_form_template = "admin/blog/writing_form.html"

    class Media:
        css = {"all": ["css/writing.css"]}

    def get_urls(self):
        keep = self.admin_site.admin_view(self.keep)
        throw = self.admin_site.admin_view(self.throw_away)
        name = f"blog_{self.opts.model_name}"
        return [
            path("keep/", keep, name=f"{name}_keep_new"),
            path("<int:pk>/keep/", keep, name=f"{name}_keep"),
            path("kept/<int:pk>/throw/", throw, name=f"{name}_throw"),
            *super().get_urls(),
        ]

    def taken_up(self, request, obj):
        """Return the kept text that the writer asked to go on with, if it is theirs."""
        number = request.GET.get("kept", "")
        if request.method != "GET" or not (number.isascii() and number.isdecimal()):
            return None
        return KeptText.objects.filter(
            pk=number[:18],
            writer=request.user,
            kind=self.opts.model_name,
            object_id=obj and obj.pk,
        ).first()

    def keep(self, request, pk=None):
        """Keep what stands in a window; answer when, and what may be forgotten."""
        obj = self._allowed(request, pk)
        if request.method != "POST":
            return JsonResponse({}, status=405)
        fields = dict(request.POST.lists())
        kept = keeping.keep(
            writer=request.user,
            kind=self.opts.model_name,
            object_id=pk,
            window=request.POST.get("window", "")[:40],
            fields=fields,
        )
        answer = {"at": f"{timezone.localtime():%H:%M}"}
        if kept is not None:
            answer["remarks"] = self._remarks(self._as_typed(kept, obj))
            is_new = not self._is_saved(kept, obj, request.user)
            answer["address"] = self._address(kept) if is_new else ""
        return JsonResponse(answer)

    def throw_away(self, request, pk):
        """Forget a kept text of the writer's own."""
        kept = KeptText.objects.filter(pk=pk, writer=request.user).first()
        if request.method == "POST" and kept is not None:
            kept.delete()
            messages.info(request, _("Thrown away, as you wished."))
        if kept is None or kept.object_id is None:
            return HttpResponseRedirect(
                reverse(f"admin:blog_{self.opts.model_name}_add")
            )
        return HttpResponseRedirect(self._address(kept).partition("?")[0])

    def render_change_form(self, request, context, **kwargs):
        obj = kwargs.get("obj")
        form = context["adminform"].form
        window = form["window"].value() or ""
        context.update(
            kept_texts=self._offered(request, obj, window),
            keep_address=reverse(
                f"admin:blog_{self.opts.model_name}_keep" + ("" if obj else "_new"),
                args=[obj.pk] if obj else [],
            ),
            remarks=checklist.remarks(obj) if isinstance(obj, Post) else [],
            has_checklist=issubclass(self.model, Post),
            secret=(
                previewing.secret_link(obj)
                if isinstance(obj, Post) and not obj.is_published
                else None
            ),
            zone=timezone.get_current_timezone_name(),
            words=_words(),
        )
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        keeping.forget(writer=request.user, window=form.cleaned_data.get("window", ""))
        if isinstance(obj, Post) and obj.published_at:
            count = len(checklist.remarks(obj))
            if count:
                messages.info(
                    request,
                    ngettext(
                        "One thing could still be better: the checklist says which.",
                        "%(count)d things could still be better: the checklist says "
                        "which.",
                        count,
                    )
                    % {"count": count},
                )

    def get_object(self, request, object_id, from_field=None):
        obj = super().get_object(request, object_id, from_field)
        if obj is None or not connection.in_atomic_block or request.method != "POST":
            return obj
        # Of two windows that save at once, the second sees what the first did.
        list(self.model._base_manager.select_for_update().filter(pk=obj.pk))
        obj.refresh_from_db()
        return obj

    def _allowed(self, request, pk):
        if pk is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        obj = self.get_queryset(request).filter(pk=pk).first()
        if obj is None or not self.has_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def _offered(self, request, obj, window):
        texts = keeping.offered(
            writer=request.user,
            kind=self.opts.model_name,
            object_id=obj and obj.pk,
            saved=obj,
            without=window,
        )
        for kept in texts:
            kept.address = self._address(kept)
            kept.moment = written_moment(kept.kept_at)
            kept.throw = reverse(
                f"admin:blog_{self.opts.model_name}_throw", args=[kept.pk]
            )
        return texts

    def _address(self, kept):
        name = f"admin:blog_{kept.kind}_"
        if kept.object_id is None:
            return f"{reverse(f'{name}add')}?kept={kept.pk}"
        return f"{reverse(f'{name}change', args=[kept.object_id])}?kept={kept.pk}"

    def _as_typed(self, kept, obj):
        """Return the text as it stands in a window, never to be saved."""
        typed = self.model(pk=obj and obj.pk, slug=obj.slug if obj else "")
        for name in keeping.TEXTS:
            setattr(typed, name, "".join(kept.fields.get(name, [])))
        language = "".join(kept.fields.get("original_language", []))
        if language in Language.values:
            typed.original_language = language
        return typed

    def _remarks(self, typed):
        if not isinstance(typed, Post):
            return []
        return [[remark.text, remark.excerpt] for remark in checklist.remarks(typed)]

    def _is_saved(self, kept, obj, user):
        """Whether what a window kept was saved after all; then it is forgotten."""
        saved = [obj]
        if obj is None and issubclass(self.model, Post):
            saved = self.model.objects.filter(author=user).order_by("-modified_at")[:5]
        if any(one and not keeping.differs(kept, one) for one in saved):
            kept.delete()
            return True
        return False


def _words():
    """Return what the scripts of the write screen say."""
    return {
        "kept": _("Kept at %s"),
        "typing": _("Writing…"),
        "only_here": _(
            "The server does not answer. Your text is kept in this browser; it will "
            "be sent as soon as the server is back."
        ),
        "signed_out": _(
            "You are no longer signed in. Your text is kept in this browser: sign in "
            "again in another tab, and go on writing here."
        ),
        "found": _("A text you had not saved was found in this browser."),
        "take_up": _("Go on with it"),
        "nothing_missing": _("Nothing seems to be missing."),
        "words": _("%s words"),
        "short": _("%s words: a little more would make people curious."),
        "good": _("%s words: just right."),
        "long": _("%s words: shorter invites more."),
        "describe": _("What does the picture show, for those who do not see it?"),
        "decorative": _("It is purely decorative"),
        "caption": _("Caption (if you like)"),
        "insert": _("Put it in"),
        "cancel": _("Cancel"),
        "sending": _("Sending the picture…"),
        "not_sent": _("The picture could not be sent. Please try again."),
        "language": _("Language of this passage"),
        "no_language": _("the language of the text"),
        "footnote": _("Footnote"),
        "footnote_text": _("What does the note say?"),
        "card": _("Link card"),
        "card_address": _("Address of the page"),
        "card_title": _("Its title"),
        "card_text": _("A line about it (if you like)"),
        "source": _("HTML source"),
        "picture": _("Picture"),
        "fr": _("French"),
        "en": _("English"),
    }
