"""Addresses of the moderation desk, for those who may moderate."""

from django.urls import path, re_path

from . import desk
from .urls import KEY

app_name = "moderation"
urlpatterns = [
    path("", desk.queue, name="queue"),
    path("log/", desk.log, name="log"),
    re_path(rf"^{KEY}/$", desk.review, name="review"),
    re_path(rf"^{KEY}/reopen/$", desk.reopen, name="reopen"),
]
