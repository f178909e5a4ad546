"""Hostile files, made on the spot: each maker writes one file, and CASES says what must be said of it."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

Maker = Callable[[], bytes]


def pdf_bytes(change: Callable[[pikepdf.Pdf], None], pages: int = 1, **save: object) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        change(pdf)
        written = io.BytesIO()
        with warnings.catch_warnings(action="ignore"):  # odd files are the point
            pdf.save(written, **save)
        return written.getvalue()


def unchanged(pdf: pikepdf.Pdf) -> None:
    pass


def raw_pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF put together by hand, for what no library writes. Object 1 is the root."""
    body = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return body + table + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, trailer, len(body),
    )  # fmt: skip


def packed_pdf(kids: bytes, extra: list[bytes] | None = None) -> bytes:
    """One page named by a page tree that sits in a compressed object stream."""
    inside = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[" + kids + b"]>>",
              b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>", *(extra or [])]  # fmt: skip
    heads, data = b"", b""
    for number, content in enumerate(inside, start=1):
        heads += b"%d %d " % (number, len(data))
        data += content + b" "
    packed = zlib.compress(heads + data, 9)
    count = len(inside)
    body = b"%PDF-1.7\n"
    stream_at = len(body)
    stream_number = count + 1
    body += b"%d 0 obj\n<</Type/ObjStm/N %d/First %d" % (stream_number, count, len(heads))
    body += b"/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    table_at = len(body)
    rows = struct.pack(">BIH", 0, 0, 65535)
    rows += b"".join(struct.pack(">BIH", 2, stream_number, index) for index in range(count))
    rows += struct.pack(">BIH", 1, stream_at, 0) + struct.pack(">BIH", 1, table_at, 0)
    body += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        stream_number + 1, stream_number + 2, len(rows), rows,
    )  # fmt: skip
    return body + b"startxref\n%d\n%%%%EOF\n" % table_at


def with_page_annotation(**keys: object) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 10, 10]), **keys)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return pdf_bytes(change)


def action(kind: str, **keys: object) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **keys)


def script() -> Dictionary:
    return action("JavaScript", JS=String("app.alert(1)"))


def with_root(**keys: object) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in keys.items():
            pdf.Root[f"/{key}"] = value

    return pdf_bytes(change)


def with_page(**keys: object) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in keys.items():
            pdf.pages[0].obj[f"/{key}"] = value

    return pdf_bytes(change)


def attached() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["tool.exe"] = b"MZ" + bytes(100)

    return pdf_bytes(change)


def attached_to_a_note() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"MZ", Type=Name.EmbeddedFile)
        spec = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=stream))
        pdf.pages[0].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=spec)]
        )

    return pdf_bytes(change)


def script_by_another_spelling() -> bytes:
    return with_root(Marker=script()).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4AS")


def script_whose_kind_stands_elsewhere() -> bytes:
    return raw_pdf([
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</S 5 0 R/D[3 0 R/Fit]>>",
        b"/JavaScript",
    ])  # fmt: skip


def script_in_the_names() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        tree = Dictionary(Names=Array([String("a"), pdf.make_indirect(script())]))
        pdf.Root.Names = Dictionary(JavaScript=pdf.make_indirect(tree))

    return pdf_bytes(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def script_behind_a_page_turn() -> bytes:
    return with_root(OpenAction=action("GoTo", D=Array([0, Name.Fit]), Next=script()))


def web_page_behind_a_page_turn() -> bytes:
    visit = action("URI", URI=String("http://x.example"))
    return with_root(OpenAction=action("GoTo", D=Array([0, Name.Fit]), Next=Array([visit])))


def certificate_locked() -> bytes:
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            b"<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s4/V 2/Length 128/Recipients[<00>]>>",
        ],
        b"/Encrypt 4 0 R/ID[<00><00>]",
    )


def looping_page_tree() -> bytes:
    return raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])


def doubling_page_tree() -> bytes:
    """Forty levels, each twice the one below: a terabyte of pages in two kilobytes."""
    levels = [b"<</Type/Pages/Count 2/Kids[%d 0 R %d 0 R]>>" % (n, n) for n in range(3, 43)]
    return raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", *levels, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def huge_picture_in_a_pdf() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(
            b"", Type=Name.XObject, Subtype=Name.Image, Width=100_000, Height=100_000, BitsPerComponent=1,
            ColorSpace=Name.DeviceGray, Filter=Name.CCITTFaxDecode,
        )  # fmt: skip
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=image))

    return pdf_bytes(change)


