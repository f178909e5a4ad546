"""WSGI entry point, served by granian."""

import os

from django.core.wsgi import get_wsgi_application

from documents import limits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "restart_portal.settings")
application = get_wsgi_application()
limits.get_ready()
