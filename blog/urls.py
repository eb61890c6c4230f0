from django.urls import path, re_path

from . import search_views, views, well_known

YEAR = "(?P<year>[0-9]{4})"
MONTH = "(?P<month>[0-9]{2})"
DAY = "(?P<day>[0-9]{2})"

app_name = "blog"
urlpatterns = [
    path("", views.home, name="home"),
    re_path(r"^only/(?P<language>fr|en)/$", views.only, name="only"),
    path("archives/", views.archive, name="archive"),
    path("search/", search_views.search, name="search"),
    path("opensearch.xml", search_views.opensearch, name="opensearch"),
    path("manifest.webmanifest", well_known.manifest, name="manifest"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("series/", views.series_list, name="series_list"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("pages/<slug:slug>/", views.page, name="page"),
    path("preview/secret/<str:token>/", views.secret_preview, name="secret_preview"),
    path("preview/<int:pk>/", views.preview, name="preview"),
    path("preview/pages/<int:pk>/", views.page_preview, name="page_preview"),
    re_path(rf"^{YEAR}/$", views.year, name="year"),
    re_path(rf"^{YEAR}/{MONTH}/$", views.month, name="month"),
    re_path(
        rf"^{YEAR}/{MONTH}/{DAY}/(?P<slug>[-a-zA-Z0-9_]+)/$", views.post, name="post"
    ),
]
