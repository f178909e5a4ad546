"""Counting pages by our own walk: the library's list is built whole, and a small file can name millions."""

import pikepdf

_DEEPEST = 60


class BrokenTree(Exception):
    """The page tree has a loop, a hole, or no root."""


def count_pages(pdf: pikepdf.Pdf, most: int) -> int:
    """Number of pages; counting stops at the first one above `most`. Raises BrokenTree."""
    root = pdf.Root.get("/Pages")
    if not isinstance(root, pikepdf.Dictionary):
        raise BrokenTree
    return _count(root, most, ())


def _count(node: pikepdf.Object, most: int, above: tuple[tuple[int, int], ...]) -> int:
    if not isinstance(node, pikepdf.Dictionary) or node.objgen in above or len(above) > _DEEPEST:
        raise BrokenTree
    kids = node.get("/Kids")
    if kids is None:
        return 1
    if not isinstance(kids, pikepdf.Array):
        raise BrokenTree
    here = (*above, node.objgen) if node.is_indirect else above
    found = 0
    for kid in kids:
        found += _count(kid, most - found, here)
        if found > most:
            break
    return found
