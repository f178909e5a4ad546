from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self) -> None:
        from organisations import checks  # noqa: F401  # system checks are registered by import, once apps are ready
