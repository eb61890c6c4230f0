"""The site's settings, with data in a folder of their own and faster passwords."""

import os
import tempfile

os.environ["CTTS_DATA"] = tempfile.mkdtemp(prefix="ctts-tests-")
os.environ["SECRET_KEY"] = "for tests alone"
# A file, not memory, even by name: the live server would share one connection between
# its threads, and crash.
os.environ["DATABASE_URL"] = (
    os.environ.get("CTTS_TEST_DATABASE_URL")
    or f"sqlite:///{os.environ['CTTS_DATA']}/unused.sqlite3"
)
os.environ["CACHE_URL"] = os.environ.get("CTTS_TEST_REDIS_URL") or "locmemcache://"
for name in ("SITE_URL", "DEBUG", "ALLOWED_HOSTS", "EMAIL_URL"):
    os.environ.pop(name, None)

from ctts.settings import *  # noqa: E402, F403
from ctts.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {
        "NAME": os.path.join(os.environ["CTTS_DATA"], "tests.sqlite3")
    }
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
# whitenoise warns of a folder that only collectstatic makes.
STATIC_ROOT.mkdir(parents=True)
SHARED_DATA = os.environ.get("CTTS_SHARED_DATA", "")
