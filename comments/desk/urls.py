"""Addresses of the moderation desk, for those who may moderate."""

from django.urls import path, re_path

from ..urls import KEY
from .log import log
from .queue import queue, reopen, review

app_name = "moderation"
urlpatterns = [
    path("", queue, name="queue"),
    path("log/", log, name="log"),
    re_path(rf"^{KEY}/$", review, name="review"),
    re_path(rf"^{KEY}/reopen/$", reopen, name="reopen"),
]
