"""Hostile papers: every one refused in plain words, in bounded time and memory, and the file left as it came."""

import resource
import time
from pathlib import Path

import pytest
import weasyprint.images
from PIL import ImageFile

from documents.checking import Limits, Refused, check
from documents.hostile.picture import inspect_picture
from documents.limits import in_limited_child
from tests.documents.hostile_files import CASES, pdf_bytes, unchanged, write


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_paper_is_refused_in_plain_words(case: str, tmp_path: Path) -> None:
    name, make, code, words = CASES[case]
    path = write(tmp_path, "stored", make())
    before, started = path.read_bytes(), time.monotonic()
    with pytest.raises(Refused) as refused:
        check(path, name=name)
    assert refused.value.code == code, refused.value.message
    message = refused.value.message
    assert words in message
    assert name in message
    assert "%(" not in message
    assert "Traceback" not in message
    assert message.endswith(".")
    assert message.count(".") >= 2, "what is wrong, and then how to put it right"
    assert path.read_bytes() == before
    assert time.monotonic() - started < 40


def inspect_beside_letters(path: Path, kind: str) -> tuple[bool, str]:
    """Runs in the child, where this module brings WeasyPrint, as it does in the process that makes letters."""
    is_forgiving = ImageFile.LOAD_TRUNCATED_IMAGES
    return is_forgiving, inspect_picture(path, kind, 1_000_000).fault


@pytest.mark.parametrize(("case", "kind"), [("cut photograph", "jpeg"), ("cut PNG", "png")])
def test_a_cut_picture_is_found_though_weasyprint_made_pillow_forgiving(
    case: str, kind: str, tmp_path: Path
) -> None:
    path = write(tmp_path, "stored", CASES[case][1]())
    assert weasyprint.images
    assert in_limited_child(inspect_beside_letters, path, kind) == (True, "cut")


def test_there_are_at_least_thirty_hostile_papers() -> None:
    assert len(CASES) >= 30


def test_the_parent_does_not_pay_the_memory_of_a_bomb(tmp_path: Path) -> None:
    path = write(tmp_path, "stored", CASES["object stream bomb"][1]())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused):
        check(path, name="a.pdf")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_a_file_of_40_mb_is_told_its_size_and_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "stored"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(40 * 1024 * 1024)
    with pytest.raises(Refused) as refused:
        check(path, name="phuong-an.pdf")
    assert refused.value.code == "too_large"
    assert "“phuong-an.pdf” 40 MB, tối đa 25 MB" in refused.value.message


def test_a_file_just_over_the_limit_never_looks_equal_to_it(tmp_path: Path) -> None:
    path = write(tmp_path, "stored", bytes(1024 * 1024 + 1))
    with pytest.raises(Refused, match="1,1 MB, tối đa 1 MB"):
        check(path, name="a.pdf", limits=Limits(file_bytes=1024 * 1024))


def test_the_page_limit_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "stored", pdf_bytes(unchanged, pages=6))
    assert check(path, name="a.pdf", limits=Limits(pages=6)).pages == 6
    with pytest.raises(Refused, match="hơn 5 trang"):
        check(path, name="a.pdf", limits=Limits(pages=5))


def test_a_name_full_of_tricks_is_shown_short_and_clean(tmp_path: Path) -> None:
    path = write(tmp_path, "stored", b"")
    with pytest.raises(Refused) as refused:
        check(path, name="../../etc/" + "dài" * 60 + "\u202e\x00\n.pdf")
    assert "etc" not in refused.value.message
    assert "\n" not in refused.value.message
    assert "\u202e" not in refused.value.message
    assert len(refused.value.message) < 200
