"""Checks the whole journal; exits 1 with each finding in plain words."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from journal import sealing


class Command(BaseCommand):
    help = "Checks that no audit event was changed, deleted or reordered since it was sealed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", default="", help="a seal that an outsider holds, from a mail or a receipt"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        findings = sealing.verify(head=options["head"])
        for finding in findings:
            self.stderr.write(f"seal {finding.position}: {finding.text}")
        position, mac = sealing.last_seal()
        self.stdout.write(f"{position} sealed, {sealing.unsealed()} waiting, last seal {mac}")
        if findings:
            raise CommandError(f"{len(findings)} findings")
