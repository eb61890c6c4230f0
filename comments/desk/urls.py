"""Addresses of the moderation desk, for those who may moderate."""

from django.urls import path, re_path

from ..urls import KEY
from .deciding import letter, reopen, review, together, undo
from .figures import figures, lesson
from .log import log
from .queue import queue

app_name = "moderation"
urlpatterns = [
    path("", queue, name="queue"),
    path("together/", together, name="together"),
    path("log/", log, name="log"),
    re_path(rf"^decisions/{KEY}/undo/$", undo, name="undo"),
    path("figures/", figures, name="figures"),
    re_path(rf"^{KEY}/$", review, name="review"),
    re_path(rf"^{KEY}/letter/$", letter, name="letter"),
    re_path(rf"^{KEY}/reopen/$", reopen, name="reopen"),
    re_path(rf"^{KEY}/lesson/$", lesson, name="lesson"),
]
