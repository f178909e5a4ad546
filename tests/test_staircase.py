"""What import-linter cannot see of the staircase: keys, names in strings, and the ways round an import.

The imports themselves are a contract in pyproject.toml, checked by `make check`.
"""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from restart_portal.events import EVENTS

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
LAYERS = next(contract["layers"] for contract in CONFIGURATION["contracts"] if contract["type"] == "layers")
STAIRCASE = [layer.strip("()") for layer in LAYERS]  # the roof first
ROOMS = [room for room in STAIRCASE if (ROOT / room / "__init__.py").exists()]
BESIDE_THE_HOUSE = {"tests", "scripts", "bench"}

FORBIDDEN_NAMES = {
    "get_model": "a model found by its name hides where a room reaches",
    "ContentType": "a key to anything points nowhere",
    "GenericForeignKey": "a key to anything points nowhere",
    "GenericRelation": "a key to anything points nowhere",
    "receiver": "call down, announce up: no signals",
    "Signal": "call down, announce up: no signals",
}
FORBIDDEN_MODULES = {"django.db.models.signals", "django.dispatch", "django.contrib.contenttypes"}
CLOCKS_OF_FIELDS = {"auto_now", "auto_now_add"}
NAMELESS = {"utils", "util", "helpers", "helper", "core", "common", "misc"}


def sources(*, migrations: bool = False) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sources():
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOMS]


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[0]


# --- the list of rooms ---


def test_every_package_of_the_house_is_a_step_of_the_staircase() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - BESIDE_THE_HOUSE
    assert packages <= set(STAIRCASE)


def test_the_layer_contract_sees_every_room() -> None:
    assert set(CONFIGURATION["root_packages"]) == set(ROOMS)


def test_every_module_is_named_for_what_it_holds() -> None:
    found = [path for path in sources() if NAMELESS & {path.stem, *path.relative_to(ROOT).parts[:-1]}]
    assert not found


# --- the ways round an import ---


def imports_inside_functions(tree: ast.Module) -> Iterator[int]:
    """Lines of such imports; an app's `ready` may, since Django registers checks there and nowhere earlier."""
    for outer in ast.walk(tree):
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef) and outer.name != "ready":
            for inner in ast.walk(outer):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield inner.lineno


def forbidden_words(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", None) or ""
            for name in node.names:
                full = f"{module}.{name.name}".strip(".")
                if any(full == bad or full.startswith(f"{bad}.") for bad in FORBIDDEN_MODULES):
                    yield node.lineno, full
        elif isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in FORBIDDEN_NAMES:
                yield node.lineno, f"{name}: {FORBIDDEN_NAMES[name]}"
        elif isinstance(node, ast.keyword) and node.arg in CLOCKS_OF_FIELDS:
            yield node.value.lineno, f"{node.arg}: only doors read the clock"


def test_no_function_imports() -> None:
    found = [f"{path}:{line}" for path, tree in trees() for line in imports_inside_functions(tree)]
    assert not found


def test_nothing_goes_round_the_staircase() -> None:
    found = [f"{path}:{line} {word}" for path, tree in trees() for line, word in forbidden_words(tree)]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "import django.dispatch",
        "from django.contrib.contenttypes.fields import GenericForeignKey",
        "from django.apps import apps\napps.get_model('journal', 'Seal')",
        "field = models.DateTimeField(auto_now_add=True)",
    ],
)
def test_each_way_round_would_be_seen(source: str) -> None:
    assert list(forbidden_words(ast.parse(source)))


def test_an_import_inside_a_function_would_be_seen() -> None:
    assert list(imports_inside_functions(ast.parse("def f():\n    if 1:\n        import json")))


# --- keys ---


def own_keys() -> Iterator[tuple[type[models.Model], models.Field, type[models.Model]]]:
    for model in own_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if isinstance(field.related_model, type) and room_of(field.related_model) in ROOMS:
                yield model, field, field.related_model


