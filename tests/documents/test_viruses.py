"""A clamd that speaks its protocol over a real socket: what it names is refused, its silence takes nothing."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from documents.checking import Refused, check
from tests.documents.hostile_files import pdf_bytes, unchanged, write

# The test file that every scanner knows, in two parts so that no scanner minds this one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def carrying_eicar(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = pdf.make_stream(EICAR + b"\n" * 200_000)


class Clamd(socketserver.StreamRequestHandler):
    """Stands for clamd: reads INSTREAM whole and knows one signature."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while (length := struct.unpack("!L", self.rfile.read(4))[0]) != 0:
            content += self.rfile.read(length)
        words = getattr(self.server, "words", None)
        found = b"Eicar-Signature FOUND" if EICAR in content else b"OK"
        self.wfile.write((words or b"stream: " + found) + b"\0")


@pytest.fixture(params=["port", "socket"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path, settings) -> Iterator[socketserver.BaseServer]:
    if request.param == "port":
        server: socketserver.BaseServer = socketserver.TCPServer(("127.0.0.1", 0), Clamd)
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
    else:
        server = socketserver.UnixStreamServer(str(tmp_path / "clamd.ctl"), Clamd)
        settings.CLAMD = str(tmp_path / "clamd.ctl")
    with server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


def test_what_clamd_finds_is_refused_by_name(clamd, tmp_path: Path) -> None:
    path = write(tmp_path, "stored", pdf_bytes(carrying_eicar, compress_streams=False))
    with pytest.raises(Refused) as refused:
        check(path, name="cam-ket.pdf")
    assert refused.value.code == "virus"
    assert "“cam-ket.pdf” có mã độc (Eicar-Signature)" in refused.value.message


def test_what_clamd_passes_is_taken(clamd, tmp_path: Path) -> None:
    assert check(write(tmp_path, "stored", pdf_bytes(unchanged)), name="a.pdf").pages == 1


def test_an_answer_that_is_neither_takes_nothing(clamd, tmp_path: Path) -> None:
    clamd.words = b"INSTREAM size limit exceeded. ERROR"
    with pytest.raises(Refused, match="chưa được nhận"):
        check(write(tmp_path, "stored", pdf_bytes(unchanged)), name="a.pdf")


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.ctl", "no port"])
def test_a_silent_clamd_takes_nothing_and_says_so(address: str, tmp_path: Path, settings) -> None:
    settings.CLAMD = address
    with pytest.raises(Refused) as refused:
        check(write(tmp_path, "stored", pdf_bytes(unchanged)), name="a.pdf")
    assert refused.value.code == "unscanned"
    assert "tải lên lại sau ít phút" in refused.value.message
