"""Addresses of the moderation desk, for those who may moderate."""

from django.urls import path, re_path

from ..urls import KEY
from .deciding import letter, reopen, review, together, undo
from .figures import figures, lesson
from .log import log, log_file
from .mails import by_mail, mails, no_digest
from .queue import queue
from .rules import change_rule, new_rule, remove_rule, rules

app_name = "moderation"
urlpatterns = [
    path("", queue, name="queue"),
    path("together/", together, name="together"),
    path("log/", log, name="log"),
    re_path(rf"^decisions/{KEY}/undo/$", undo, name="undo"),
    path("figures/", figures, name="figures"),
    path("log/moderation.csv", log_file, name="log_file"),
    path("mails/", mails, name="mails"),
    path("mails/stop/<str:token>/", no_digest, name="no_digest"),
    path("mail/<str:token>/", by_mail, name="by_mail"),
    path("rules/", rules, name="rules"),
    path("rules/new/", new_rule, name="new_rule"),
    re_path(rf"^rules/{KEY}/$", change_rule, name="change_rule"),
    re_path(rf"^rules/{KEY}/remove/$", remove_rule, name="remove_rule"),
    re_path(rf"^{KEY}/$", review, name="review"),
    re_path(rf"^{KEY}/letter/$", letter, name="letter"),
    re_path(rf"^{KEY}/reopen/$", reopen, name="reopen"),
    re_path(rf"^{KEY}/lesson/$", lesson, name="lesson"),
]
