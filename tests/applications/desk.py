"""What the tests of the desk share: dossiers by the dozen, and who sits where.

many(30)                 so many submitted dossiers of DOLISA, each of a site of its own
officer()                a client of the officer who receives them
"""

from datetime import datetime
from uuid import uuid4

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.filing import search_text
from applications.models import Dossier, Paper
from applications.states import State
from organisations.models import User
from tests import cast
from tests.applications import making

MOST_QUERIES = 12


def officer(user: User | None = None) -> Client:
    """Signed in as the officer of DOLISA, or as somebody else."""
    return cast.signed_in(user or cast.make_dolisa_officer())


def second_officer() -> User:
    """A colleague at the same desk."""
    role = cast.Role.RECEIVING
    return cast.make_official("dong-nghiep@tra-vinh.example", "Lâm Thị Sa Ry", role, "DOLISA", "Chuyên viên")


def path(name: str, dossier: Dossier, *more: object) -> str:
    """An address of a dossier."""
    return reverse(f"dossiers:{name}", args=[dossier.reference, *more])


def read(client: Client, address: str) -> HttpResponseBase:
    """The answer with a file, read to its end, which closes it."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def queries(client: Client, address: str) -> int:
    """How many queries a page asks, which is never more than twelve."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= MOST_QUERIES
    return len(captured)


def case(dossier: Dossier, query: str = "") -> str:
    """The address of the case."""
    return path("detail", dossier) + query


def many(
    count: int, *, state: str = State.SUBMITTED, at: datetime = cast.AT, first: int = 1
) -> list[Dossier]:
    """Copies of one dossier, each with papers, on sites of one enterprise."""
    found = Dossier.objects.filter(state=State.SUBMITTED).order_by("code").first()
    model = found or making.make_dossier(State.SUBMITTED, at=at)
    papers = list(model.papers.order_by("pk"))
    made = []
    for number in range(first, first + count):
        site = cast.make_site(name=f"Xưởng số {number}", zone=None, at=at)
        copy = Dossier.objects.get(pk=model.pk)
        copy.pk, copy.site, copy.state = uuid4(), site, state
        copy.code = f"01-211014-{1000 + number}"
        copy.search = search_text(site, code=copy.code)
        copy.save(force_insert=True)
        Paper.objects.bulk_create(_copied(papers, copy))
        made.append(copy)
    return made


def _copied(papers: list[Paper], dossier: Dossier) -> list[Paper]:
    copies = []
    for paper in papers:
        copy = Paper.objects.get(pk=paper.pk)
        copy.pk, copy.dossier = None, dossier
        copies.append(copy)
    return copies
