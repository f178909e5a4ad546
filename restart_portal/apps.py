from django.apps import AppConfig


class RestartPortalConfig(AppConfig):
    name = "restart_portal"
