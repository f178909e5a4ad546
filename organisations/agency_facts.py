"""How an agency is reached, as pages and new letters print it: a province writes its own over what came with it."""

from datetime import datetime

from django.db import transaction

from journal.recording import record
from organisations.models import Agency, User


@transaction.atomic
def change_contact(*, agency: Agency, phone: str, email: str, address: str, by: User, at: datetime) -> bool:
    """Writes what differs; False when nothing does. Letters that are out keep what they printed."""
    held = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    given = {"phone": phone, "email": email, "address": address}
    changed = {name: value for name, value in given.items() if getattr(held, name) != value}
    if not changed:
        return False
    Agency.objects.filter(pk=agency.pk).update(**changed)
    record("agency.changed", by=by, at=at, kind="agency", subject_id=agency.code, fields=list(changed))
    return True