def test_every_key_points_down_the_staircase() -> None:
    found = [
        f"{model.__name__}.{field.name} -> {target._meta.label}"
        for model, field, target in own_keys()
        if STAIRCASE.index(room_of(target)) < STAIRCASE.index(room_of(model))
    ]
    assert not found


def test_a_lower_room_does_not_learn_of_the_keys_into_it() -> None:
    found = [
        f'{model.__name__}.{field.name} -> {target._meta.label} needs related_name="+"'
        for model, field, target in own_keys()
        if room_of(target) != room_of(model) and not field.remote_field.hidden
    ]
    assert not found


# --- order ---


def is_total(model: type[models.Model]) -> bool:
    """Whether the model's own order ends in its primary key or another unique column."""
    last = model._meta.ordering[-1] if model._meta.ordering else None
    if not isinstance(last, str):
        return False
    name = last.removeprefix("-")
    return name == "pk" or bool(model._meta.get_field(name).unique)


def test_every_model_has_an_order_that_leaves_nothing_to_chance() -> None:
    assert not [model._meta.label for model in own_models() if not is_total(model)]


# --- names in strings ---

URL_TAG = re.compile(r"""{%\s*url\s+["']([^"']+)["']""")
URL_CALLS = {"reverse", "reverse_lazy", "redirect"}


def url_names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name
        elif isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern, space)


def url_names_used() -> Iterator[tuple[str, str]]:
    for page in sorted((ROOT / "templates").rglob("*.*")):
        for name in URL_TAG.findall(page.read_text(encoding="utf-8")):
            yield str(page.relative_to(ROOT)), name
    for path, tree in trees():
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
            if called in URL_CALLS and node.args and isinstance(node.args[0], ast.Constant):
                name = node.args[0].value
                if isinstance(name, str) and not name.startswith(("/", ".", "http")):
                    yield f"{path}:{node.lineno}", name


def test_every_url_name_used_in_templates_and_code_resolves() -> None:
    known = set(url_names())
    assert known
    assert not [f"{where}: {name}" for where, name in url_names_used() if name not in known]


@pytest.mark.parametrize("setting", ["LOGIN_URL", "LOGIN_REDIRECT_URL", "LOGOUT_REDIRECT_URL"])
def test_the_addresses_in_settings_resolve(setting: str) -> None:
    assert getattr(settings, setting) in set(url_names())


def announced() -> Iterator[tuple[str, str]]:
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name == "announce":
                    yield f"{path}:{node.lineno}", node.args[0].value


def test_every_event_announced_is_in_the_table() -> None:
    assert not [f"{where}: {event}" for where, event in announced() if event not in EVENTS]


@pytest.mark.parametrize("handler", sorted({name for names in EVENTS.values() for name in names}))
def test_every_handler_of_an_event_resolves_and_takes_a_subject_and_an_instant(handler: str) -> None:
    inspect.signature(import_string(handler)).bind("subject", at=None)


def libraries() -> dict[str, str]:
    """Each tag library of ours and its room."""
    return {path.stem: path.parts[-3] for room in ROOMS for path in (ROOT / room).glob("templatetags/*.py")}


def rooms_drawn_from(template: Path) -> set[str]:
    """The rooms whose tags a template loads, or whose templates it names."""
    text = template.read_text(encoding="utf-8")
    loaded = {name for tag in re.findall(r"{% load ([^%]*) %}", text) for name in tag.split()}
    named = {name.split("/")[0] for name in re.findall(r'{% (?:include|extends) "([^"]+)"', text)}
    ours = libraries()
    return {ours[name] for name in loaded if name in ours} | (named & set(ROOMS))


def test_a_template_draws_only_from_its_own_room_and_those_below() -> None:
    upward = {
        str(path.relative_to(ROOT)): higher
        for room in ROOMS
        for path in sorted((ROOT / "templates" / room).rglob("*.*"))
        if (higher := {other for other in rooms_drawn_from(path) if ROOMS.index(other) < ROOMS.index(room)})
    }
    assert upward == {}
    assert rooms_drawn_from(ROOT / "templates" / "dashboards" / "own_sites.html") >= {"applications"}
