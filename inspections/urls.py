"""Visits."""

from django.urls import path

from inspections.views import paper_sheets, visits

app_name = "visits"
urlpatterns = [
    path("visits/", visits.schedule, name="list"),
    path("visits/<uuid:pk>/", visits.visit, name="visit"),
    path("visits/<uuid:pk>/sign/", visits.sign, name="sign"),
    path("visits/<uuid:pk>/sign/paper/", paper_sheets.page, name="sign_paper"),
]
