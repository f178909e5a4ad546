"""Settings refuse what is only fit for a demo; the check address fits its code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from restart_portal.checks import check_address_fits_its_code

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "s" * 60,
    "JOURNAL_KEY": "j" * 60,
    "ALLOWED_HOSTS": "portal.example",
    "CHECK_HOST": "https://portal.example",
}


def load(**environment: str) -> subprocess.CompletedProcess[str]:
    """Imports the settings in a process of their own."""
    clean = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME"}}
    command = [
        sys.executable,
        "-c",
        "import restart_portal.settings as s;"
        "print(s.DEMO, s.SECOND_FACTOR_REQUIRED, s.ALLAUTH_TRUSTED_PROXY_COUNT)",
    ]
    return subprocess.run(
        command, cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False
    )


def test_production_with_its_secrets_loads_without_demo_and_with_a_second_factor_behind_one_proxy() -> None:
    assert load(**GOOD).stdout.split() == ["False", "True", "1"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"JOURNAL_KEY": "short"}, "JOURNAL_KEY"),
        ({"PORTAL_DEMO": "true"}, "PORTAL_DEMO"),
        ({"DEBUG": "true"}, "DEBUG"),
    ],
)
def test_production_refuses_defaults_demo_and_debug(change: dict[str, str], words: str) -> None:
    environment = {k: v for k, v in (GOOD | change).items() if v}
    done = load(**environment)
    assert done.returncode != 0
    assert words in done.stderr


def test_production_must_name_its_hosts() -> None:
    done = load(**{k: v for k, v in GOOD.items() if k != "ALLOWED_HOSTS"})
    assert "ALLOWED_HOSTS" in done.stderr


@pytest.mark.parametrize(
    "host", ["portal.example", "https://a-very-long-name.of-a-portal.tra-vinh.gov.example"]
)
def test_a_check_host_that_no_letter_can_print_is_found(host: str) -> None:
    with override_settings(CHECK_HOST=host):
        assert check_address_fits_its_code(None)


def test_a_good_check_host_passes() -> None:
    with override_settings(CHECK_HOST="https://khoiphucsanxuat.travinh.example"):
        assert not check_address_fits_its_code(None)
