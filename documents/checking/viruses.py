"""A second opinion from ClamAV, where a province runs clamd and names it in CLAMD.

The protocol is one command, INSTREAM: chunks, each behind its length, then a zero; the answer is
"stream: OK" or "stream: <name> FOUND". The maintained client library is GPL-2 and leaves its file open.
"""

import socket
import struct
from contextlib import closing
from pathlib import Path

CHUNK = 1 << 16
SECONDS = 60


class ScannerSilent(Exception):
    """The scanner is named in the settings and does not answer: nothing is taken unseen."""


def virus_in(path: Path, *, address: str) -> str:
    """Name of what clamd finds in the file, or the empty string. `address` is host:port or a socket's path."""
    try:
        with closing(_connected(address)) as line, path.open("rb") as file:
            line.sendall(b"zINSTREAM\0")
            while block := file.read(CHUNK):
                line.sendall(struct.pack("!L", len(block)) + block)
            line.sendall(struct.pack("!L", 0))
            answer = _answer(line)
    except (OSError, ValueError) as failure:
        raise ScannerSilent(str(failure)) from failure
    if answer.endswith(" OK"):
        return ""
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerSilent(answer or "no answer")


def _connected(address: str) -> socket.socket:
    if "/" not in address:
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    parts = []
    while part := line.recv(4096):
        parts.append(part)
        if part.endswith(b"\0"):
            break
    return b"".join(parts).rstrip(b"\0").decode("utf-8", "replace").strip()
