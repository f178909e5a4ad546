"""Dossiers: one address per thing, whoever looks."""

app_name = "dossiers"
urlpatterns: list = []
