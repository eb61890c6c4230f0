"""Addresses of the moderation desk, for those who may moderate."""

from django.urls import path, re_path

from ..urls import KEY
from .figures import figures, lesson
from .log import log
from .queue import queue, reopen, review

app_name = "moderation"
urlpatterns = [
    path("", queue, name="queue"),
    path("log/", log, name="log"),
    path("figures/", figures, name="figures"),
    re_path(rf"^{KEY}/$", review, name="review"),
    re_path(rf"^{KEY}/reopen/$", reopen, name="reopen"),
    re_path(rf"^{KEY}/lesson/$", lesson, name="lesson"),
]
