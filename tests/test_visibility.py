"""Files, letters, messages and audit rows are reached through an owner only, and everything with an address of
its own starts from `visible_to`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from applications.models import BulkAct, Dossier, LibraryText, PaperPermit, SavedView
from applications.states import State
from documents.models import Letter, RegisterImport, StoredFile
from inspections.models import Visit
from organisations.models import Enterprise, Site
from tests import cast
from tests.applications import making
from tests.test_permissions import routes
from tests.test_staircase import ROOT, trees

DAY = cast.AT.date()

# Models with pages of their own.
ADDRESSED = (
    BulkAct,
    Dossier,
    Enterprise,
    Letter,
    LibraryText,
    PaperPermit,
    RegisterImport,
    SavedView,
    Site,
    Visit,
)
# Reached through an owner; no view may look one up by a key from the address.
OWNED = {
    "StoredFile",
    "PaperPart",
    "Upload",
    "AuditEvent",
    "Seal",
    "OutboxRow",
    "Delivery",
    "Sheet",
    "Advice",
    "Decision",
    "Supplement",
    "Handling",
    "Presence",
    "PaperTick",
    "EntryFile",
    "Opinion",
    "Thread",
    "ThreadEntry",
    "ThreadReading",
}
# Rows that belong to one person or to one enterprise, and the field by which each look-up must name it.
PERSONAL = {"Message": "user", "Cover": "absent"}


def views() -> Iterator[tuple[Path, ast.Module]]:
    for path, tree in trees():
        if path.name == "views.py" or "views" in path.parts:
            yield path, tree


def named(node: ast.expr) -> set[str]:
    """The fields that every row a `Q(...)` lets through is held to: of "or", those in both arms."""
    if isinstance(node, ast.BinOp):
        left, right = named(node.left), named(node.right)
        return left & right if isinstance(node.op, ast.BitOr) else left | right
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Q":
        return {(each.arg or "").partition("__")[0] for each in node.keywords}
    return set()


def look_ups(tree: ast.Module) -> Iterator[tuple[int, str, set[str]]]:
    """(line, model, keywords) of `Model.objects.get/filter(...)` and `get_object_or_404(Model, ...)`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        words = {each.arg or "" for each in node.keywords}.union(*map(named, node.args))
        if (
            isinstance(node.func, ast.Name)
            and node.func.id == "get_object_or_404"
            and isinstance(node.args[0], ast.Name)
        ):
            yield node.lineno, node.args[0].id, words
        if isinstance(node.func, ast.Attribute) and node.func.attr in {"get", "filter"}:
            of = node.func.value
            if isinstance(of, ast.Attribute) and of.attr == "objects" and isinstance(of.value, ast.Name):
                yield node.lineno, of.value.id, words


def test_what_has_an_address_has_a_field_of_sight() -> None:
    assert not [model.__name__ for model in ADDRESSED if not hasattr(model.objects, "visible_to")]


def test_no_address_names_a_stored_file() -> None:
    assert not [
        name
        for name, pattern in routes(get_resolver())
        if "file_id" in pattern or "storedfile" in name.lower()
    ]


def test_no_door_looks_up_by_key_what_is_reached_through_an_owner() -> None:
    found = [
        f"{path}:{line} {model}"
        for path, tree in views()
        for line, model, words in look_ups(tree)
        if model in OWNED and words & {"pk", "id"}
    ]
    assert not found


@pytest.mark.parametrize(("model", "owner"), PERSONAL.items())
def test_a_door_to_a_persons_own_rows_names_the_person(model: str, owner: str) -> None:
    found = [
        f"{path}:{line}"
        for path, tree in views()
        for line, name, words in look_ups(tree)
        if name == model and words and owner not in words
    ]
    assert found == []
    assert any(name == model for _path, tree in views() for _line, name, _words in look_ups(tree))


def test_files_leave_through_one_door() -> None:
    """Only documents/serving.py opens a stored file for a browser."""
    doors = [
        str(path)
        for path, tree in views()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "FileResponse"
    ]
    opening = [
        f"{path}:{node.lineno}"
        for path, tree in views()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "FileResponse"
    ]
    assert set(doors) <= {"documents/views.py"}, "a type in a signature only"
    assert not opening
    assert "FileResponse(" not in (ROOT / "documents" / "views.py").read_text(encoding="utf-8")


