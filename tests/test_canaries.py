"""Canaries: unmistakable names, identities, telephones and addresses go in by the doors, and are looked for afterwards.

They may stand in the columns that the field register gives to persons, and nowhere else: no log line, no row of the
journal or the outbox, no address, no argument of a task, no subject of a letter, no name of a file.
"""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from celery.app.task import Task
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import filing, reminding, warning
from applications.models import Dossier
from documents.models import StoredFile
from journal import outbox, sealing
from journal.models import AuditEvent, Effect, OutboxRow
from notices import telling
from notices.models import Message
from organisations.models import Enterprise, Membership, User
from pages.folding import fold
from restart_portal.logs import configure
from tests import cast
from tests.applications import making
from tests.applications.making import NOT_BOUND
from tests.applications.test_enterprise_path import answers
from tests.restart_portal.test_field_register import register, registered
from tests.workers.workbooks import workbook, worker

pytestmark = pytest.mark.django_db(transaction=True)

PERSON, SIGNER, CONTACT, KEEPER, WORKER, RELATIVE = (
    "Bạch Kỳ Lân", "Tôn Nữ Sao Hôm", "Mạc Thủy Tiên", "Quách Hải Âu", "Khưu Ngọc Thạch", "0389471206",
)  # fmt: skip
PHONES = ("0971306482", "0968417053", "0357182946", "0327560914")
IDENTITY, ADDRESS, LODGING = "084190770613", "Hẻm 77 đường Chim Hoàng Yến", "Ấp Sơn Ca, xã Long Đức"
EMAIL = "ky-lan@hoang-yen.example"
WRITTEN = f"Gọi {CONTACT} số {PHONES[1]}"


def spellings() -> set[str]:
    """Every canary as it was typed, without marks, and as a stored telephone."""
    words = {PERSON, SIGNER, CONTACT, KEEPER, WORKER, IDENTITY, ADDRESS, LODGING, RELATIVE, *PHONES}
    local = {phone[1:] for phone in (*PHONES, RELATIVE)}
    return words | {fold(word) for word in words} | local


def found_in(text: str) -> list[str]:
    return sorted(word for word in spellings() if word in text)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the process would write to standard error, at the level of production."""
    root, kept = logging.getLogger(), logging.getLogger().handlers[:]
    level, written = root.level, io.StringIO()
    structlog.reset_defaults()
    configure({"level": "INFO"})
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]
    yield written
    root.handlers[:] = kept
    root.setLevel(level)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Arguments of every task that was asked for."""
    asked: list[str] = []

    def apply_async(task: Task, args: Any = None, kwargs: Any = None, **options: Any) -> None:
        asked.append(f"{task.name} {args} {kwargs} {options}")

    monkeypatch.setattr(Task, "apply_async", apply_async)
    return asked


