from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from blog import feeds, sitemaps, views

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("admin/", admin.site.urls),
    # For those who work here; a reader's language is in the address.
    path("i18n/", include("django.conf.urls.i18n")),
    path("moderation/", include("comments.desk.urls")),
    re_path(
        r"^feeds/(?P<kind>all|fr|en)\.(?P<extension>rss|atom)$",
        feeds.posts,
        name="feed",
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", views.media, name="media"),
    *i18n_patterns(
        path("", include("comments.urls")),
        path("", include("blog.urls")),
    ),
]
