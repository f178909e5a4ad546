"""`/dossiers/`: one address; the queue for officials, the own dossiers for people of enterprises."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string

import plan

# Each actor's page is a module of its own; the names are resolved when the page is asked for.
QUEUE = "applications.views.desk_queue.queue"
OWN = "applications.views.enterprise_list.own_dossiers"


def page(request: HttpRequest) -> HttpResponse:
    """The list of the person's role."""
    official = bool(request.user.posts_on(plan.local_day(timezone.now())))
    return import_string(QUEUE if official else OWN)(request)
