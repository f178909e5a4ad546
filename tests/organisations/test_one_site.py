"""One rule for "the same site", whoever writes its name: the enterprise, the desk, or the agency's register."""

import unicodedata

import pytest

from organisations import at_counter, importing, registering
from organisations.models import AdminUnit
from tests import cast

pytestmark = pytest.mark.django_db
NAME = "Xưởng Mỹ"


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("XƯỞNG  mỹ ", True),
        (unicodedata.normalize("NFD", NAME), True),
        ("Xưởng My", False),
        ("Xuởng Mỹ", False),  # no horn: a key that knows tones alone takes it for one
        ("Xưởng Mỹ 2", False),
    ],
)
def test_capitals_spaces_and_unicode_do_not_matter_and_marks_do(name: str, same: bool) -> None:
    site = cast.make_site(name=NAME, zone=None)
    firm, commune = site.enterprise, AdminUnit.objects.get(pk=site.commune_id)
    given = {
        "by": firm.claimed_by,
        "at": cast.AT,
        "name": name,
        "address": "",
        "commune": commune,
        "zone": None,
    }
    row = {"row": 2, "tax_code": firm.tax_code, "site": name}
    assert importing.statuses([row]) == {2: "known" if same else "site"}
    found = registering.site_named(firm, name)
    assert (found == site) is same
    assert (at_counter.site_of(firm, **given) == site) is same
    with pytest.raises(registering.SiteExists):
        registering.add_new_site(enterprise=firm, **given)
    assert firm.sites.count() == (1 if same else 2)


def test_a_site_in_another_commune_is_not_taken_for_the_one_of_its_name() -> None:
    site = cast.make_site(name=NAME, zone=None)
    elsewhere = AdminUnit.objects.filter(kind=AdminUnit.objects.get(pk=site.commune_id).kind).exclude(
        pk=site.commune_id
    )
    commune = elsewhere.order_by("pk")[0]
    place = {"address": "", "commune": commune, "zone": None}
    with pytest.raises(registering.SiteExists) as taken:
        at_counter.site_of(
            site.enterprise, by=cast.make_dolisa_officer(), at=cast.AT, name="xưởng mỹ", **place
        )
    assert taken.value.site == site
