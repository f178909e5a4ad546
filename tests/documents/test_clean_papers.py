"""Clean papers as scanners, phones, word processors and other systems write them: none may be refused."""

import hashlib
import io
import re
import zlib
from pathlib import Path

import pikepdf
import pillow_heif
import pytest
import weasyprint
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from documents.checking import Kind, check
from tests.documents.hostile_files import action, pdf_bytes, photo, raw_pdf, unchanged, with_root, write


def picture(mode: str, kind: str, size: tuple[int, int] = (600, 800), **save: object) -> bytes:
    pillow_heif.register_heif_opener()
    written = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").convert(mode).save(written, kind, **save)
    return written.getvalue()


def sixteen_bit() -> bytes:
    written = io.BytesIO()
    Image.new("I;16", (300, 400), 30_000).save(written, "PNG")
    return written.getvalue()


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Phone"
    return photo(exif=exif)


def motion_photo() -> bytes:
    """Some phones hang a film behind the picture."""
    return photo() + b"\x00\x00\x00\x18ftypmp42" + bytes(5000)


def scan(pages: int = 3) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            image = pdf.make_stream(
                photo(size=(1240, 1754)), Type=Name.XObject, Subtype=Name.Image, Width=1240, Height=1754,
                ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
            )  # fmt: skip
            page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
            page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        pdf.docinfo["/Producer"] = "Scanner"

    return pdf_bytes(change, pages)


def fax_scan() -> bytes:
    """A0 at 300 dpi in black and white: 140 million points, honestly."""

    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(
            b"", Type=Name.XObject, Subtype=Name.Image, Width=9_933, Height=14_043,
            ColorSpace=Name.DeviceGray, BitsPerComponent=1, Filter=Name.CCITTFaxDecode,
        )  # fmt: skip
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))

    return pdf_bytes(change)


def opens_at_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.XYZ, None, None, 0])


def opens_by_goto(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = action("GoTo", D=Array([pdf.pages[0].obj, Name.Fit]))
    pdf.Root.PageMode = Name.UseOutlines


def latex_links(pdf: pikepdf.Pdf) -> None:
    links = [
        action("URI", URI=String("https://example.org/a?b=c")),
        action("URI", URI=String("mailto:a@example.org")),
        action("GoTo", D=String("section.1")),
        action("GoToR", F=String("phu-luc.pdf"), D=Array([0, Name.Fit])),
        action("Named", N=Name.NextPage),
    ]
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=link) for link in links]
    )


def talks_about_scripts(pdf: pikepdf.Pdf) -> None:
    """The words in a title or a bookmark are only words."""
    pdf.docinfo["/Title"] = "How /JavaScript and /Launch (/S /JS) and /OpenAction /AA work"
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("/JS /EmbeddedFile /EF", 0))


def plain_form(pdf: pikepdf.Pdf) -> None:
    look = pdf.make_stream(b"BT ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 20]))
    field = pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("ten"), V=String("An"), F=4,
        Rect=Array([10, 10, 60, 30]), AP=Dictionary(N=look),
    ))  # fmt: skip
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def tagged(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    link = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([link]))


def stamped_and_commented(pdf: pikepdf.Pdf) -> None:
    kinds = (Name.Stamp, Name.Highlight, Name.Text, Name.FreeText, Name.Popup, Name.Ink)
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array([0, 0, 9, 9]), F=4) for kind in kinds]
    )


def layers(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Nền")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))
    pdf.Root.OpenAction = action("GoTo", D=Array([pdf.pages[0].obj, Name.Fit]))
    pdf.pages[0].obj.AA = Dictionary(O=action("SetOCGState", State=Array([Name.ON, layer])))


def signed() -> bytes:
    """A signature in an incremental update, as signing programs add it."""
    first = pdf_bytes(unchanged)
    size = int(re.search(rb"/Size (\d+)", first)[1])  # type: ignore[index]
    before = int(re.findall(rb"startxref\s+(\d+)", first)[-1])
    value = b"%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached" % size
    value += b"/ByteRange[0 100 200 300]/Contents<%s>/M(D:20211005)>>\nendobj\n" % (b"30" * 400)
    added = first + value
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, len(first))
    trailer = b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size + 1,
        before,
        len(added),
    )
    return added + table + trailer


def wrong_offsets() -> bytes:
    """Some programs count their bytes wrongly; every viewer forgives it."""
    return re.sub(rb"startxref\n\d+", b"startxref\n7", pdf_bytes(opens_at_a_page))


def inflates_a_lot() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        drawing = b"0 0 m 10 10 l S\n" * 400_000
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, zlib.compress(drawing), Filter=Name.FlateDecode)

    return pdf_bytes(change)


