"""Addresses for readers, under /fr/ and /en/. xtd's own are never included."""

from django.urls import path, re_path

from . import views

# Longer numbers are no key of ours, and more than a database takes for one.
KEY = "(?P<pk>[0-9]{1,18})"

app_name = "comments"
urlpatterns = [
    path("comments/", views.submit, name="submit"),
    re_path(rf"^comments/{KEY}/reply/$", views.reply, name="reply"),
    path("comments/receipt/<str:token>/", views.receipt, name="receipt"),
    path("comments/amend/<str:token>/", views.amend, name="amend"),
    path("comments/confirm/<str:token>/", views.confirm, name="confirm"),
    path("comments/follow/<str:token>/", views.follow, name="follow"),
    path("comments/unfollow/<str:token>/", views.unfollow, name="unfollow"),
]
