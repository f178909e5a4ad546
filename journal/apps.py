from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "journal"

    def ready(self) -> None:
        from journal import checks  # noqa: F401  # system checks are registered by import, once apps are ready