def from_weasyprint() -> bytes:
    return weasyprint.HTML(string="<h1>Phương án sản xuất</h1><a href='https://example.org'>x</a>").write_pdf(
        pdf_tags=True
    )


def owner_locked() -> bytes:
    """Printing is restricted, reading is not: no viewer asks for a password."""
    return pdf_bytes(unchanged, encryption=pikepdf.Encryption(owner="o", user=""))


CLEAN_PDFS = {
    "a blank page": lambda: pdf_bytes(unchanged),
    "a scan of three pages": scan,
    "a large black and white scan": fax_scan,
    "400 pages": lambda: pdf_bytes(unchanged, pages=400),
    "LibreOffice opening at a page": lambda: pdf_bytes(opens_at_a_page),
    "LaTeX opening by GoTo": lambda: pdf_bytes(opens_by_goto),
    "opening at a named place": lambda: with_root(OpenAction=action("GoTo", D=String("Doc-Start"))),
    "LaTeX links": lambda: pdf_bytes(latex_links),
    "words about scripts": lambda: pdf_bytes(talks_about_scripts),
    "a plain form": lambda: pdf_bytes(plain_form),
    "tagged": lambda: pdf_bytes(tagged),
    "stamps and comments": lambda: pdf_bytes(stamped_and_commented),
    "layers": lambda: pdf_bytes(layers),
    "signed": signed,
    "linearized": lambda: pdf_bytes(unchanged, pages=5, linearize=True),
    "object streams": lambda: pdf_bytes(unchanged, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "restricted but readable": owner_locked,
    "wrong offsets": wrong_offsets,
    "inflating two hundred times": inflates_a_lot,
    "WeasyPrint, tagged": from_weasyprint,
    "a byte-order mark before it": lambda: b"\xef\xbb\xbf" + pdf_bytes(unchanged),
    "a printer's prelude before it": lambda: (
        b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + pdf_bytes(unchanged)
    ),
    "blank lines after the end": lambda: pdf_bytes(unchanged) + b"\r\n" * 100,
    "pages in a deep tree": lambda: raw_pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>"]
        + [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % n for n in range(3, 23)]
        + [b"<</Type/Page/Parent 21 0 R/MediaBox[0 0 9 9]>>"]
    ),
}
CLEAN_PICTURES = {
    "a phone photograph": (with_exif, Kind.JPEG),
    "a grey JPEG": (lambda: picture("L", "JPEG"), Kind.JPEG),
    "a CMYK JPEG": (lambda: picture("CMYK", "JPEG"), Kind.JPEG),
    "a progressive JPEG": (lambda: photo(progressive=True), Kind.JPEG),
    "a JPEG with a film behind it": (motion_photo, Kind.JPEG),
    "a JPEG of 108 megapixels": (lambda: picture("L", "JPEG", (12_000, 9_000), quality=20), Kind.JPEG),
    "a PNG": (lambda: picture("RGB", "PNG"), Kind.PNG),
    "a PNG with a palette": (lambda: picture("P", "PNG"), Kind.PNG),
    "a black and white PNG": (lambda: picture("1", "PNG"), Kind.PNG),
    "a PNG seen through": (lambda: picture("RGBA", "PNG"), Kind.PNG),
    "a PNG of sixteen bits": (sixteen_bit, Kind.PNG),
    "a HEIC": (lambda: picture("RGB", "HEIF"), Kind.HEIC),
    "a HEIC seen through": (lambda: picture("RGBA", "HEIF"), Kind.HEIC),
}


@pytest.mark.parametrize("case", CLEAN_PDFS)
def test_a_clean_pdf_is_taken_and_left_untouched(case: str, tmp_path: Path) -> None:
    content = CLEAN_PDFS[case]()
    path = write(tmp_path, "stored", content)
    checked = check(path, name="scan")
    assert checked.kind is Kind.PDF
    assert checked.media_type == "application/pdf"
    assert checked.size == len(content)
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert path.read_bytes() == content


@pytest.mark.parametrize("case", CLEAN_PICTURES)
def test_a_clean_picture_is_taken_whatever_its_name(case: str, tmp_path: Path) -> None:
    make, kind = CLEAN_PICTURES[case]
    path = write(tmp_path, "stored", make())
    checked = check(path, name="IMG_0001.pdf")
    assert (checked.kind, checked.pages) == (kind, 1)


def test_pages_are_counted(tmp_path: Path) -> None:
    assert check(write(tmp_path, "a", scan(3)), name="a").pages == 3
    assert check(write(tmp_path, "b", pdf_bytes(unchanged, pages=400)), name="b").pages == 400


def test_there_are_at_least_twenty_clean_papers() -> None:
    assert len(CLEAN_PDFS) + len(CLEAN_PICTURES) >= 20
