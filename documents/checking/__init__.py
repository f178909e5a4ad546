"""Is a file what it should be, whole, and safe to open? `check` answers, or refuses in plain words."""

from documents.checking.check import DEFAULT_LIMITS, Checked, Limits, accepted_kind, check
from documents.checking.kinds import MEDIA_TYPES, PAPERS, WORKBOOKS, Kind
from documents.checking.refusal import Refused, refusal

__all__ = [
    "DEFAULT_LIMITS",
    "MEDIA_TYPES",
    "PAPERS",
    "WORKBOOKS",
    "Checked",
    "Kind",
    "Limits",
    "Refused",
    "accepted_kind",
    "check",
    "refusal",
]
