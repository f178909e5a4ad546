"""Deleting in time: what is kept about people goes when its period (field_register.toml) is over.

Rows, dates, digests and the journal stay, so that the record says what was there. Files lose their bytes, words and
contacts become empty. A second run does nothing.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import structlog
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.fields.reverse_related import ForeignObjectRel

import plan
from applications.models import (
    Advice,
    AgencyMove,
    Apology,
    Briefing,
    Correction,
    CounterFiling,
    Decision,
    Dossier,
    EntryFile,
    Handling,
    Move,
    Opinion,
    Paper,
    PaperPart,
    PaperSignature,
    PaperTick,
    PlanAnswers,
    Scan,
    ScanFile,
    ScanPage,
    Sheet,
    SigningPack,
    Supplement,
    TeamProposal,
    Typing,
    Upload,
    VolumeBook,
)
from applications.states import CLOSED, State
from applications.talking import messages_key, notes_key
from documents import storing
from documents.models import StoredFile
from inspections.models import Finding, Visit
from journal.recording import record
from notices.models import Message, ThreadEntry
from organisations.models import AccessRequest, Invitation, Membership, MembershipInvitation, Post, User

log = structlog.get_logger(__name__)
REGISTER = Path(__file__).parent / "field_register.toml"
BLANKED = ("contact", "words")
MOST = 200
NOBODY = "@expired.invalid"  # RFC 2606: no mail is ever sent there

# How each table of a case file leads to its dossier; "pk" is the dossier itself.
CASE_FILE: Mapping[type[models.Model], str] = {
    Advice: "dossier", AgencyMove: "dossier", Apology: "dossier", Briefing: "dossier",
    Correction: "dossier", CounterFiling: "dossier", Decision: "dossier", Dossier: "pk",
    EntryFile: "dossier", Handling: "dossier", Move: "dossier", Opinion: "dossier", Paper: "dossier",
    PaperPart: "paper__dossier", PaperSignature: "dossier", PaperTick: "paper__dossier",
    PlanAnswers: "dossier", Scan: "dossier", ScanFile: "scan__dossier", ScanPage: "scan__dossier",
    Sheet: "dossier", SigningPack: "dossier", Supplement: "dossier", TeamProposal: "dossier",
    Typing: "dossier", Upload: "dossier", VolumeBook: "volume__dossier", Finding: "visit__dossier",
    Visit: "dossier",
}  # fmt: skip


def expire(*, at: datetime) -> dict[str, int]:
    """Deletes what is over at that moment, some hundred dossiers a call; counts by kind, which are logged."""
    days = {name: timedelta(days=each) for name, each in register()["periods"].items()}
    counts = {"dossiers": 0, "files": 0}
    for dossier in over(at=at, days=days)[:MOST]:
        counts["files"] += _empty(dossier, at=at)
        counts["dossiers"] += 1
    counts["invitations"] = _forget_invitations(before=at - days["invitation"])
    counts["accounts"] = _forget_accounts(before=at - days["account"], at=at)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    log.info("expired", **counts)
    return counts


@cache
def register() -> dict[str, Any]:
    """The field register as it stands in its file."""
    return tomllib.loads(REGISTER.read_text())


def over(*, at: datetime, days: Mapping[str, timedelta]) -> models.QuerySet[Dossier]:
    """Dossiers whose period is over: given up unsent, or closed long ago, consents too: the letter stays."""
    unsent = Q(state=State.WITHDRAWN, code__isnull=True, state_since__lt=at - days["unsent"])
    closed = Q(state__in=CLOSED, state_since__lt=at - days["case_file"])
    return Dossier.objects.filter(unsent | closed, expired_at__isnull=True).order_by("pk")


@transaction.atomic
def _empty(dossier: Dossier, *, at: datetime) -> int:
    """Takes away what one case file says of people; how many files lost their bytes."""
    if not Dossier.objects.filter(pk=dossier.pk, expired_at__isnull=True).update(expired_at=at):
        return 0  # a second worker does it
    withdrawn = 0
    for file in _files(dossier):
        if not _is_shared(file):
            withdrawn += storing.withdraw(file, by=None, at=at)
            plain = f"tep{Path(str(file.content.name)).suffix}"  # people call files by people's names
            StoredFile.objects.filter(pk=file.pk).update(name=plain)
    for model, path, names in _columns(BLANKED):
        values = {name: _nothing(model._meta.get_field(name)) for name in names}
        model._base_manager.filter(**{path: dossier.pk}).update(**values)
    keys = [messages_key(dossier), notes_key(dossier)]
    ThreadEntry.objects.filter(thread__key__in=keys).update(text="")
    record("dossier.expired", by=None, at=at, kind="dossier", subject_id=dossier.pk, fields=list(BLANKED))
    return withdrawn


def _columns(classes: tuple[str, ...]) -> Iterator[tuple[type[models.Model], str, list[str]]]:
    """(table, its way to the dossier, its fields of these classes) of every table of a case file."""
    for model, path in CASE_FILE.items():
        named = register()["fields"][model._meta.app_label][model.__name__]
        if names := [name for each in classes for name in named.get(each, [])]:
            yield model, path, names


def _files(dossier: Dossier) -> list[StoredFile]:
    """Every stored file of a case file; of some, the bytes went before."""
    keys = set()
    for model, path, names in _columns(("paper",)):
        rows = model._base_manager.filter(**{path: dossier.pk})
        for name in names:
            keys |= set(rows.exclude(**{name: None}).values_list(name, flat=True))
    return list(StoredFile.objects.filter(pk__in=keys).order_by("pk"))


def _is_shared(file: StoredFile) -> bool:
    """Whether something that is kept has it too: a renewed dossier shares papers, a signer's paper serves many."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            model, path = relation.related_model, CASE_FILE.get(relation.related_model)
            kept = {} if path is None else {f"{path}__expired_at__isnull".removeprefix("pk__"): True}
            if model._base_manager.filter(**{relation.field.name: file.pk}, **kept).exists():
                return True
    return False


