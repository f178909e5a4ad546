"""Sets of forms: by day, by version, and refused where the file is not wholly understood."""

from datetime import date
from pathlib import Path

import pytest

from plan.errors import PlanError
from plan.form_sets import FOLDER, load_form_sets

TRA_VINH = (FOLDER / "tra_vinh_2021.toml").read_text(encoding="utf-8")


def written(folder: Path, *texts: str) -> Path:
    (folder / "sets.toml").write_text("\n".join(texts), encoding="utf-8")
    return folder


def later(version: str = "2", issued: str = "2021-11-01") -> str:
    return TRA_VINH.replace('version = "1"', f'version = "{version}"').replace("2021-09-01", issued)


def test_the_set_of_tra_vinh_has_a_form_for_every_paper_that_is_drafted() -> None:
    forms = load_form_sets("tra_vinh_2021").on(date(2021, 10, 1))
    assert forms.version == "1"
    assert [paper.number for paper in forms.papers] == [f"{number:02d}" for number in range(1, 12)]
    plan_form = forms.paper("plan")
    assert plan_form is not None
    assert plan_form.number == "02"
    assert forms.paper("investment_certificate") is None
    assert forms.digest.startswith(forms.short_digest)


def test_a_set_holds_from_its_day_until_the_next(tmp_path: Path) -> None:
    sets = load_form_sets("sets", folder=written(tmp_path, TRA_VINH, later()))
    days = (date(2021, 1, 1), date(2021, 9, 1), date(2021, 10, 31), date(2021, 11, 1), date(2022, 5, 1))
    assert [sets.on(day).version for day in days] == ["1", "1", "1", "2", "2"]


def test_a_set_is_found_by_its_version(tmp_path: Path) -> None:
    sets = load_form_sets("sets", folder=written(tmp_path, TRA_VINH, later()))
    found = sets.version("2")
    assert found is not None
    assert found.issued_on == date(2021, 11, 1)
    assert sets.version("3") is None


def test_a_digest_tells_two_sets_apart_and_stays_the_same(tmp_path: Path) -> None:
    one, two = load_form_sets("sets", folder=written(tmp_path, TRA_VINH, later())).sets
    assert one.digest != two.digest
    assert one.digest == load_form_sets("tra_vinh_2021").sets[0].digest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sets = 3",
        TRA_VINH.replace('by = "', 'byy = "'),
        TRA_VINH.replace('version = "1"', 'version = ""'),
        TRA_VINH.replace('number = "02"', 'number = ""'),
        TRA_VINH + later(version="1"),
        TRA_VINH + later(issued="2021-09-01"),
        TRA_VINH + later(issued="2021-08-01"),
        "= no toml",
    ],
)
def test_a_file_that_is_not_wholly_understood_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PlanError):
        load_form_sets("sets", folder=written(tmp_path, text))


@pytest.mark.parametrize("name", ["nowhere", "../plan", ""])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(PlanError):
        load_form_sets(name)
