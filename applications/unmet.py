"""What a verb answers when it does not act: reasons with clauses, never a bare no."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Unmet:
    """One requirement that is not met: a code, the clause, words for the reader, and where to mend it."""

    code: str
    clause: str
    detail: str
    anchor: str = ""


class NotAllowed(Exception):
    """The person may not ask for this transition on this dossier."""


class Stale(Exception):
    """Somebody was first: the dossier is no longer in the state that the page showed."""

    def __init__(self, dossier: Any) -> None:
        super().__init__(f"dossier {dossier.pk} is {dossier.state}")
        self.dossier = dossier


class Refused(Exception):
    """The guard found requirements unmet."""

    def __init__(self, unmet: list[Unmet]) -> None:
        super().__init__("; ".join(u.code for u in unmet))
        self.unmet = unmet
