// Small manners of forms. Everything here is a convenience: without it the pages still work.
//   [data-error-summary]              takes the focus when it appears
//   [data-show-password]              shows the password beside it
//   [data-copy="text"]                copies the text; says [data-copied] for two seconds
//   form[data-once]                   a second click does not send the form twice
//   select[data-submit], input[data-submit]   sends its form when changed
//   [data-check-all]                  ticks every [data-check] of its form

function focusSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  if (!document.title.startsWith(summary.dataset.errorSummary)) {
    document.title = `${summary.dataset.errorSummary} ${document.title}`;
  }
}

function showPassword(button) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
  field.focus();
}

async function copy(button) {
  const words = button.querySelector("span");
  const before = words.textContent;
  await navigator.clipboard.writeText(button.dataset.copy);
  words.textContent = button.dataset.copied;
  setTimeout(() => { words.textContent = before; }, 2000);
}

function reveal(root) {
  for (const button of root.querySelectorAll("[data-show-password]")) button.hidden = false;
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
  else if (button.dataset.showPassword !== undefined) showPassword(button);
  else if (button.dataset.copy !== undefined) copy(button);
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.dataset.submit !== undefined) field.form.requestSubmit();
  if (field.dataset.checkAll === undefined) return;
  for (const box of field.form.querySelectorAll("[data-check]")) box.checked = field.checked;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.once === undefined || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

// A page brought back by the browser's Back button may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
});

document.addEventListener("htmx:load", (event) => { reveal(event.target); focusSummary(event.target); });
reveal(document);
focusSummary(document);
