// Nothing typed is lost when the sign-in runs out. A form marked data-keep (its value names what is being
// written) keeps its fields in this tab's sessionStorage until it was taken; never passwords, tokens or files.
// The page that follows success clears it: <meta name="kept-taken" content="name">, written by the component
// `kept_taken`. A form shown again by the server with its values needs nothing restored.

const PREFIX = "kept:";

function fields(form) {
  return [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken"
    && !["password", "file", "hidden", "submit", "button"].includes(field.type) && field.dataset.keep !== "no");
}

function key(form) {
  return `${PREFIX}${form.dataset.keep || location.pathname}`;
}

function save(form) {
  const values = fields(form).map((field) => (
    ["checkbox", "radio"].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value]
  ));
  sessionStorage.setItem(key(form), JSON.stringify(values));
}

function put(form, [name, value, checked]) {
  for (const field of fields(form)) {
    if (field.name !== name) continue;
    if (checked === undefined) field.value = value;
    else if (field.value === value) field.checked = checked;
  }
}

function restore(form) {
  const kept = sessionStorage.getItem(key(form));
  if (!kept || form.querySelector("[aria-invalid=true]")) return;
  for (const entry of JSON.parse(kept)) put(form, entry);
  const said = form.querySelector("[data-kept]");
  if (said) said.hidden = false;
}

for (const meta of document.querySelectorAll("meta[name='kept-taken']")) {
  sessionStorage.removeItem(`${PREFIX}${meta.content}`);
}
for (const form of document.querySelectorAll("form[data-keep]")) {
  restore(form);
  form.addEventListener("input", () => save(form));
  form.addEventListener("change", () => save(form));
  // autosave.js: the portal has it all, and may have something newer when the page is opened next.
  form.addEventListener("autosaved", () => sessionStorage.removeItem(key(form)));
}