def _nothing(field: Any) -> object:
    """The empty value of a column."""
    return None if field.null else field.get_default()


def _forget_accounts(*, before: datetime, at: datetime) -> int:
    """Takes name, address and telephone from accounts that nobody has used, at no office and no enterprise, since."""
    posts = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=plan.local_day(before)))
    memberships = Membership.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=before))
    unused = (
        User.objects.filter(Q(last_login__isnull=True) | Q(last_login__lt=before), date_joined__lt=before)
        .exclude(pk__in=posts.order_by().values("user"))
        .exclude(pk__in=memberships.order_by().values("user"))
        .exclude(email__endswith=NOBODY)
    )
    users = list(unused.order_by("pk")[:MOST])
    for user in users:
        _forget(user, at=at)
    return len(users)


@transaction.atomic
def _forget(user: User, *, at: datetime) -> None:
    """The row stays, since the record points to it; nobody signs in with it any more."""
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    Message.objects.filter(user=user).delete()
    _blank_invitations(user)
    AccessRequest.objects.filter(user=user).update(note="")
    user.email, user.full_name, user.phone, user.is_active = f"{user.pk}{NOBODY}", "–", "", False
    user.set_unusable_password()
    user.save()
    record("account.expired", by=None, at=at, kind="user", subject_id=user.pk, fields=["account"])


def _blank_invitations(user: User) -> None:
    """What the invitations said that made the account what it was; the address may have changed since."""
    Invitation.objects.filter(accepted_by=user).update(email="", full_name="", phone="", title="")
    joined = Q(enterprise__memberships__user=user, enterprise__memberships__since=F("accepted_at"))
    MembershipInvitation.objects.filter(Q(email=user.email) | joined).update(email="")


def _forget_invitations(*, before: datetime) -> int:
    """Deletes invitations that nobody took up: name, address and telephone of people who never came."""
    done = 0
    for table in (Invitation, MembershipInvitation):
        done += table.objects.filter(accepted_at__isnull=True, expires_at__lt=before).delete()[0]
    return done
