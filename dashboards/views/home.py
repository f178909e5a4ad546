"""Home: one address, the role's first page."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

import plan
from dashboards.views import chair_home, desk_home, enterprise_home, field_home, team_home
from organisations.roles import May


def home(request: HttpRequest) -> HttpResponse:
    """Shows the page where the person's day starts; no chain of redirects."""
    day = plan.local_day(timezone.now())
    user = request.user
    if not user.posts_on(day):
        return enterprise_home.page(request)
    if user.may(May.RECEIVE, on=day):
        return desk_home.page(request)
    if user.may(May.LEAD_VISITS, on=day):
        return team_home.page(request)
    if user.may(May.SEND_BACK, on=day):
        return chair_home.page(request)
    return field_home.page(request)
