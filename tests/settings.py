"""Settings of the test runs: the portal's own, with a folder of its own for every test process.

The database follows DATABASE_URL, so the suite runs twice; without it, SQLite in a file (a database in memory
would be invisible to workers and browsers).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "TEST_VAR_ROOT" not in os.environ:  # the first process of a run; xdist's workers inherit it
    os.environ["TEST_VAR_ROOT"] = tempfile.mkdtemp(prefix="portal-tests-")
    atexit.register(shutil.rmtree, os.environ["TEST_VAR_ROOT"], ignore_errors=True)
TEST_VAR = Path(os.environ["TEST_VAR_ROOT"], os.environ.get("PYTEST_XDIST_WORKER", "main"))
TEST_VAR.mkdir(exist_ok=True)
os.environ["PORTAL_VAR"] = str(TEST_VAR)
os.environ["PORTAL_ENV"] = "embedded"
os.environ.setdefault("LOG_LEVEL", "WARNING")
# Playwright's loop runs in the thread of the test, and Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from restart_portal.settings import *  # noqa: E402, F403
from restart_portal.settings import DATABASES, MEDIA_ROOT, MIDDLEWARE, TEMPLATES  # noqa: E402
from tests.strict_templates import Undefined  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_VAR / "test.sqlite3")}

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()
MIDDLEWARE.insert(0, "tests.read_only.ReadOnlyGetMiddleware")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, and the only thing weakened
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = TEST_VAR / "static"
for folder in (STATIC_ROOT, MEDIA_ROOT):
    folder.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
