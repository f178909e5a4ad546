"""System checks: the triggers exist, and every event has handlers that resolve."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.utils.module_loading import import_string

from journal import triggers


@register(Tags.database)
def triggers_exist(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Finds a journal table without its triggers (SQLite drops them when a table is rebuilt)."""
    faults: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if "journal_seal" in connection.introspection.table_names():
            missing = triggers.names(connection.vendor) - triggers.existing(connection)
            faults += [
                Error(f"The trigger {name} is missing.", id="journal.E001") for name in sorted(missing)
            ]
    return faults


@register()
def events_resolve(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Finds a handler in the table of events that cannot be imported."""
    faults: list[CheckMessage] = []
    for event, names in import_string(settings.JOURNAL_EVENTS).items():
        for name in names:
            try:
                import_string(name)
            except ImportError as error:
                faults.append(Error(f"{event}: {name} does not resolve ({error}).", id="journal.E002"))
    return faults
