"""Home: one address, the role's first page."""

from django.http import HttpRequest, HttpResponse

from dashboards.views import field_home


def home(request: HttpRequest) -> HttpResponse:
    """Shows the page where the person's day starts; no chain of redirects."""
    return field_home.page(request)
