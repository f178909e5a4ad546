"""Home: one address, the role's first page."""

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

import plan
from dashboards.views import chair_home, desk_home, enterprise_home, field_home, team_home
from organisations.roles import May
from organisations.views import administration


def home(request: HttpRequest) -> HttpResponseBase:
    """Shows the page where the person's day starts; no chain of redirects."""
    day = plan.local_day(timezone.now())
    user = request.user
    if not user.posts_on(day):
        return enterprise_home.page(request)
    pages = (
        (May.MANAGE_PEOPLE, administration.people),
        (May.RECEIVE, desk_home.page),
        (May.LEAD_VISITS, team_home.page),
        (May.SEND_BACK, chair_home.page),
    )
    page = next((view for permission, view in pages if user.may(permission, on=day)), field_home.page)
    return page(request)
