from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from blog import feeds, look_views, sitemaps, views, well_known
from comments import feeds as comment_feeds

EXTENSION = "(?P<extension>rss|atom|json)"
SLUG = "(?P<slug>[-a-zA-Z0-9_]+)"

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("admin/", admin.site.urls),
    # For those who work here; a reader's language is in the address.
    path("i18n/", include("django.conf.urls.i18n")),
    path("moderation/", include("comments.desk.urls")),
    re_path(rf"^feeds/(?P<kind>all|fr|en)\.{EXTENSION}$", feeds.posts, name="feed"),
    re_path(rf"^feeds/tags/{SLUG}\.{EXTENSION}$", feeds.tag, name="tag_feed"),
    re_path(rf"^feeds/series/{SLUG}\.{EXTENSION}$", feeds.series, name="series_feed"),
    re_path(
        rf"^feeds/comments\.{EXTENSION}$", comment_feeds.comments, name="comments_feed"
    ),
    re_path(
        rf"^feeds/comments/(?P<pk>[0-9]{{1,18}})\.{EXTENSION}$",
        comment_feeds.conversation,
        name="conversation_feed",
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    path("robots.txt", well_known.robots, name="robots"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path(
        ".well-known/security.txt", well_known.security_contact, name="security_contact"
    ),
    re_path(
        r"^look/(?P<version>[0-9a-f]{12})\.css$",
        look_views.style_sheet,
        name="style_sheet",
    ),
    re_path(
        r"^look/(?P<colour>[0-9a-f]{6})\.svg$",
        look_views.tinted_icon,
        name="tinted_icon",
    ),
    re_path(
        r"^look/(?P<pk>[0-9]{1,18})-(?P<size>32|180|192|512)\.png$",
        look_views.icon,
        name="icon",
    ),
    re_path(
        r"^cards/(?P<pk>[0-9]{1,18})-(?P<language>fr|en)-(?P<key>[0-9a-f]{16})\.jpg$",
        views.card,
        name="card",
    ),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", views.media, name="media"),
    *i18n_patterns(
        path("", include("comments.urls")),
        path("", include("blog.urls")),
    ),
]
