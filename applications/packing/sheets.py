"""The portal's own sheets of a print: cover and separators, and the codes with their two lines."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from applications.models import Dossier, SigningPack
from applications.packing.slots import SIGNS, sign_of
from applications.slot_states import slots_of
from documents import page_codes
from documents.letterforms import coded
from documents.letterforms.pack import PackCover, SeparatorSheet, StackPaper

# The list of workers is a workbook: nobody scans it.
NEVER_SCANNED = "worker_list"


def codes(pack: SigningPack, slot: str, title: str, pages: int) -> list[coded.PrintedCode]:
    """One code a page; a separator, which has no pages, gets the one that announces its paper."""
    numbers = range(1, pages + 1) if pages else [0]
    name = pack.dossier.code or pack.dossier.site.enterprise.tax_code
    token = f"{pack.code[:4]}-{pack.code[4:]}"
    return [
        coded.PrintedCode(
            page_codes.code(pack=pack.code, slot=sign_of(slot), page=number, pages=pages, version=pack.version),
            f"{name} · {_short(title)}",
            " · ".join(
                filter(None, [f"trang {number}/{pages}" if pages else "", f"bản {pack.version}", token,
                              "không viết, đóng dấu lên mã"])
            ),
        )
        for number in numbers
    ]  # fmt: skip


def _short(title: str, *, most: int = 40) -> str:
    """As much of a title as stands beside the code without touching it."""
    return title if len(title) <= most else f"{title[:most].rsplit(' ', 1)[0]}…"


def cover(pack: SigningPack, papers: Sequence[tuple[str, int]]) -> PackCover:
    """The sheet on top of the stack."""
    dossier = pack.dossier
    return PackCover(
        agency=(dossier.site.enterprise.name,),
        place="",
        check_host=settings.CHECK_HOST,
        dossier_code=dossier.code or "",
        firm=dossier.site.enterprise.name,
        site=dossier.site.name,
        version=pack.version,
        printed_at=pack.made_at,
        papers=tuple(StackPaper(title=title, pages=pages) for title, pages in papers),
        signer=dossier.signer_name or "người đại diện",
    )


def coded_cover(pack: SigningPack, sheet: PackCover) -> bytes:
    """The cover, with a code by which a scan sets it aside."""
    pages = coded.page_count(sheet)
    code = [
        coded.PrintedCode(
            page_codes.code(
                pack=pack.code, slot=page_codes.COVER, page=number, pages=pages, version=pack.version
            ),
            "Tờ hướng dẫn, không cần ký",
            f"bản {pack.version} · {pack.code[:4]}-{pack.code[4:]}",
        )
        for number in range(1, pages + 1)
    ]
    return coded.render(sheet, code)


def from_outside(dossier: Dossier, *, at: datetime) -> list[tuple[str, str]]:
    """(slot, title) of the papers that may come from elsewhere, in the plan's order."""
    return [
        (slot.code, slot.title)
        for slot in slots_of(dossier, at=at)
        if slot.code != NEVER_SCANNED and slot.code in SIGNS
    ]


def separator(pack: SigningPack, title: str) -> SeparatorSheet:
    """The sheet in front of one paper."""
    dossier = pack.dossier
    return SeparatorSheet(
        agency=(dossier.site.enterprise.name,),
        place="",
        check_host=settings.CHECK_HOST,
        dossier_code=dossier.code or "",
        firm=dossier.site.enterprise.name,
        site=dossier.site.name,
        behind=title,
    )
