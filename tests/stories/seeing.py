"""What a page must be for everybody: no fault that axe knows of, and no sideways scroll at any width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AA = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # what passed is not written up: that takes longer than the looking
}
ASK = "options => axe.run(document, options).then(found => found.violations)"
# Colours are the same at every width, and reading them is most of what axe does: once is enough.
NARROW = {**AA, "rules": {"color-contrast": {"enabled": False}}}
# What axe is asked; the last is the width at which a page opens, so that the next one opens at it.
WIDTHS = {820: None, 390: NARROW, 320: None, 1366: AA}
# Forms of the page itself with something to fill in; a form that htmx sends has no answer of its own.
FORMS = """[...document.querySelectorAll("main form[method=post]:not([hx-post])")].filter((form) => (
  [...form.elements].some((field) => field.name && !["hidden", "submit", "button", "fieldset"].includes(field.type))
))"""
SEND_EMPTY = (
    f"number => {{ const form = {FORMS}[number];"
    """
  for (const field of form.elements) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    else if (!["hidden", "submit", "button", "file", "fieldset"].includes(field.type)) field.value = "";
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector(".btn-primary, .btn-late") || form.querySelector("button:not([type=button])"));
}"""
)
SEND = """([path, given]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: path });
  given.push(["csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value]);
  for (const [name, value] of given) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Seen:
    """Faults found so far; a story ends by asking for none."""

    page: Page
    portal: str
    axe: Axe = field(default_factory=Axe)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Half a megabyte: sent once and read where it is called, not sent anew for every page.
        self.page.add_init_script(f"window.bringAxe = () => {{ {self.axe.axe_script} }}")

    def look(self, name: str) -> None:
        """The page as it stands, at each width."""
        self.page.evaluate("bringAxe()")
        for width, options in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": 900})
            if (over := self.page.evaluate(TOO_WIDE)) > 0:
                self.faults.append(f"{name} at {width}: {over} px too wide")
            if options:
                self._ask_axe(f"{name} at {width}", options)

    def _ask_axe(self, name: str, options: Mapping[str, object]) -> None:
        for fault in self.page.evaluate(ASK, options):
            nodes = "; ".join(node["html"][:160] for node in fault["nodes"][:3])
            self.faults.append(f"{name}: {fault['id']}: {nodes}")

    def visit(self, *paths: str) -> None:
        """Each address as it opens."""
        for path in paths:
            answer = self.page.goto(f"{self.portal}{path}")
            assert answer is not None
            if answer.status >= 500 or (answer.status >= 400 and "khong-co" not in path):
                self.faults.append(f"{path}: answered {answer.status}")
            self.look(path)

    def send(self, path: str, given: Mapping[str, object] | Sequence[tuple[str, object]]) -> None:
        """What a form of this address sends, filled: the page that follows, as a second step or a result."""
        entries = [
            [name, str(value)] for name, value in (given.items() if isinstance(given, Mapping) else given)
        ]
        with self.page.expect_navigation() as answered:
            self.page.evaluate(SEND, [path, entries])
        if answered.value.status != 200:
            self.faults.append(f"{path}: sent, answered {answered.value.status}")
        self.look(f"{path} sent")

    def spoil(self, name: str, *, summary: bool = True) -> None:
        """Each form of the open page, emptied and sent: in error. `summary`: whether a list on top must say so."""
        path, forms = self.page.url, self.page.evaluate(f"{FORMS}.length")
        for number in range(forms):
            if number:
                self.page.goto(path)
            with self.page.expect_navigation() as answered:
                self.page.evaluate(SEND_EMPTY, number)
            if answered.value.status >= 500:
                self.faults.append(f"{name}: form {number} answered {answered.value.status}")
            self._in_error(f"{name}: form {number}", summary=summary)

    def _in_error(self, name: str, *, summary: bool = True) -> None:
        if summary and self.page.locator("[data-error-summary]").count() == 0:
            self.faults.append(f"{name} with nothing entered shows no summary of errors")
        self.look(f"{name} in error")

    def finds_nothing(self) -> None:
        """The story's end."""
        assert not self.faults, "\n".join(self.faults)
