"""A first guess for a page without a code: by the name of its file, or by the words of a PDF that has any."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from pages.folding import fold

# Words by which people name a file, folded; the plan's own titles are asked too.
NAMES: Mapping[str, Sequence[str]] = {
    "request_letter": ("cong van", "de nghi"),
    "investment_certificate": ("giay chung nhan", "gcn", "dang ky dau tu", "dang ky doanh nghiep", "gpkd"),
    "vaccination_slips": ("tiem chung", "phieu tiem", "vac xin", "vacxin", "vaccine"),
    "screening_plan": ("ke hoach xet nghiem", "xet nghiem"),
    "isolation_plan": ("cach ly",),
    "safety_regulation": ("an toan san xuat", "quy dinh san xuat"),
    "workplace_lodging_regulation": ("noi lam viec", "noi o", "luu tru"),
    "safety_team_regulation": ("to an toan",),
    "labour_management_regulation": ("quan ly lao dong", "khai bao y te"),
    "caterer_information": ("suat an", "bep an", "nha an"),
    "health_contract": ("hop dong",),
    "commitment": ("cam ket",),
    "plan": ("phuong an san xuat",),
}


def guess(*, file_name: str, words: str, slots: Sequence[Any]) -> str:
    """The slot that the file's name, or else the first words of the page, name; empty if none or several do."""
    titles = {slot.code: fold(slot.title) for slot in slots}
    name = " ".join(fold(PurePath(file_name).stem).replace("_", " ").replace("-", " ").split())
    for text in (name, fold(words[:160])):
        named = {
            slot
            for slot in NAMES
            if slot in titles and any(mark in text for mark in (*NAMES[slot], titles.get(slot, "\0")))
        }
        if len(named) == 1:
            return named.pop()
    return ""
