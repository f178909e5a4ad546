"""The map: one address per thing. Rooms bring their own; the roof only joins them."""

from django.urls import include, path

from restart_portal import views

urlpatterns = [
    path("health/live", views.live, name="health_live"),
    path("health/ready", views.ready, name="health_ready"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("organisations.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("notices.urls")),
    path("", include("documents.urls")),
    path("", include("applications.urls")),
    path("", include("inspections.urls")),
    path("", include("dashboards.urls")),
]

handler400 = "restart_portal.views.bad_request"
handler403 = "restart_portal.views.forbidden"
handler404 = "restart_portal.views.not_found"
handler500 = "restart_portal.views.server_error"
