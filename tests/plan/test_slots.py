"""The papers of a dossier."""

from __future__ import annotations

from tests.plan.reading import phase

CODES = [
    "request_letter",
    "investment_certificate",
    "worker_list",
    "vaccination_slips",
    "screening_plan",
    "isolation_plan",
    "safety_regulation",
    "workplace_lodging_regulation",
    "safety_team_regulation",
    "labour_management_regulation",
    "caterer_information",
    "health_contract",
    "commitment",
]
TITLES = [
    "Công văn đề nghị",
    "Giấy chứng nhận đầu tư",
    "Danh sách lao động",
    "Phiếu xác nhận tiêm chủng",
    "Kế hoạch xét nghiệm",
    "Phương án khu cách ly",
    "Quy định an toàn sản xuất",
    "Quy định nơi làm việc, nơi ở",
    "Quy định Tổ An toàn COVID-19",
    "Quy định quản lý lao động, khai báo y tế",
    "Thông tin đơn vị cung cấp suất ăn",
    "Hợp đồng với cơ sở y tế",
    "Bản cam kết",
]


def test_phase_1_asks_for_thirteen_papers_of_which_the_contract_may_follow():
    slots = phase(1).slots()
    assert [slot.code for slot in slots] == CODES
    assert [slot.title for slot in slots] == TITLES
    assert [slot.code for slot in slots if not slot.required] == ["health_contract"]
    assert {slot.code: slot.due_days_after_start for slot in slots if slot.due_days_after_start} == {
        "health_contract": 7
    }
    points = ["a", "c", "d", "e", "f", "g", "h", "h", "h", "i", "j", "k", "l"]
    assert [slot.clause for slot in slots] == [f"III.1.3.3-{point}" for point in points]


def test_phase_2_asks_for_ten_papers_and_welcomes_two():
    slots = phase(2).slots()
    assert [slot.code for slot in slots] == [code for code in CODES if code != "vaccination_slips"]
    assert [slot.code for slot in slots if not slot.required] == ["request_letter", "health_contract"]
    assert {slot.due_days_after_start for slot in slots} == {None}
    assert {slot.code: slot.clause for slot in slots if slot.clause != "III.2.3.3-a"} == {
        "health_contract": "III.2.1-i"
    }


def test_the_signed_plan_stands_before_the_listed_papers_under_the_point_that_asks_for_the_volume():
    for number, clause in ((1, "III.1.3.3-b"), (2, "III.2.3.3-a")):
        head, *listed = phase(number).papers()
        assert (head.code, head.required, head.due_days_after_start, head.clause) == (
            "plan",
            True,
            None,
            clause,
        )
        assert tuple(listed) == phase(number).slots()


def test_slots_and_the_phase_are_hashable():
    assert len(set(phase(1).slots())) == len(CODES)
    assert len({phase(1), phase(1), phase(2)}) == 2


def test_the_contract_slot_and_the_contract_duty_give_the_same_time():
    section = phase(1).section
    assert (
        section.whole("slots.health_contract.due").value == section.whole("duties.health_contract.due").value
    )
