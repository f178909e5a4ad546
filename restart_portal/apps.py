"""The roof as an app. Loading it makes the Celery app the one that every `shared_task` answers to."""

from django.apps import AppConfig

from restart_portal.celery import app as celery_app

__all__ = ["RestartPortalConfig", "celery_app"]


class RestartPortalConfig(AppConfig):
    name = "restart_portal"

    def ready(self) -> None:
        from restart_portal import checks  # noqa: F401 - checks register by import, once apps are ready
