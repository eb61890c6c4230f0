"""What the environment makes of the settings, read in a process of its own."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.validators import validate_email

from ctts.settings import BASE_DIR

READ = """
import json, sys
from ctts import settings
json.dump({name: getattr(settings, name) for name in sys.argv[1:]}, sys.stdout)
"""


@pytest.fixture
def settings_with(tmp_path):
    inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}

    def read(*names, **environment):
        done = subprocess.run(
            [sys.executable, "-c", READ, *names],
            env={**inherited, "CTTS_DATA": str(tmp_path), **environment},
            cwd=BASE_DIR,
            capture_output=True,
            check=True,
            text=True,
        )
        return json.loads(done.stdout)

    return read


def test_what_the_address_of_the_database_asks_for_is_kept(settings_with):
    address = "postgres://blog:secret@db.example/blog?sslmode=verify-full"

    database = settings_with("DATABASES", DATABASE_URL=address)["DATABASES"]["default"]

    assert database["OPTIONS"] == {
        "sslmode": "verify-full",
        "pool": {"min_size": 1, "max_size": 8},
    }
    assert database["CONN_HEALTH_CHECKS"] is True


def test_without_an_address_the_database_is_a_file_for_one_writer(
    settings_with, tmp_path
):
    database = settings_with("DATABASES")["DATABASES"]["default"]

    assert database["NAME"] == str(tmp_path / "ctts.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("site", "sender"),
    [
        ("http://127.0.0.1:8000", "blog@localhost"),
        ("http://[::1]:8000", "blog@localhost"),
        ("http://attic:8000", "blog@localhost"),
        ("https://blog.example.org", "blog@blog.example.org"),
    ],
)
def test_mail_comes_from_an_address_which_the_outbox_takes(settings_with, site, sender):
    found = settings_with("DEFAULT_FROM_EMAIL", SITE_URL=site)["DEFAULT_FROM_EMAIL"]

    validate_email(found)
    assert found == sender


@pytest.mark.django_db
def test_no_migration_is_missing_in_any_app():
    call_command("makemigrations", check=True, dry_run=True)
