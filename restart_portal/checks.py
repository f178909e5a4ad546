"""System checks of the deployment."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

import plan
from organisations.plan_in_force import form_sets, law

# A QR of version 4-M holds 62 bytes; above that its modules shrink below what a phone reads from paper.
MOST_BYTES = 62
TOKEN = "X" * 12


@register()
def check_address_fits_its_code(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuses a CHECK_HOST that no letter could print: the worker would fail at each letter."""
    host = settings.CHECK_HOST
    if not host.startswith(("http://", "https://")):
        return [Error("CHECK_HOST must begin with http:// or https://.", id="portal.E001")]
    length = len(f"{host}/check/{TOKEN}/".encode())
    if length > MOST_BYTES:
        words = f"CHECK_HOST makes check addresses of {length} bytes; a letter's code holds {MOST_BYTES}."
        return [Error(words, id="portal.E002")]
    if settings.PRODUCTION and not host.startswith("https://"):
        return [Warning("CHECK_HOST should be https in production.", id="portal.W001")]
    return []


@register()
def check_plan_names_its_province(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The plan of this deployment is understood wholly, and says whose it is; so are its sets of forms."""
    try:
        _ = law().province
        form_sets()
    except plan.PlanError as error:
        return [Error(str(error), id="portal.E003")]
    return []
