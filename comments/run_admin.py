"""What the pages of moving in and out share in the admin."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse


class RunAdmin(admin.ModelAdmin):
    """Something long that is begun here and looked after, and never edited.

    ``runs`` is the module that knows its files; templates are named after the model.
    """

    list_display = ("__str__", "state", "author", "created_at")
    list_select_related = ("author",)
    runs = None

    def has_change_permission(self, request, obj=None):
        return False

    def delete_model(self, request, obj):
        self.runs.discard(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for run in queryset:
            self.runs.discard(run)
        super().delete_queryset(request, queryset)

    def address(self, name, *args):
        opts = self.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)

    def to(self, run):
        """Lead to the page of ``run``."""
        return HttpResponseRedirect(self.address("change", run.pk))

    def page(self, request, name, **context):
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "list_address": self.address("changelist"),
        }
        template = f"admin/comments/{self.opts.model_name}/{name}.html"
        return TemplateResponse(request, template, context)
