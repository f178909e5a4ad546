"""Phone photographs of a signed stack: joined, read, turned upright, and each filed where it belongs."""

import io
import random
from collections.abc import Sequence

import pillow_heif
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from applications.models import Dossier, Scan, ScanPage
from applications.scanning import result, taking
from tests import cast
from tests.applications import making, phone, quick_prints, signing
from tests.applications.copier import Sheet
from tests.applications.phone import Shot
from tests.counts import count, note

pytestmark = pytest.mark.django_db

PAGES = {"commitment": 2, "screening_plan": 3}
SMALL = (1500, 2000)
SHOTS = count("phone photographs of signed sheets", quick=3, soak=40)
SUFFIX = {"JPEG": ("jpg", "image/jpeg"), "HEIF": ("heic", "image/heic"), "PNG": ("png", "image/png")}


@pytest.fixture(autouse=True)
def _heic() -> None:
    pillow_heif.register_heif_opener(thumbnails=False)


@pytest.fixture
def dossier() -> Dossier:
    return making.draft()


def sheets(codes: Sequence[str]) -> list[Sheet]:
    pdf = quick_prints.scan_of(codes)
    return [Sheet(pdf, index) for index in range(len(codes))]


def uploads(photos: Sequence[tuple[bytes, str]]) -> list[SimpleUploadedFile]:
    """As a phone names them: the order of the names is the order of the shutter, not of the paper."""
    return [
        SimpleUploadedFile(f"IMG_{2000 + number}.{SUFFIX[kind][0]}", content, SUFFIX[kind][1])
        for number, (content, kind) in enumerate(photos)
    ]


def read(dossier: Dossier, photos: Sequence[tuple[bytes, str]]) -> Scan:
    """The photographs sent together, read and filed as far as is certain."""
    by = making.owner_of(dossier)
    taken = taking.take(dossier=dossier, sent=uploads(photos), by=by, at=cast.AT)
    assert taken.refused == ()
    assert taken.scan is not None
    signing.work(cast.AT)
    return Scan.objects.select_related("dossier", "whole", "sent_by").get(pk=taken.scan.pk)


def wrong(scan: Scan, truth: Sequence[str]) -> int:
    """Photographs taken for a page which is not theirs."""
    rows = scan.sheets.filter(found=ScanPage.Found.CODED)
    return sum(truth[row.number - 1] != f"{row.slot}:{row.page}" for row in rows)


def test_photographs_in_any_order_and_kind_become_papers(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    truth = [
        ("commitment", 2),
        ("screening_plan", 3),
        ("screening_plan", 1),
        ("commitment", 1),
        ("screening_plan", 2),
    ]
    codes = [quick_prints.code_of(pack, slot, page) for slot, page in truth]
    shots = [
        Shot(size=SMALL, turn=90), Shot(size=SMALL, kind="HEIF", turn=180, has_thumb=True),
        Shot(size=SMALL, kind="PNG", turn=270, skew=4), Shot(size=SMALL, tilt=0.06, shade=0.6),
        Shot(fill=0.7, turn=90, blur=1.5),
    ]  # fmt: skip
    dice = random.Random(5)
    photos = [
        (phone.photographed(sheet, shot, dice), shot.kind)
        for sheet, shot in zip(sheets(codes), shots, strict=True)
    ]
    scan = read(dossier, photos)
    assert scan.state == Scan.State.CLOSED
    assert dossier.papers.get(slot="commitment").pages == 2
    assert dossier.papers.get(slot="screening_plan").pages == 3
    assert wrong(scan, [f"{slot}:{page}" for slot, page in truth]) == 0
    assert [row.file.name for row in scan.files.order_by("position")][1] == "IMG_2001.heic"


def test_filed_photographs_stand_upright(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    dice = random.Random(7)
    turned = [Shot(size=SMALL, kind="PNG", turn=90), Shot(size=SMALL, turn=180)]
    photos = [
        (phone.photographed(sheet, shot, dice), shot.kind)
        for sheet, shot in zip(sheets(quick_prints.pages_of(pack, "commitment")), turned, strict=True)
    ]
    scan = read(dossier, photos)
    assert scan.state == Scan.State.CLOSED
    paper = dossier.papers.get(slot="commitment")
    assert paper.pdf is not None
    with pypdfium2.PdfDocument(signing.content_of(paper.pdf)) as pdf:
        for page in pdf:
            assert page.get_width() < page.get_height()
            drawn = page.render(scale=2, grayscale=True).to_pil()
            assert phone.code_corner(drawn) == "lower right"


def test_a_photograph_whose_code_is_under_the_thumb_waits_with_its_picture(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, PAGES)
    dice = random.Random(9)
    codes = quick_prints.pages_of(pack, "commitment")
    photos = [(phone.photographed(sheet, Shot(size=SMALL), dice), "JPEG") for sheet in sheets(codes)]
    photos[1] = (phone.covered(photos[1][0]), "JPEG")
    scan = read(dossier, photos)
    assert scan.state == Scan.State.READY
    assert not dossier.papers.exists()
    page = next(page for page in result.of(scan, choices={}, at=cast.AT).asked)
    assert (page.number, page.found) == (2, ScanPage.Found.UNREAD)
    assert next(choice.value for choice in page.choices if choice.is_chosen) == "commitment:2"
    client = cast.signed_in(making.owner_of(dossier))
    picture = client.get(reverse("dossiers:scan_page", args=[dossier.reference, 2]))
    assert Image.open(io.BytesIO(b"".join(picture) if picture.streaming else picture.content)).width > 100


def test_no_photograph_is_filed_where_it_does_not_belong(dossier: Dossier) -> None:
    pack = quick_prints.a_print(dossier, {"commitment": SHOTS})
    other = making.draft(cast.make_site(cast.make_other_enterprise(), name="Cơ sở khác"))
    foreign = quick_prints.a_print(other, PAGES, code="FRGNPACK")
    dice = random.Random(11)
    pages = list(range(1, SHOTS + 1))
    dice.shuffle(pages)
    codes = [quick_prints.code_of(pack, "commitment", page) for page in pages]
    photos = [
        (phone.photographed(sheet, shot, dice), shot.kind)
        for sheet in sheets([*codes, quick_prints.code_of(foreign, "commitment", 1)])
        for shot in [phone.a_shot(dice, size=SMALL, kind=dice.choice(phone.FORMATS))]
    ]
    scan = read(dossier, photos)
    truth = [*(f"commitment:{page}" for page in pages), ""]
    unread = scan.sheets.filter(found=ScanPage.Found.UNREAD).count()
    note(f"{SHOTS} photographs: {wrong(scan, truth)} filed wrong, {unread} left to a person")
    assert wrong(scan, truth) == 0
    assert scan.sheets.get(number=SHOTS + 1).paper_id is None
    assert unread <= SHOTS // 10
