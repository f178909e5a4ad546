"""Homes, public pages and the Chairman's case page."""

urlpatterns: list = []
