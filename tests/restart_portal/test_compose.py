"""docker-compose.yml, Dockerfile, Procfile and the settings name the same processes and variables."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.healthy import PROCESSES
from scripts.start import processes

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
PROCFILE = processes()
SECRETS = {"SECRET_KEY", "JOURNAL_KEY", "POSTGRES_PASSWORD"}


def test_the_services_are_the_procfile_and_its_two_stores() -> None:
    assert set(SERVICES) == set(PROCFILE) | {"postgres", "redis"}
    assert set(PROCESSES) == set(PROCFILE)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_has_a_health_check(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= set(check)


@pytest.mark.parametrize("name", sorted(PROCFILE))
def test_a_process_runs_and_is_probed_under_its_name_in_the_procfile(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"] == ["CMD", "python", "scripts/healthy.py", name]
    assert re.search(rf"\bpython scripts/start\.py {name}$", " ".join(SERVICES[name]["command"]))


def test_the_processes_wait_for_healthy_stores() -> None:
    for name in PROCFILE:
        conditions = {entry["condition"] for entry in SERVICES[name]["depends_on"].values()}
        assert conditions == {"service_healthy"}


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for secret in SECRETS:
        uses = re.findall(r"\$\{" + secret + r"([^}]*)\}", text)
        assert uses
        assert all(use.startswith(":?") for use in uses)


def test_every_variable_that_a_province_must_set_is_in_the_example() -> None:
    needed = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    example = (ROOT / ".env.example").read_text()
    given = dict(line.split("=", 1) for line in example.splitlines() if "=" in line and line[0] != "#")
    assert needed <= set(given)
    assert not any(given[secret] for secret in SECRETS)


def test_every_variable_given_to_the_portal_is_read_by_it() -> None:
    given = set(SERVICES["web"]["environment"])
    settings = (ROOT / "restart_portal" / "settings.py").read_text()
    procfile = (ROOT / "Procfile").read_text()
    assert not [name for name in given if f'"{name}"' not in settings and name not in procfile]


def test_only_the_proxy_on_the_same_machine_reaches_the_portal() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_image_runs_without_root_and_is_probed() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER portal" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert not [line for line in lines if line.startswith("FROM") and ("/" in line or ":latest" in line)]
