"""The makers bring a dossier to every state by its own way."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from applications import receiving
from applications.models import Dossier, Paper
from applications.states import State
from journal.models import AuditEvent
from organisations.models import User
from tests import cast
from tests.applications import making, making_many

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("phase", [1, 2])
@pytest.mark.parametrize("state", State)
def test_a_dossier_can_be_made_in_every_state(state: State, phase: int) -> None:
    if phase == 2 and state == State.TEAM_PROPOSED:
        with pytest.raises(KeyError):
            making.way_to(state, phase=2)
        return
    dossier = making.make_dossier(state, phase=phase)
    assert (dossier.state, dossier.phase, dossier.receiving_agency.code) == (state, phase, "DOLISA")


def test_a_site_in_a_park_gives_a_dossier_of_the_board() -> None:
    dossier = making.make_dossier(State.FORWARDED, site=cast.make_site())
    assert dossier.receiving_agency.code == "EZB"


def test_making_twice_on_one_site_gives_the_same_draft() -> None:
    assert making.draft() == making.draft()


def rows_of(dossier: Dossier) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Papers with their file's name, journal rows and version, without keys."""
    papers = dossier.papers.order_by("slot").values(
        "slot", "version", "pages", "rows", "uploaded_at", "uploaded_by", "replaced_at", "verdict", "verdict_at",
        "verdict_by", "reason", "fix", "pdf__name", "pdf__pages", "pdf__size", "pdf__sha256", "pdf__stored_by",
        "parts__position", "parts__file__name",
    )  # fmt: skip
    told = AuditEvent.objects.filter(subject_id=str(dossier.pk)).values("verb", "at", "actor_name", "fields")
    return list(papers), sorted(told, key=str), making.fresh(dossier).version


def test_what_is_written_many_at_once_is_what_the_verbs_write_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def one_by_one(first: Paper, slots: list[str], page: Path) -> None:
        for slot in slots:
            making.put_paper(first.dossier, slot, first.uploaded_at)

    def mark(dossier: Dossier, *, by: User, at: datetime) -> None:
        for paper in dossier.papers.filter(replaced_at__isnull=True).order_by("pk"):
            receiving.mark_paper(paper=paper, verdict=Paper.Verdict.IN_ORDER, by=by, at=at)

    sites = [cast.make_site(name=f"Cơ sở {number}", zone=None) for number in (1, 2)]
    many = making.mark_all(making.make_dossier(State.SUBMITTED, site=sites[0]))
    monkeypatch.setattr(making_many, "put_like", one_by_one)
    monkeypatch.setattr(making_many, "mark_in_order", mark)
    single = making.mark_all(making.make_dossier(State.SUBMITTED, site=sites[1]))
    assert rows_of(many) == rows_of(single)
    assert len(rows_of(many)[0]) == 13