def test_the_files_folder_is_not_served() -> None:
    patterns = [pattern for _name, pattern in routes(get_resolver())]
    assert not [pattern for pattern in patterns if "media" in pattern or "<path:" in pattern]


def test_a_look_up_by_key_would_be_seen() -> None:
    tree = ast.parse("def f(request, pk):\n    return get_object_or_404(StoredFile, pk=pk)\n")
    assert list(look_ups(tree)) == [(2, "StoredFile", {"pk"})]
    tree = ast.parse("Letter.objects.filter(pk=1, token='x')")
    assert list(look_ups(tree)) == [(1, "Letter", {"pk", "token"})]


def test_every_owned_model_exists() -> None:
    assert {model.__name__ for model in apps.get_models()} >= OWNED | set(PERSONAL)


# --- who sees what, without a browser ---


@pytest.mark.django_db
def test_a_draft_is_seen_by_its_enterprise_only() -> None:
    dossier = making.make_dossier(State.DRAFT)
    seers = {"owner": making.owner_of(dossier), "colleague": cast.make_colleague()}
    others = {name: make() for name, make in cast.OFFICIALS.items()}
    others["stranger"] = cast.make_other_enterprise().claimed_by
    for name, user in {**seers, **others}.items():
        seen = Dossier.objects.visible_to(user, on=DAY).filter(pk=dossier.pk).exists()
        assert seen is (name in seers), name


@pytest.mark.django_db
def test_who_sees_a_dossier_sees_the_visits_and_letters_about_it_and_nobody_else_does() -> None:
    dossier = making.make_dossier(State.APPROVED)
    elsewhere = [
        cast.make_zone_officer(),
        cast.make_other_enterprise().claimed_by,
        cast.make_district("844"),
        cast.make_admin(),
    ]
    for user in elsewhere:
        for rows in (Dossier, Letter, Visit, Site):
            assert not rows.objects.visible_to(user, on=DAY).exists(), f"{user} {rows.__name__}"
    officer = making.officer_of(dossier)
    letters = Letter.objects.visible_to(officer, on=DAY)
    assert letters.count() == Letter.objects.filter(site_id=dossier.site_id).count() == 4
    watcher = cast.make_police()
    assert set(Letter.objects.visible_to(watcher, on=DAY).values_list("kind", flat=True)) == {"decision"}
    assert StoredFile.objects.count() > 0


@pytest.mark.django_db
def test_a_post_that_has_ended_shows_nothing() -> None:
    dossier = making.make_dossier(State.SUBMITTED)
    officer = making.officer_of(dossier)
    officer.posts.update(until=cast.SINCE)
    gone = type(officer).objects.get(pk=officer.pk)
    for rows in ADDRESSED:
        assert not rows.objects.visible_to(gone, on=DAY).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("agency", "role", "in_team", "whole"),
    [
        ("DOH", cast.Role.TEAM, False, False), ("DOH", cast.Role.TEAM, True, True),
        ("EZB", cast.Role.RECEIVING, False, False), ("DOLISA", cast.Role.RECEIVING, False, True),
        ("PPC", cast.Role.LEADER, False, True),
    ],
)  # fmt: skip
def test_a_second_post_opens_the_letters_of_its_own_field_only(
    agency: str, role: str, in_team: bool, whole: bool
) -> None:
    dossier, health = making.make_dossier(State.APPROVED), cast.make_health()
    health.posts.create(agency=cast.agency(agency), role=role, title="Thành viên", since=cast.SINCE)
    if in_team:
        dossier.team.members.create(user=health, since=cast.SINCE)
    both = type(health).objects.get(pk=health.pk)
    kinds = set(Letter.objects.visible_to(both, on=DAY).values_list("kind", flat=True))
    everything = set(Letter.objects.filter(site_id=dossier.site_id).values_list("kind", flat=True))
    assert kinds == (everything if whole else {"decision"})
