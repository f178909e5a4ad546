"""Units, zones, agencies and holidays are those of the province in 2021."""

from datetime import date

import pytest
from django.core.management import call_command

from organisations import reference
from organisations.models import AdminUnit, Agency, Holiday, Zone
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference() -> None:
    cast.load_reference()


def communes(on: date) -> int:
    rows = AdminUnit.objects.filter(level="commune", valid_from__lte=on)
    return rows.exclude(valid_to__lt=on).count()


def test_the_province_has_nine_districts_and_106_communes_in_2021() -> None:
    assert AdminUnit.objects.filter(level="district", parent="84").count() == 9
    assert communes(date(2021, 10, 14)) == 106


def test_two_wards_of_the_city_end_with_2024() -> None:
    assert communes(date(2024, 12, 31)) == 106
    assert communes(date(2025, 1, 1)) == 104
    ended = AdminUnit.objects.filter(valid_to=date(2024, 12, 31)).order_by("code")
    assert [unit.full_name for unit in ended] == ["Phường 2", "Phường 6"]
    assert {unit.parent_id for unit in ended} == {"842"}


def test_each_district_has_its_number_of_communes() -> None:
    expected = {
        "842": 10,
        "844": 14,
        "845": 11,
        "846": 11,
        "847": 14,
        "848": 15,
        "849": 17,
        "850": 7,
        "851": 7,
    }
    assert {code: AdminUnit.objects.filter(parent=code).count() for code in expected} == expected


def test_addresses_may_lie_in_any_of_63_provinces() -> None:
    assert AdminUnit.objects.filter(level="province").count() == 63
    assert AdminUnit.objects.get(pk="01").full_name == "Thành phố Hà Nội"


def test_codes_of_communes_lie_in_the_range_of_the_province() -> None:
    codes = AdminUnit.objects.filter(level="commune").values_list("code", flat=True)
    assert min(codes) == "29236"
    assert max(codes) == "29539"


def test_names_that_recur_keep_their_kind() -> None:
    names = {unit.full_name for unit in AdminUnit.objects.filter(name="Định An")}
    assert names == {"Thị trấn Định An", "Xã Định An"}


def test_a_cluster_is_neither_zone_nor_park() -> None:
    received = {zone.pk for zone in Zone.objects.all() if zone.is_zone_or_park}
    assert received == {"dinh-an", "long-duc", "co-chien", "cau-quan"}


def test_agencies_of_the_plan_stand_with_their_numbers_and_heads_of_letters() -> None:
    assert Agency.objects.count() == 13 + 9
    assert Agency.objects.get(code="DOLISA").number == "01"
    assert Agency.objects.get(code="EZB").number == "02"
    chair = Agency.objects.get(code="PPC")
    assert (chair.letter_superior, chair.letter_lines) == ("", ["ỦY BAN NHÂN DÂN", "TỈNH TRÀ VINH"])
    town = Agency.objects.get(code="DIST-851")
    assert town.name == "Ủy ban nhân dân thị xã Duyên Hải"
    assert town.letter_lines[1] == "THỊ XÃ DUYÊN HẢI"


def test_holidays_of_2021_are_seeded_in_vietnamese() -> None:
    days, worked = Holiday.days()
    assert date(2021, 9, 2) in days
    assert date(2021, 9, 3) in days
    assert date(2021, 10, 14) not in days
    assert worked == frozenset()
    assert Holiday.objects.get(on=date(2021, 9, 2)).name == "Quốc khánh"
    assert Holiday.objects.filter(on__year=2027).exists()


def test_loading_again_changes_nothing_and_keeps_what_was_edited() -> None:
    Agency.objects.filter(code="EZB").update(phone="0294 3999 999")
    Holiday.objects.filter(on=date(2021, 9, 3)).update(kind="working")
    before = [model.objects.count() for model in (AdminUnit, Zone, Agency, Holiday)]
    reference.load(at=cast.AT)
    call_command("load_reference", verbosity=0)
    assert [model.objects.count() for model in (AdminUnit, Zone, Agency, Holiday)] == before
    assert Agency.objects.get(code="EZB").phone == "0294 3999 999"
    assert Holiday.objects.get(on=date(2021, 9, 3)).kind == "working"
