"""The admin in the order of the work, and in words that one says."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig as DjangosAdminConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# What is written comes first, then who reads, then the rest; what is not named here
# comes last, as it comes.
APPS = ["blog", "comments", "auth", "redirects"]
MODELS = ["Post", "Page", "Picture", "Series", "Tag", "Blog"]
NAMES = {
    "auth": _("People"),
    "axes": _("Attempts to sign in"),
    "post_office": _("The mail as it was sent"),
}
# Django's own French puts the name of a thing, with its gender, into a sentence made
# for another: “Modification de image”. Ours are in the catalogue of this package.
SAID_BETTER = [
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Add %(name)s"),
]


def _place(names, name):
    return names.index(name) if name in names else len(names)


class AdminSite(admin.AdminSite):
    site_header = site_title = "CTTS"
    index_title = _("What would you like to do?")

    def get_app_list(self, request, app_label=None):
        found = super().get_app_list(request, app_label)
        for app in found:
            app["name"] = NAMES.get(app["app_label"], app["name"])
            app["models"].sort(key=lambda model: _place(MODELS, model["object_name"]))
        return sorted(found, key=lambda app: _place(APPS, app["app_label"]))


class AdminConfig(DjangosAdminConfig):
    default_site = "ctts.admin_site.AdminSite"
