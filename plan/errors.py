"""What is wrong with the law's data."""

from __future__ import annotations


class PlanError(ValueError):
    """A plan file cannot be read, or holds no value where one is asked for.

    `file` is the file's name, `table` the dotted table in it, `key` the key in that table; the message
    names all.
    """

    def __init__(self, what: str, *, file: str, table: str = "", key: str = "") -> None:
        self.file, self.table, self.key = file, table, key
        place = "".join((f", table [{table}]" if table else "", f", key {key}" if key else ""))
        super().__init__(f"{file}{place}: {what}")
