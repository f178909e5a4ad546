"""Pages of a PDF put upright and in order into a new one, inside the child. Pictures travel as they are."""

from pathlib import Path

import pikepdf


def cut(path: Path, jobs: list[tuple[Path, list[tuple[int, int]]]]) -> list[int]:
    """Write one PDF a job from (page number, turn) pairs; the turn is how far the page lies turned clockwise."""
    written = []
    with pikepdf.open(path) as whole:
        for target, pages in jobs:
            with pikepdf.new() as part:
                for number, turn in pages:
                    part.pages.append(whole.pages[number - 1])
                    if turn:
                        part.pages[-1].rotate(-turn, relative=True)
                part.remove_unreferenced_resources()
                part.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
                written.append(len(part.pages))
    return written
