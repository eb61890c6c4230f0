"""Moving in from WordPress, in the admin: upload, look, bring in."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from blog.importing.report import Report
from ctts.sentences import Sentence

from . import import_runs, learned
from .models import ImportedExample, ImportRun
from .run_admin import RunAdmin

State = ImportRun.State


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    widget = ManyFiles

    def clean(self, data, initial=None):
        """Return a list of uploads: at least one, none of them empty."""
        return [super(ManyFilesField, self).clean(file) for file in data or [None]]


class UploadForm(forms.Form):
    exports = ManyFilesField(
        label=_("The export"),
        help_text=_(
            "In WordPress: Tools, then Export, then “All content”. It is an XML file; "
            "a large blog gives several, choose them all."
        ),
    )
    media = forms.FileField(
        label=_("The pictures"),
        required=False,
        help_text=_(
            "If you have it: the folder wp-content/uploads, as a ZIP archive. "
            "Without it pictures stay links to the old blog; it can be given later."
        ),
    )


@admin.register(ImportRun)
class ImportRunAdmin(RunAdmin):
    runs = import_runs

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*sent)
        if form.is_valid():
            run = import_runs.begin(
                exports=form.cleaned_data["exports"],
                media=form.cleaned_data["media"],
                author=request.user,
                language=get_language(),
            )
            return self.to(run)
        return self.page(request, "add", title=_("Move in from WordPress"), form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if request.method == "POST":
            return self._act(request, run)
        is_at_work = run.state in import_runs.NEXT
        read, total = import_runs.progress(run)
        return self.page(
            request,
            "run",
            title=_("Move in from WordPress"),
            run=run,
            original=run,
            lines=_lines(run),
            refusal=run.refusal and Sentence.from_json(run.refusal),
            is_alive=is_at_work and import_runs.is_alive(run),
            is_stopped=is_at_work and not import_runs.is_alive(run),
            read=read,
            total=total,
            has_learned=run.learns and ImportedExample.objects.exists(),
            may_act=self.has_add_permission(request),
        )

    def _act(self, request, run):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if "forget" in request.POST:
            count = learned.forget_import()
            text = ngettext(
                "What %(count)d comment had taught is forgotten.",
                "What %(count)d comments had taught is forgotten.",
                count,
            )
            messages.success(request, text % {"count": count})
        elif import_runs.is_another_alive(run):
            messages.warning(
                request, _("Another move is under way. Wait until it is done.")
            )
        elif import_runs.is_alive(run):
            pass  # a second click; it is at work already
        elif "bring_in" in request.POST and run.state == State.CHECKED:
            import_runs.bring_in(run, learns="learns" in request.POST)
        elif "go_on" in request.POST and run.state in import_runs.NEXT:
            import_runs.start(run)
        return self.to(run)


def _lines(run):
    if run.report is None:
        return []
    return list(Report.from_json(run.report).lines())
