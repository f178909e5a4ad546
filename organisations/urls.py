"""Addresses of people, enterprises and sites."""

app_name = "organisations"
urlpatterns: list = []
