"""Addresses for readers, under /fr/ and /en/. xtd's own are never included."""

from django.urls import path, re_path

from blog.urls import DAY, MONTH, YEAR

from . import pages, views

# Longer numbers are no key of ours, and more than a database takes for one.
KEY = "(?P<pk>[0-9]{1,18})"
TALK = rf"^{YEAR}/{MONTH}/{DAY}/(?P<slug>[-a-zA-Z0-9_]+)/comments"
NUMBER = "(?P<number>[0-9]{1,6})"

app_name = "comments"
urlpatterns = [
    path("comments/", views.submit, name="submit"),
    re_path(rf"^comments/{KEY}/$", pages.permalink, name="permalink"),
    re_path(rf"{TALK}/{NUMBER}/$", pages.oldest_first, name="page"),
    re_path(rf"{TALK}/newest/$", pages.newest_first, name="newest"),
    re_path(rf"{TALK}/newest/{NUMBER}/$", pages.newest_first, name="newest_page"),
    re_path(rf"^comments/{KEY}/reply/$", views.reply, name="reply"),
    path("comments/receipt/<str:token>/", views.receipt, name="receipt"),
    path("comments/amend/<str:token>/", views.amend, name="amend"),
    path("comments/confirm/<str:token>/", views.confirm, name="confirm"),
    path("comments/follow/<str:token>/", views.follow, name="follow"),
    path("comments/unfollow/<str:token>/", views.unfollow, name="unfollow"),
]
