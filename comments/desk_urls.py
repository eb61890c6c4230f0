"""Addresses of the moderation desk, for those who may moderate."""

from django.urls import path

from . import desk

app_name = "moderation"
urlpatterns = [
    path("", desk.queue, name="queue"),
    path("log/", desk.log, name="log"),
    path("<int:pk>/", desk.review, name="review"),
    path("<int:pk>/reopen/", desk.reopen, name="reopen"),
]