class Walker:
    """A client that keeps every address it was sent to."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.addresses: list[str] = []

    def get(self, path: str) -> Any:
        return self._kept(self.client.get(path))

    def post(self, path: str, data: dict[str, Any]) -> Any:
        return self._kept(self.client.post(path, data))

    def _kept(self, response: Any) -> Any:
        self.addresses += [response.get("Location", ""), response.get("X-Request-ID", "")]
        assert response.status_code < 500
        return response


def claim(owner: Walker) -> Enterprise:
    """Signing up, claiming the firm and adding a site."""
    form = {
        "email": EMAIL,
        "full_name": PERSON,
        "phone": PHONES[0],
        "password1": cast.PASSWORD,
        "terms": "on",
    }
    owner.post(reverse("account_signup"), form)
    person = User.objects.filter(email=EMAIL).first() or cast.UserFactory(
        email=EMAIL, full_name=PERSON, phone=f"+84{PHONES[0][1:]}"
    )
    assert User.objects.get(email=EMAIL).full_name == PERSON
    owner.client.force_login(person)
    owner.post(reverse("organisations:claim"), {
        "tax_code": cast.TAX_CODE, "name": "Công ty Hoàng Yến", "address": ADDRESS, "province": "84",
        "phone": PHONES[1], "signer_name": SIGNER, "signer_title": "Giám đốc", "signer_capacity": "legal",
    })  # fmt: skip
    enterprise = Enterprise.objects.get()
    owner.post(reverse("organisations:new_site"), {
        "name": "Xưởng Một", "zone": "", "commune": "29263", "address": ADDRESS, "enterprise": enterprise.pk,
    })  # fmt: skip
    return enterprise


def prepare(owner: Walker, enterprise: Enterprise) -> Dossier:
    """Answers, half typed ones too, the plan, the list."""
    site = enterprise.sites.get()
    owner.post(reverse("dossiers:new"), {"site": str(site.pk)})
    dossier = Dossier.objects.get(site=site)
    ref = dossier.reference
    signer = {**answers("signer"), "signer_name": SIGNER, "contact_name": CONTACT, "contact_phone": PHONES[1]}
    half = {"autosave": "1", "typing-page": "a", "typing-turn": "1", "contact_phone": PHONES[2][:7]}
    owner.post(reverse("dossiers:answers", args=[ref, "signer"]), {**signer, **half})
    owner.post(reverse("dossiers:answers", args=[ref, "signer"]), signer)
    plan = {"place": "Dãy nhà B", "keeper": KEEPER, "keeper_phone": PHONES[2], "do": "next"}
    owner.post(reverse("dossiers:plan_part", args=[ref, "isolation"]), plan)
    row = worker(
        0, full_name=WORKER, identity=IDENTITY, permanent_address=LODGING, current_address=ADDRESS,
        phone=PHONES[3], relative_phone=RELATIVE,
    )  # fmt: skip
    paper = reverse("dossiers:paper", args=[ref, "worker_list"])
    for content in (workbook([row, worker(1, full_name=WORKER, identity="12345")]), workbook([row])):
        owner.post(paper, {"files": [SimpleUploadedFile("danh-sach.xlsx", content)]})
    assert dossier.papers.get().rows == 1
    return dossier


def test_personal_values_are_found_nowhere_outside_their_columns(log: io.StringIO, sent: list[str]) -> None:
    cast.load_reference()
    officer = cast.make_dolisa_officer()
    owner, desk = Walker(Client()), Walker(cast.signed_in(officer))
    enterprise = claim(owner)
    dossier = prepare(owner, enterprise)
    person = Membership.objects.get(enterprise=enterprise).user
    submitted = submit(dossier, person)
    message = reverse("dossiers:messages", args=[submitted.reference])
    owner.post(message, {"text": WRITTEN, "sent_key": "a"})
    walk(owner, desk, submitted)
    run_tasks()
    assert "outbox.failed" not in log.getvalue()
    nothing_in_what_leaves(owner, desk, log, sent)
    nothing_in_other_columns()


def submit(dossier: Dossier, person: User) -> Dossier:
    """Handed in by the verbs, with the papers that are missing."""
    now = timezone.now()
    kept = {"contact_name", "contact_phone", "signer_name", "signer_title", "signer_capacity"}
    rest = {
        key: value for key, value in making.answers(dossier, now, baseline=300).items() if key not in kept
    }
    filing.answer(dossier=dossier, answers={**rest, "slips_count": 1}, by=person, at=now)
    for slot in making.rules_at(now).phase(dossier.phase).papers():
        if slot.required and slot.code != "worker_list":
            making.put_paper(making.fresh(dossier), slot.code, now, by=person)
    return filing.submit(dossier=making.fresh(dossier), by=person, at=now, declared=True)


def walk(owner: Walker, desk: Walker, dossier: Dossier) -> None:
    """Lists, pages, searches, and pages that do not exist."""
    names = ("home", "dossiers:list", "sites", "notices:inbox", "documents:letters")
    for walker in (owner, desk):
        for name in names:
            walker.get(reverse(name))
        for name in ("detail", "clock", "timeline", "messages", "papers"):
            walker.get(reverse(f"dossiers:{name}", args=[dossier.reference]))
        walker.get(reverse("enterprise", args=[dossier.site.enterprise_id]))
        walker.get("/khong-co/")
        walker.post(reverse("search"), {"q": "Xưởng"})
        walker.get(reverse("dossiers:paper_original", args=[dossier.reference, "worker_list", 2, 1]))
    desk.post(reverse("dossiers:decline", args=[dossier.reference]), {"note": WRITTEN})
    owner.post(reverse("dossiers:detail", args=[dossier.reference]), {"note": WRITTEN})


def run_tasks() -> None:
    """Everything that beat and the doorbells run."""
    outbox.drain(now=timezone.now, leave=NOT_BOUND)
    warning.sweep(at=timezone.now())
    reminding.sweep(at=timezone.now())
    telling.deliver(now=timezone.now, most=500)
    sealing.seal(at=timezone.now())


def nothing_in_what_leaves(owner: Walker, desk: Walker, log: io.StringIO, sent: list[str]) -> None:
    """Logs, addresses, tasks, letters' subjects, names of files, sessions."""
    assert found_in(log.getvalue()) == []
    assert log.getvalue()
    assert found_in("\n".join(owner.addresses + desk.addresses)) == []
    assert found_in("\n".join(sent)) == []
    assert sent
    assert found_in("\n".join(letter.subject for letter in mail.outbox)) == []
    assert mail.outbox
    assert found_in("\n".join(str(path) for path in Path(settings.VAR).rglob("*"))) == []
    assert found_in("\n".join(StoredFile.objects.values_list("content", flat=True))) == []
    assert found_in("\n".join(str(row.get_decoded()) for row in Session.objects.all())) == []


def nothing_in_other_columns() -> None:
    """Every text of every row of every table, held to the register."""
    classes, rows = register()["classes"], registered()
    names = {PERSON, fold(PERSON)}  # the one person who acts
    seen, wrong = set(), []
    for model in apps.get_models():
        label = model._meta.label
        for row in model._base_manager.values():
            for column, value in row.items():
                if not (hits := found_in(str(value))):
                    continue
                kind = rows.get(label, {}).get(column, "none")
                holds = classes[kind]["holds"] if kind in classes else "none"
                seen.add(f"{label}.{column}")
                if holds == "none" or (holds == "names" and set(hits) - names):
                    wrong.append(f"{label}.{column}: {hits}")
    allauth = {"account.EmailAddress.email", "account.EmailConfirmation.key"}
    assert [each for each in wrong if each.partition(":")[0] not in allauth] == []
    # The canaries are alive: they were found where they belong.
    assert {"applications.Dossier.contact_name", "applications.PlanAnswers.answers", "organisations.User.phone",
            "organisations.Enterprise.address", "notices.ThreadEntry.text"} <= seen  # fmt: skip
    strict = {
        AuditEvent: ("verb", "subject_id", "fields", "reason", "actor_post"),
        OutboxRow: ("event", "subject_id", "last_error"),
        Effect: ("key",),
        Message: ("key", "title", "line", "path"),
    }
    for model, columns in strict.items():
        text = "\n".join(str(row) for row in model._base_manager.values_list(*columns))
        assert found_in(text) == [], model


def test_a_canary_that_is_let_out_is_heard(log: io.StringIO) -> None:
    structlog.get_logger("x").info("told", phone=PHONES[1])
    logging.getLogger("y").warning("for %s", fold(WORKER))
    assert found_in(log.getvalue()) == sorted({PHONES[1], PHONES[1][1:], fold(WORKER)})
