"""Homes, public pages and the Chairman's case page."""

from django.urls import path

from dashboards.views import home, law, public, system

urlpatterns = [
    path("", public.front, name="front"),
    path("home/", home.home, name="home"),
    path("plan/", law.plan_page, name="plan"),
    path("plan/<str:clause>/", law.clause_page, name="plan_clause"),
    path("check/", public.check, name="check"),
    path("check/<str:token>/", public.check_letter, name="check_letter"),
    path("track/", public.track, name="track"),
    path("system/", system.system, name="system"),
    path("system/components/", system.components, name="components"),
    path("journal/", system.journal_log, name="journal_log"),
]
