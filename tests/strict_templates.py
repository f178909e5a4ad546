"""Makes an undefined variable in one of our own templates an error.

Django asks the engine's `string_if_invalid` for its truth when a variable cannot be resolved, and prints it
when a look-up failed on the way. This string answers by raising, but only for templates of this repository:
those of libraries lean on undefined variables and must render as they do in production. `{% if %}` and
`{% firstof %}` never ask, so optional values stay possible; `{% for %}` does not ask either, and is made to.
"""

import sys
from pathlib import Path
from types import CodeType, FrameType

from django.template.base import FilterExpression, Node
from django.template.defaulttags import ForNode

OWN_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
RENDERING: CodeType = Node.render_annotated.__code__
RESOLVING: CodeType = FilterExpression.resolve.__code__
LOOPING: CodeType = ForNode.render.__code__


class UndefinedTemplateVariable(AssertionError):
    """A template of ours uses a variable that its context does not have."""


def node_being_rendered(frame: FrameType | None) -> Node | None:
    """The innermost template node on the stack."""
    while frame is not None:
        if frame.f_code is RENDERING:
            node: Node = frame.f_locals["self"]
            return node
        frame = frame.f_back
    return None


def object_to(node: Node | None, what: object) -> None:
    """Raise if the node stands in one of our own templates."""
    origin = getattr(node, "origin", None)
    if origin is not None and Path(str(origin.name)).is_relative_to(OWN_TEMPLATES):
        line = getattr(getattr(node, "token", None), "lineno", "?")
        where = Path(origin.name).relative_to(OWN_TEMPLATES)
        raise UndefinedTemplateVariable(f"templates/{where}, line {line}: {what} is undefined in {node!r}")


class Undefined(str):
    """The empty string that objects to being used."""

    __slots__ = ()

    def __bool__(self) -> bool:
        caller = sys._getframe(1)
        if caller.f_code is RESOLVING:
            object_to(node_being_rendered(caller), caller.f_locals["self"])
        return False

    def __html__(self) -> str:
        object_to(node_being_rendered(sys._getframe(1)), "the value printed")
        return ""


def _resolve(self: FilterExpression, context: object, ignore_failures: bool = False) -> object:
    looping = sys._getframe(1).f_code is LOOPING
    return _original_resolve(self, context, ignore_failures=ignore_failures and not looping)


_original_resolve = FilterExpression.resolve
FilterExpression.resolve = _resolve  # type: ignore[method-assign,assignment]
