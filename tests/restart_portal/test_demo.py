"""The demo province: every state, told relative to the moment of seeding, through the portal's own verbs."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

import plan
from applications.models import Dossier
from applications.states import State
from documents.models import Letter
from journal.models import OutboxRow
from notices.models import Message
from organisations.demo_accounts import PASSWORD
from organisations.models import User
from restart_portal.demo import province
from restart_portal.demo.lives import LEFT_TO_THE_WORKER, Life
from restart_portal.demo.province import seed
from tests import cast

pytestmark = pytest.mark.django_db
NOW = cast.instant("2021-11-25", "09:30")


def test_the_demo_has_every_state_letters_messages_and_accounts_that_sign_in(client) -> None:
    seed(at=NOW, say=lambda line: None)
    assert set(Dossier.objects.values_list("state", flat=True)) == set(State.values)
    left = OutboxRow.objects.filter(done_at__isnull=True).exclude(event__in=LEFT_TO_THE_WORKER)
    assert not left.exists()
    assert not Letter.objects.filter(pdf__isnull=True).exists()
    assert Message.objects.exists()
    for dossier in Dossier.objects.exclude(state=State.DRAFT).order_by("pk"):
        moments = list(dossier.moves.order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments)
        assert moments[-1] <= NOW
    signed = client.post(reverse("account_login"), {"login": "dolisa@tra-vinh.example", "password": PASSWORD})
    assert signed.status_code == 302
    assert User.objects.filter(is_demo=True).count() >= 12
    with pytest.raises(CommandError, match="already"):
        call_command("seed_demo")
    call_command("seed_demo", if_empty=True)


# A Tuesday afternoon: what began on the Sunday before is handed in on Friday.
@pytest.mark.parametrize("day", ["2021-11-22", "2021-11-23", "2021-11-27"])
def test_a_dossier_begun_before_a_weekend_is_signed_before_it_is_handed_in(monkeypatch, day) -> None:
    monkeypatch.setattr(province, "LIVES", [Life(0, 0, "supplement_requested", 46, 20)])
    seed(at=cast.instant(day, "14:48"), say=lambda line: None)
    dossier = Dossier.objects.get(state=State.SUPPLEMENT_REQUESTED)
    assert dossier.signed_on is not None
    assert dossier.submitted_at is not None
    assert dossier.signed_on <= plan.local_day(dossier.submitted_at)


def test_outside_a_demo_nothing_is_seeded() -> None:
    settings.DEMO = False
    try:
        with pytest.raises(CommandError):
            call_command("seed_demo")
    finally:
        settings.DEMO = True
