"""The history of a post or page in the admin: read, compared, taken back."""

import reversion
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from . import revisions
from .dates import written_moment

MOST_SHOWN = 100


class Revisions:
    """A mixin: each save from the admin is kept as a revision."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.revision)
        name = f"blog_{self.opts.model_name}_revision"
        return [
            path("<int:pk>/history/<int:version>/", view, name=name),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args, **kwargs)
        before = None
        if object_id and object_id.isascii() and object_id.isdecimal():
            before = self.get_queryset(request).filter(pk=object_id[:18]).first()
        if before is not None:
            revisions.keep_what_was(before)
        with reversion.create_revision(atomic=True):
            reversion.set_user(request.user)
            return super().changeform_view(request, object_id, *args, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """List the states kept, newest first."""
        obj = self._within_reach(request, object_id)
        versions = list(revisions.versions_of(obj)[:MOST_SHOWN])
        for version in versions:
            version.moment = written_moment(version.revision.date_created)
            version.address = reverse(
                f"admin:blog_{self.opts.model_name}_revision", args=[obj.pk, version.pk]
            )
        context = self._context(request, obj, _("What it was before")) | {
            "versions": versions
        }
        return TemplateResponse(request, "admin/blog/history.html", context)

    def revision(self, request, pk, version):
        """Show what has changed since one state; a POST takes that state back."""
        obj = self._within_reach(request, pk)
        version = get_object_or_404(revisions.versions_of(obj), pk=version)
        if request.method == "POST":
            revisions.restore(version, obj, user=request.user)
            messages.success(
                request,
                _("The text is again what it was then. What it was since is kept too."),
            )
            return HttpResponseRedirect(
                reverse(f"admin:blog_{self.opts.model_name}_change", args=[obj.pk])
            )
        moment = written_moment(version.revision.date_created)
        context = self._context(
            request, obj, _("What has changed since %(moment)s") % {"moment": moment}
        ) | {
            "differences": revisions.differences(
                version.field_dict, revisions.texts(obj)
            )
        }
        return TemplateResponse(request, "admin/blog/revision.html", context)

    def _within_reach(self, request, object_id):
        obj = self.get_object(request, str(object_id))
        if obj is None:
            raise Http404("nothing of this writer's")
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def _context(self, request, obj, title):
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "object": obj,
            "opts": self.opts,
            "media": self.media,
        }