def object_stream_bomb() -> bytes:
    """Two megabytes that inflate to two gigabytes before a single object can be read."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(200)) + packer.flush()
    whole = packed_pdf(b"3 0 R")
    begin, end = whole.index(b"stream\n") + 7, whole.index(b"\nendstream")
    bombed = whole[:begin] + packed + whole[end:]
    bombed = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), bombed, count=1)
    return re.sub(rb"startxref\n\d+", b"startxref\n%d" % bombed.index(b"5 0 obj"), bombed)


def photo(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **save: object) -> bytes:
    pillow_heif.register_heif_opener()
    picture = Image.effect_noise(size, 60).convert("RGB")
    written = io.BytesIO()
    picture.save(written, kind, **save)
    return written.getvalue()


def two_hundred_megapixels() -> bytes:
    written = io.BytesIO()
    Image.new("L", (16_320, 12_240), 200).save(written, "JPEG", quality=30)
    return written.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A drawing of three and a half billion points in a few kilobytes."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + png_chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + png_chunk(b"IEND", b"")
    )


def damaged_png() -> bytes:
    whole = bytearray(photo("PNG"))
    whole[len(whole) // 2] ^= 0xFF
    return bytes(whole)


def damaged_heic() -> bytes:
    whole = photo("HEIF")
    return whole[:60] + bytes(400) + whole[460:]


def zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def program() -> bytes:
    return (
        b"MZ\x90\x00"
        + bytes(60)
        + b"This program cannot be run in DOS mode"
        + b"%PDF-1.7"
        + bytes(500)
        + b"%%EOF"
    )


def locked(owner: str, user: str) -> bytes:
    return pdf_bytes(unchanged, encryption=pikepdf.Encryption(owner=owner, user=user))


def cut(whole: bytes, share: float = 0.6) -> bytes:
    return whole[: int(len(whole) * share)]


def rich_media() -> bytes:
    return with_page_annotation(Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=Dictionary()))


# name the sender gives, maker, code, and words that must be in the message
CASES: dict[str, tuple[str, Maker, str, str]] = {
    "empty": ("a.pdf", lambda: b"", "empty", "trống"),
    "program named pdf": ("a.pdf", program, "not_accepted", "chương trình"),
    "linux program": ("a.jpg", lambda: b"\x7fELF" + bytes(200), "not_accepted", "chương trình"),
    "shell script": ("a.png", lambda: b"#!/bin/sh\nrm -rf /\n", "not_accepted", "chương trình"),
    "web page named pdf": ("a.pdf", lambda: b"<html><script>alert(1)</script>", "not_accepted", "trang web"),
    "web page with a PDF in it": ("a.pdf", lambda: b"<script>x</script>" + pdf_bytes(unchanged), "not_accepted", "web"),
    "svg": ("a.png", lambda: b"<svg onload='alert(1)'/>", "not_accepted", "trang web"),
    "gif": ("a.png", lambda: b"GIF89a" + bytes(50), "not_accepted", "kiểu ảnh"),
    "zip named pdf": ("a.pdf", lambda: zipped({"a.txt": b"x"}), "not_accepted", "tệp nén"),
    "word named pdf": ("a.pdf", lambda: zipped({"word/document.xml": b"<w/>"}), "not_accepted", "Word"),
    "noise": ("a.pdf", lambda: bytes(range(200, 256)) * 50, "not_accepted", "PDF, JPEG, PNG, HEIC"),
    "PDF head and nothing else": ("a.pdf", lambda: b"%PDF-1.7\n", "cut", "cụt"),
    "PDF of noise": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(5000) + b"%%EOF", "damaged", "hỏng"),
    "cut PDF": ("a.pdf", lambda: cut(pdf_bytes(unchanged, pages=40)), "cut", "cụt"),
    "PDF without pages": ("a.pdf", lambda: pdf_bytes(unchanged, pages=0), "no_pages", "không có trang"),
    "PDF of a million pages": ("a.pdf", lambda: packed_pdf(b"3 0 R " * 1_000_000), "too_many_pages", "Chia"),
    "doubling page tree": ("a.pdf", doubling_page_tree, "too_many_pages", "Chia"),
    "looping page tree": ("a.pdf", looping_page_tree, "damaged", "hỏng"),
    "object stream bomb": ("a.pdf", object_stream_bomb, "damaged", "hỏng"),
    "PDF with both passwords": ("a.pdf", lambda: locked("o", "u"), "locked", "mật khẩu"),
    "PDF with a user password only": ("a.pdf", lambda: locked("", "u"), "locked", "mật khẩu"),
    "PDF locked by certificate": ("a.pdf", certificate_locked, "locked", "mật khẩu"),
    "script at opening": ("a.pdf", lambda: with_root(OpenAction=script()), "active", "JavaScript"),
    "script in the names": ("a.pdf", script_in_the_names, "active", "JavaScript"),
    "script on a page": ("a.pdf", lambda: with_page(AA=Dictionary(O=script())), "active", "JavaScript"),
    "script on an annotation": (
        "a.pdf", lambda: with_page_annotation(Subtype=Name.Link, A=script()), "active", "JavaScript"),
    "script in a form field": (
        "a.pdf", lambda: with_page_annotation(Subtype=Name.Widget, FT=Name.Tx, AA=Dictionary(K=script())),
        "active", "JavaScript"),
    "script by another spelling": ("a.pdf", script_by_another_spelling, "active", "JavaScript"),
    "script whose kind stands elsewhere": ("a.pdf", script_whose_kind_stands_elsewhere, "active", "JavaScript"),
    "script behind a page turn": ("a.pdf", script_behind_a_page_turn, "active", "JavaScript"),
    "script as a link": (
        "a.pdf", lambda: with_page_annotation(Subtype=Name.Link, A=action("URI", URI=String("javascript:x()"))),
        "active", "liên kết"),
    "link into the network": (
        "a.pdf", lambda: with_page_annotation(
            Subtype=Name.Link, A=action("GoToR", F=String(r"\\10.0.0.1\x\a.pdf"), D=Array([0, Name.Fit]))),
        "active", "liên kết"),
    "launch at opening": (
        "a.pdf", lambda: with_root(OpenAction=action("Launch", F=String("cmd.exe"))), "active", "mở chương trình"),
    "launch on an annotation": (
        "a.pdf", lambda: with_page_annotation(Subtype=Name.Link, A=action("Launch", F=String("a.exe"))),
        "active", "mở chương trình"),
    "form that sends itself": (
        "a.pdf", lambda: with_page_annotation(Subtype=Name.Widget, A=action("SubmitForm", F=String("http://x.example"))),
        "active", "gửi dữ liệu"),
    "web page at opening": (
        "a.pdf", lambda: with_root(OpenAction=action("URI", URI=String("http://x.example"))), "active", "tự chạy"),
    "web page behind a page turn": ("a.pdf", web_page_behind_a_page_turn, "active", "tự chạy"),
    "attached program": ("a.pdf", attached, "active", "đính kèm"),
    "program attached to a note": ("a.pdf", attached_to_a_note, "active", "đính kèm"),
    "dynamic form": (
        "a.pdf", lambda: with_root(AcroForm=Dictionary(Fields=Array([]), XFA=String("<x/>"))), "active", "XFA"),
    "film": ("a.pdf", rich_media, "active", "phim"),
    "huge picture in a PDF": ("a.pdf", huge_picture_in_a_pdf, "pixels_in_pdf", "200 dpi"),
    "cut photograph": ("a.jpg", lambda: cut(photo()), "cut", "cụt"),
    "photograph of noise": ("a.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(900), "damaged_picture", "Chụp lại"),
    "phone photograph of 200 megapixels": ("a.jpg", two_hundred_megapixels, "pixels", "12 megapixel"),
    "PNG bomb": ("a.png", png_bomb, "pixels", "thu nhỏ"),
    "damaged PNG": ("a.png", damaged_png, "damaged_picture", "hỏng"),
    "cut PNG": ("a.png", lambda: cut(photo("PNG")), "cut", "cụt"),
    "cut HEIC": ("a.heic", lambda: cut(photo("HEIF")), "damaged_picture", "hỏng"),
    "damaged HEIC": ("a.heic", damaged_heic, "damaged_picture", "hỏng"),
}  # fmt: skip


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
