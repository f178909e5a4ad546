"""`/dossiers/`: one address; the queue for officials, the own dossiers for people of enterprises."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

import plan
from applications.views import desk_queue, enterprise_list


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The list of the person's role."""
    official = bool(request.user.posts_on(plan.local_day(timezone.now())))
    return desk_queue.queue(request) if official else enterprise_list.own_dossiers(request)
