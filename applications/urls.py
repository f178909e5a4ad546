"""Dossiers: one address per thing, whoever looks. `ref` is the code, or the UUID of a draft."""

from django.urls import path

from applications.views import chair, detail, listing

app_name = "dossiers"
urlpatterns = [
    path("dossiers/", listing.page, name="list"),
    path("dossiers/<slug:ref>/", detail.page, name="detail"),
    path("dossiers/<slug:ref>/assign-team/", chair.assign_team, name="assign_team"),
]
