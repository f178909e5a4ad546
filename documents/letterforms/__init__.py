"""The portal's papers: plain data in, HTML out. Nothing here knows a database, a request or the clock."""

from documents.letterforms.decision import (
    AnnexedDecision,
    AnnexItem,
    Decision,
    Refusal,
    RefusalReason,
    SignedLetter,
    Source,
)
from documents.letterforms.desk_slips import ApologySlip, ControlSlip, HandOver
from documents.letterforms.draft import GAP, Block, Column, DraftPaper, Heading, Passage, Point, Points, Table
from documents.letterforms.paper import Contact, Paper
from documents.letterforms.rendering import fragment, html
from documents.letterforms.sheet import ConfirmationSheet, SheetItem
from documents.letterforms.slips import (
    DeclineReason,
    DeclineSlip,
    Fault,
    Form,
    ReceiptSlip,
    ReceivedPaper,
    SubmissionNote,
    SupplementSlip,
)
from documents.letterforms.word_file import docx

__all__ = [
    "GAP",
    "AnnexItem",
    "AnnexedDecision",
    "ApologySlip",
    "Block",
    "Column",
    "ConfirmationSheet",
    "Contact",
    "ControlSlip",
    "Decision",
    "DeclineReason",
    "DeclineSlip",
    "DraftPaper",
    "Fault",
    "Form",
    "HandOver",
    "Heading",
    "Paper",
    "Passage",
    "Point",
    "Points",
    "ReceiptSlip",
    "ReceivedPaper",
    "Refusal",
    "RefusalReason",
    "SheetItem",
    "SignedLetter",
    "Source",
    "SubmissionNote",
    "SupplementSlip",
    "Table",
    "docx",
    "fragment",
    "html",
]
