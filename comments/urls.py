"""Addresses for readers, under /fr/ and /en/. xtd's own are never included."""

from django.urls import path

from . import views

app_name = "comments"
urlpatterns = [
    path("comments/", views.submit, name="submit"),
    path("comments/<int:pk>/reply/", views.reply, name="reply"),
    path("comments/receipt/<str:token>/", views.receipt, name="receipt"),
    path("comments/confirm/<str:token>/", views.confirm, name="confirm"),
    path("comments/follow/<str:token>/", views.follow, name="follow"),
    path("comments/unfollow/<str:token>/", views.unfollow, name="unfollow"),
]
