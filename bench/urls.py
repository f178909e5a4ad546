"""The portal's addresses, and the empty page that all others are compared with."""

from django.urls import path
from django.views.generic import TemplateView

from restart_portal.urls import handler400, handler403, handler404, handler500
from restart_portal.urls import urlpatterns as portal

__all__ = ["handler400", "handler403", "handler404", "handler500"]
EMPTY = "/bench/empty/"

urlpatterns = [path(EMPTY[1:], TemplateView.as_view(template_name="bench/empty.html")), *portal]
