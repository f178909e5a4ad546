"""The portal's papers: plain data in, HTML out. Nothing here knows a database, a request or the clock."""

from documents.letterforms.decision import Decision, Refusal, RefusalReason, SignedLetter, Source
from documents.letterforms.paper import Contact, Paper
from documents.letterforms.rendering import fragment, html
from documents.letterforms.sheet import ConfirmationSheet, SheetItem
from documents.letterforms.slips import (
    DeclineReason,
    DeclineSlip,
    Form,
    ReceiptSlip,
    ReceivedPaper,
    SubmissionNote,
)

__all__ = [
    "ConfirmationSheet",
    "Contact",
    "Decision",
    "DeclineReason",
    "DeclineSlip",
    "Form",
    "Paper",
    "ReceiptSlip",
    "ReceivedPaper",
    "Refusal",
    "RefusalReason",
    "SheetItem",
    "SignedLetter",
    "Source",
    "SubmissionNote",
    "fragment",
    "html",
]
