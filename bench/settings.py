"""The portal's own settings with one more address: a page that is empty but for its frame.

Folder, database and static files come from the environment, which bench/__main__.py sets.
"""

from restart_portal.settings import *  # noqa: F403
from restart_portal.settings import ALLOWED_HOSTS, BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")
ALLOWED_HOSTS.append("testserver")
# Nobody types a password here, and the maker should not spend seconds on hashing them.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
