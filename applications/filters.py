"""Filters of the officials' list, read from the query string: codes, states and units, never a person's name."""

from collections.abc import Sequence
from typing import Any

import django_filters

from applications.models import Dossier

NOBODY = "none"


class QueueFilter(django_filters.FilterSet):
    """`q` in firm, site, code and tax code; state, district and who has it in hand by their codes."""

    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(choices=())
    district = django_filters.ChoiceFilter(field_name="site__district", choices=())
    handler = django_filters.ChoiceFilter(method="handled", choices=())

    class Meta:
        model = Dossier
        fields: list[str] = []

    def __init__(self, *args: Any, choices: dict[str, Sequence[tuple[str, str]]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, given in choices.items():
            self.filters[name].extra["choices"] = given

    def search(self, rows: Any, name: str, value: str) -> Any:
        """Every word occurs, with or without marks."""
        return rows.found(value)

    def handled(self, rows: Any, name: str, value: str) -> Any:
        """In the hands of one officer, or of nobody yet."""
        return rows.filter(handled_by__isnull=True) if value == NOBODY else rows.filter(handled_by=value)
