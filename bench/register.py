"""The register: 3,000 firms with a site and an invitation each, against bare inserts of the same rows."""

import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.figures import Figure, figure, hand_over, seconds  # noqa: E402
from documents.register import staging  # noqa: E402
from organisations import reference  # noqa: E402
from organisations.models import Agency, Enterprise, MembershipInvitation, Post, Site, User  # noqa: E402
from organisations.roles import Role  # noqa: E402
from tests.documents.register.books import book, firm  # noqa: E402

ROWS, MOST_SECONDS = 3_000, 5.0


def _officer() -> User:
    now = timezone.now()
    user = User.objects.create_user("bench@tra-vinh.example", full_name="Trần Thị Lan", date_joined=now)
    agency = Agency.objects.get(code="DOLISA")
    Post.objects.create(
        user=user, agency=agency, role=Role.RECEIVING, title="Chuyên viên", since="2021-01-01"
    )
    return user


def _bare(rows: Any, models: Any) -> None:
    """The same rows, put as the database takes them fastest through the same library, and taken out again."""
    with transaction.atomic():
        for model, of in zip(models, rows, strict=True):
            model.objects.bulk_create(of, batch_size=500)
        transaction.set_rollback(True)


def figures(part: str) -> list[Figure]:
    """Reading, entering, and entering again."""
    reference.load(at=timezone.now())
    officer, agency = _officer(), Agency.objects.get(code="DOLISA")
    sent = book([firm(number) for number in range(ROWS)])
    kept: list[Any] = []
    times = [
        seconds(lambda: kept.append(staging.take(upload=SimpleUploadedFile("list.xlsx", sent), agency=agency,
                                                 by=officer, at=timezone.now()))),
        seconds(lambda: staging.enter(kept=kept[0], by=officer, at=timezone.now())),
    ]  # fmt: skip
    counts = (Enterprise.objects.count(), Site.objects.count(), MembershipInvitation.objects.count())
    if counts != (ROWS, ROWS, ROWS):
        raise RuntimeError(f"{counts} made of {ROWS} rows")
    models = (Enterprise, Site, MembershipInvitation)
    rows = [list(model.objects.order_by("pk")) for model in models]
    for model in reversed(models):
        if model is Enterprise:
            connection.cursor().execute("DELETE FROM organisations_representative")
        model.objects.order_by().delete()
    bare = min(seconds(lambda: _bare(rows, models)) for _ in range(3))
    again = seconds(lambda: staging.take(upload=SimpleUploadedFile("list.xlsx", sent), agency=agency, by=officer,
                                         at=timezone.now()))  # fmt: skip
    whole = sum(times)
    return [
        figure(part, f"bare inserts of {ROWS:,} firms, sites, invitations", [bare]),
        figure(part, "reading, judging, keeping aside", [times[0]]),
        figure(part, "entering", [times[1]], base=bare),
        figure(part, "both, as the officer waits, to 5 s", [whole], base=MOST_SECONDS, most=1.0),
        figure(part, "the same list read again", [again]),
    ]


def main(part: str) -> None:
    """In a database of its own: on PostgreSQL, the one of the pages is full."""
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            hand_over(figures(part))
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
        return
    call_command("migrate", verbosity=0)
    hand_over(figures(part))


if __name__ == "__main__":
    main(sys.argv[1])
