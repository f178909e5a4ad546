"""manage.py seed_demo: the demo province, into an empty database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from restart_portal.demo.province import NotEmpty, seed


class Command(BaseCommand):
    help = "Seed the demo province; only in demo mode."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are dossiers already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This portal is not a demo: it is not seeded.")
        try:
            seed(
                at=timezone.now(),
                say=lambda line: self.stdout.write(f"  {line}") if options["verbosity"] else None,
            )
        except NotEmpty as error:
            if not options["if_empty"]:
                raise CommandError("There are dossiers already.") from error
