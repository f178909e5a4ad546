"""Deletes what is kept no longer, as beat does every night; for an operator who will not wait."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from restart_portal import expiring


class Command(BaseCommand):
    help = "Deletes what is kept no longer (restart_portal/field_register.toml) and prints counts."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in expiring.expire(at=timezone.now()).items():
            self.stdout.write(f"{name}: {count}")
