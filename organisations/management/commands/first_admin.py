"""manage.py first_admin EMAIL NAME: the first administrator, by a link that is printed once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone

import plan
from organisations import agency_codes, invitations, reference
from organisations.models import Agency, Post
from organisations.roles import Role


class Command(BaseCommand):
    help = "Invite the first administrator; the link is printed once and lasts seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        now = timezone.now()
        day = plan.local_day(now)
        validate_email(email)
        running = Q(until__isnull=True) | Q(until__gte=day)
        if Post.objects.filter(running, role=Role.ADMIN, user__is_demo=False).exists():
            raise CommandError("There is an administrator already: further ones are invited at /people/.")
        if not Agency.objects.exists():
            reference.load(at=now)
        invitation = invitations.invite_official(
            email=email,
            full_name=name,
            agency=Agency.objects.get(code=agency_codes.OFFICE),
            role=Role.ADMIN,
            title="Quản trị hệ thống",
            since=day,
            by=None,
            at=now,
            by_letter=False,
        )
        self.stdout.write(
            f"Open this once, within seven days, and set a password:\n{invitations.link(invitation)}"
        )
