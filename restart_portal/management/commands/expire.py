"""Deletes what is kept no longer, as beat does every night; for an operator who will not wait."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from restart_portal import expiring


class Command(BaseCommand):
    help = "Deletes what is kept no longer (restart_portal/field_register.toml) and prints counts."

    def handle(self, *args: Any, **options: Any) -> None:
        total: Counter[str] = Counter()
        while (counts := expiring.expire(at=timezone.now()))["dossiers"]:
            total.update(counts)
        total.update(counts)
        for name, count in total.items():
            self.stdout.write(f"{name}: {count}")
