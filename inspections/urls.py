"""Visits."""

from django.urls import path

from inspections import views

app_name = "visits"
urlpatterns = [
    path("visits/", views.schedule, name="list"),
    path("visits/<uuid:pk>/", views.visit, name="visit"),
    path("visits/<uuid:pk>/sign/", views.sign, name="sign"),
]
