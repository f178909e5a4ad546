"""The field register names every field of every table once, with a class that says why, how long and for whom."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

REGISTER = Path(__file__).parents[2] / "restart_portal" / "field_register.toml"
OURS = {
    "applications", "dashboards", "documents", "inspections", "journal", "notices", "obligations",
    "organisations", "testing", "workers",
}  # fmt: skip
PERSONAL_NAME = re.compile(r"(^|_)(email|phone|full_name|identity|birth_date|contact_name|bearer_name)$")


def register() -> dict[str, Any]:
    return tomllib.loads(REGISTER.read_text())


def registered() -> dict[str, dict[str, str]]:
    """The class of every field, by table."""
    rows: dict[str, dict[str, str]] = {}
    for room, tables in register()["fields"].items():
        for table, classes in tables.items():
            rows[f"{room}.{table}"] = {name: kind for kind, names in classes.items() for name in names}
            assert len(rows[f"{room}.{table}"]) == sum(map(len, classes.values())), f"{table}: named twice"
    return rows


def own_tables() -> dict[str, set[str]]:
    return {
        model._meta.label: {field.name for field in model._meta.get_fields() if field.concrete}
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in OURS
    }


def test_every_field_is_classified_and_no_field_that_is_gone() -> None:
    rows = registered()
    tables = own_tables()
    unsaid = {table: sorted(fields - set(rows.get(table, {}))) for table, fields in tables.items()}
    gone = {table: sorted(set(found) - tables.get(table, set())) for table, found in rows.items()}
    assert {table: fields for table, fields in unsaid.items() if fields} == {}
    assert {table: fields for table, fields in gone.items() if fields} == {}


def test_every_class_says_why_how_long_and_for_whom_and_is_used() -> None:
    classes = register()["classes"]
    used = {kind for fields in registered().values() for kind in fields.values()}
    assert used == set(classes)
    for name, entry in classes.items():
        assert set(entry) == {"holds", "purpose", "retention", "roles"}, name
        assert entry["holds"] in {"none", "names", "personal"}
        assert all(len(str(entry[key]).split()) >= 2 for key in ("purpose", "retention"))


@pytest.mark.parametrize("table", sorted(own_tables()))
def test_a_field_named_like_a_persons_is_in_a_class_that_may_hold_it(table: str) -> None:
    classes = register()["classes"]
    for name, kind in registered()[table].items():
        if PERSONAL_NAME.search(name) and table != "organisations.Agency":
            assert classes[kind]["holds"] == "personal", name
