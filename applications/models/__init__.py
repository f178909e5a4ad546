"""Tables of dossiers, one file a noun."""

from applications.models.decision import Advice, Decision, Sheet, TeamProposal
from applications.models.dossier import Dossier, Move, Stage
from applications.models.paper import Paper, PaperPart
from applications.models.upload import Upload

__all__ = [
    "Advice",
    "Decision",
    "Dossier",
    "Move",
    "Paper",
    "PaperPart",
    "Sheet",
    "Stage",
    "TeamProposal",
    "Upload",
]
