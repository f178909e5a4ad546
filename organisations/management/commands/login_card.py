"""manage.py login_card: who can sign in to the demo, and with what."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.demo_accounts import PASSWORD
from organisations.models import User


class Command(BaseCommand):
    help = "Print the demo accounts; only in demo mode."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This portal is not a demo: it has no demo accounts.")
        users = list(User.objects.filter(is_demo=True).order_by("pk"))
        if not users:
            raise CommandError("No demo accounts yet: run seed_demo first.")
        width = max(len(user.email) for user in users)
        self.stdout.write(f"Demo accounts, password for all: {PASSWORD}")
        for user in users:
            self.stdout.write(f"  {user.email:<{width}}  {user.full_name}, {self._what(user)}")
        if folder := getattr(settings, "EMAIL_FILE_PATH", None):
            self.stdout.write(f"What the portal mails (to confirm an address, to invite) lies in {folder}/")

    @staticmethod
    def _what(user: User) -> str:
        member = user.memberships.filter(ended_at__isnull=True).select_related("enterprise").first()
        return user.post_title(on=timezone.now()) or (member.enterprise.name if member else "–")
