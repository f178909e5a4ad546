"""manage.py load_reference: units, zones, agencies and holidays; may be run any number of times."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from organisations import reference


class Command(BaseCommand):
    help = "Load administrative units, zones, agencies and holidays of the province."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = reference.load(at=timezone.now())
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in counts.items()))
