"""“You can leave with everything”: downloads of the blog, in the admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.urls import path
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from blog.exporting.tally import Tally
from blog.models import Blog, written

from . import export_runs
from .models import ExportRun
from .run_admin import RunAdmin

State = ExportRun.State
CHOICES = {
    "wordpress": _(
        "For WordPress or another CTTS: everything, drafts and all comments included, "
        "with the mail addresses of those who wrote them"
    ),
    "markdown": _(
        "As Markdown, for Hugo, Eleventy and others: the texts, drafts included, and "
        "the comments that are public"
    ),
    "json": _("As a JSON Feed, for programs: all that is public, in one file"),
    "html": _("As a site of files that opens without a server: all that is public"),
}


class DownloadForm(forms.Form):
    formats = forms.MultipleChoiceField(
        label=_("What for?"),
        choices=CHOICES.items,
        widget=forms.CheckboxSelectMultiple,
        initial=["wordpress"],
        error_messages={"required": _("Choose one of these at least.")},
    )


@admin.register(ExportRun)
class ExportRunAdmin(RunAdmin):
    runs = export_runs

    def get_urls(self):
        download = self.admin_site.admin_view(self.download)
        return [
            path("<int:pk>/download/", download, name="comments_exportrun_download"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        export_runs.forget_old()
        return super().changelist_view(request, extra_context)

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DownloadForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            run = export_runs.begin(
                formats=form.cleaned_data["formats"],
                author=request.user,
                language=get_language(),
            )
            return self.to(run)
        return self.page(request, "add", title=_("Download the blog"), form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        export_runs.forget_old()
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        is_alive = export_runs.is_alive(run)
        if request.method == "POST" and self.has_add_permission(request):
            if run.state == State.RUNNING and not is_alive:
                export_runs.start(run)
            return self.to(run)
        is_done = run.state == State.DONE
        done, total = export_runs.progress(run)
        return self.page(
            request,
            "run",
            title=_("Download the blog"),
            run=run,
            original=run,
            is_alive=is_alive,
            is_done=is_done,
            is_theirs=run.author_id == request.user.pk,
            is_there=is_done and export_runs.file_of(run).exists(),
            lines=list(Tally.from_json(run.tally).lines()) if is_done else [],
            size=run.size if is_done else 0,
            until=run.created_at + export_runs.KEPT_FOR,
            done=done,
            total=total,
        )

    def download(self, request, pk):
        """Send the file, to the one who asked for it and nobody else."""
        export_runs.forget_old()
        run = ExportRun.objects.filter(pk=pk, state=State.DONE).first()
        if run is None or run.author_id != request.user.pk:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        try:
            file = export_runs.file_of(run).open("rb")
        except OSError as error:
            raise Http404 from error
        name = slugify(written(Blog.current(), "title")[0]) or "blog"
        day = timezone.localdate(run.created_at).isoformat()
        return FileResponse(file, as_attachment=True, filename=f"{name}-{day}.zip")
