"""Homes, public pages and the Chairman's case page."""

from django.urls import path

from applications.views import chair
from dashboards.views import decide, decisions, guide, home, law, public, search, system

urlpatterns = [
    path("", public.front, name="front"),
    path("home/", home.home, name="home"),
    path("guide/", guide.guide, name="guide"),
    path("plan/", law.plan_page, name="plan"),
    path("plan/<str:clause>/", law.clause_page, name="plan_clause"),
    path("check/", public.check, name="check"),
    path("check/<str:token>/", public.check_letter, name="check_letter"),
    path("track/", public.track, name="track"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("dossiers/<str:ref>/decide/", decide.decide, name="decide"),
    path("dossiers/<str:ref>/decide/refuse/", decide.refuse, name="refuse"),
    path("dossiers/<str:ref>/decide/<str:kind>.pdf", decide.letter_preview, name="letter_preview"),
    path(
        "dossiers/<str:ref>/decide/<str:kind>-<int:page>.png",
        decide.letter_preview_page,
        name="letter_preview_page",
    ),
    path("dossiers/<str:ref>/return/", chair.send_back, name="return"),
    path("dossiers/<str:ref>/decided/", decide.decided, name="decided"),
    path("search/", search.search, name="search"),
    path("system/", system.system, name="system"),
    path("system/components/", system.components, name="components"),
    path("journal/", system.journal_log, name="journal_log"),
]
