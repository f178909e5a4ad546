"""Tables of dossiers, one file a noun."""

from applications.models.aside import AgencyMove, Apology, Correction, CounterFiling, PaperPermit
from applications.models.decision import Advice, Decision, Sheet, TeamProposal
from applications.models.desk import BulkAct, LibraryText, SavedView
from applications.models.dossier import Dossier, Move, Stage
from applications.models.holding import Handling, PaperTick, Presence
from applications.models.office import Briefing, PaperSignature
from applications.models.pack import SigningPack
from applications.models.paper import Paper, PaperPart
from applications.models.plan_answers import PlanAnswers
from applications.models.refused_list import RefusedList
from applications.models.scan import Scan, ScanFile, ScanPage
from applications.models.signer_paper import SignerPaper
from applications.models.supplement import Supplement
from applications.models.talk import EntryFile, Opinion
from applications.models.typing import Typing
from applications.models.upload import Upload
from applications.models.volume import Volume, VolumeBook

__all__ = [
    "Advice",
    "AgencyMove",
    "Apology",
    "Briefing",
    "BulkAct",
    "Correction",
    "CounterFiling",
    "Decision",
    "Dossier",
    "EntryFile",
    "Handling",
    "LibraryText",
    "Move",
    "Opinion",
    "Paper",
    "PaperPart",
    "PaperPermit",
    "PaperSignature",
    "PaperTick",
    "PlanAnswers",
    "Presence",
    "RefusedList",
    "SavedView",
    "Scan",
    "ScanFile",
    "ScanPage",
    "Sheet",
    "SignerPaper",
    "SigningPack",
    "Stage",
    "Supplement",
    "TeamProposal",
    "Typing",
    "Upload",
    "Volume",
    "VolumeBook",
]
