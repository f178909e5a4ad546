"""Active content of a PDF, found in every object of the file, whoever points at it.

A viewer obeys actions from the document, a page, an annotation, a form field, an outline or another action, so
walking the places we know would miss the next one. Each object is first printed by the library, which undoes
tricks of spelling (`/J#61vaScript`), and only those that hold a suspicious name are looked at closely.
"""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

_ACTIONS = {
    "/JavaScript": "script",
    "/Rendition": "media",
    "/Launch": "launch",
    "/ImportData": "launch",
    "/SubmitForm": "launch",
    "/GoToE": "attachment",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
    "/GoTo3DView": "media",
}
_ANNOTATIONS = {
    "/FileAttachment": "attachment",
    "/RichMedia": "media",
    "/3D": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
}
_KEYS = {"/JS": "script", "/EF": "attachment", "/RichMediaContent": "media", "/XFA": "form"}
_AUTOMATIC = {"/GoTo", "/Named", "/SetOCGState", "/Hide", "/Trans"}
_OPENING = {"/GoTo"}
_BAD_LINK = re.compile(r"\s*(javascript|vbscript|data|file):|\s*\\\\", re.IGNORECASE)

_NAMES = sorted(
    {name[1:] for name in (*_ACTIONS, *_ANNOTATIONS, *_KEYS)} | {"AA", "OpenAction", "URI", "GoToR"}
)
_SUSPICIOUS = re.compile(rb"/(?:" + "|".join(_NAMES).encode() + rb")(?![^\s/<>\[\](){}%])")


def active_part(pdf: pikepdf.Pdf, most_pixels: int) -> str:
    """ "" for a quiet file, else script, launch, attachment, media, form, link, outside, pixels or opening."""
    found = ""
    for item in pdf.objects:
        found = _judge(item, most_pixels) or found
        if found not in ("", "opening"):
            break  # what an opening runs is the better reason, and may stand further on
    return found


def _judge(item: Object, most_pixels: int) -> str:
    if not isinstance(item, Stream):
        return _judge_names(item, item.unparse(resolved=True))
    if "/F" in item.stream_dict:
        return "outside"  # its bytes lie in another file
    if _pixels(item) > most_pixels:
        return "pixels"
    return _judge_names(item.stream_dict, item.stream_dict.unparse())


def _judge_names(item: Object, printed: bytes) -> str:
    if not _SUSPICIOUS.search(printed):
        return ""
    if isinstance(item, Name):  # the kind of an action or annotation, kept apart to hide it
        return (_ACTIONS | _ANNOTATIONS).get(str(item), "")
    parts = [part for part in map(_judge_dictionary, _dictionaries(item)) if part]
    return min(parts, key=lambda part: part == "opening", default="")


def _pixels(stream: Stream) -> int:
    width, height = stream.stream_dict.get("/Width", 0), stream.stream_dict.get("/Height", 0)
    return int(width) * int(height) if isinstance(width, int) and isinstance(height, int) else 0


def _dictionaries(item: Object) -> Iterator[Object]:
    """The object's own dictionaries, however nested; what it only refers to comes by itself."""
    waiting = [item]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Dictionary):
            yield node
            waiting += [value for value in node.values() if _is_inside(value)]
        elif isinstance(node, Array):
            waiting += [value for value in node if _is_inside(value)]


def _is_inside(value: object) -> bool:
    return isinstance(value, (Dictionary, Array)) and not value.is_indirect


def _judge_dictionary(node: Object) -> str:
    for key, part in _KEYS.items():
        if _is_filled(node.get(key)):
            return part
    kind = str(node.get("/S", ""))
    if kind in _ACTIONS:
        return _ACTIONS[kind]
    if str(node.get("/Subtype", "")) in _ANNOTATIONS and "/Rect" in node:
        return _ANNOTATIONS[str(node.get("/Subtype"))]
    if kind in ("/URI", "/GoToR") and _is_bad_link(node):
        return "link"
    return _judge_automatic(node)


def _is_filled(value: object) -> bool:
    if isinstance(value, (Dictionary, Array)):
        return len(value) > 0
    return value is not None


def _is_bad_link(node: Object) -> bool:
    """A link a person clicks is quiet, unless it is a script or reaches into the reader's own network."""
    place = node.get("/URI", node.get("/F"))
    if isinstance(place, Dictionary):
        place = place.get("/UF", place.get("/F"))
    return bool(_BAD_LINK.match(str(place or "")))


def _judge_automatic(node: Object) -> str:
    """What happens without a click. LibreOffice and LaTeX open at a page, which is harmless."""
    opening = node.get("/OpenAction")
    if isinstance(opening, Dictionary) and not _is_chain_of(opening, _OPENING):
        return "opening"
    triggers = node.get("/AA")
    if isinstance(triggers, Dictionary):
        for action in triggers.values():
            if isinstance(action, Dictionary) and not _is_chain_of(action, _AUTOMATIC):
                return "opening"
    return ""


def _is_chain_of(action: Object, harmless: set[str]) -> bool:
    waiting, seen = [action], 0
    while waiting:
        step = waiting.pop()
        seen += 1
        if seen > 100 or str(step.get("/S", "/GoTo")) not in harmless:
            return False
        following = step.get("/Next")
        if isinstance(following, Dictionary):
            waiting.append(following)
        elif isinstance(following, Array):
            waiting += [each for each in following if isinstance(each, Dictionary)]
    return True
