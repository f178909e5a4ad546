// Nothing typed is lost when the sign-in runs out. A form marked data-keep (its value names what is being
// written) keeps its fields in this tab's sessionStorage until it was taken; never passwords, tokens or files.
// What was sent is forgotten when the portal led on to another page; a form that is wrong comes back in place of one,
// and who has to sign in finds the words again. A page reached otherwise says what it took:
// <meta name="kept-taken" content="name">, written by the component `kept_taken`. Signing out forgets everything.
// Each person's words stand under their own prefix (<body data-person>); a page without a sign-in has its own.
// A form shown again by the server with its values needs nothing restored.

const PERSON = document.body.dataset.person || "";
const ALL = "kept:";
const PREFIX = `${ALL}${PERSON}:`;
const SENT = "kept-sent"; // {from: the page it was sent from, keys: what was sent there and on the steps before}
const SIGN_IN = /^\/accounts\/(login|2fa\/authenticate)\//;
const HERE = location.href.split("#")[0];

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
    if (checked !== undefined) {
      if (field.value === value) field.checked = checked;
    } else if (!field.options || [...field.options].some((option) => option.value === value)) {
      field.value = value; // not a choice that is gone
    }
  }
}

function restore(form) {
  const words = sessionStorage.getItem(key(form));
  if (!words || form.querySelector("[aria-invalid=true]")) return;
  for (const entry of JSON.parse(words)) put(form, entry);
  const folded = form.closest("details");
  if (folded) folded.open = true;
  const said = form.querySelector("[data-kept]");
  if (said) said.hidden = false;
}

// Keys sent on the page before which nobody has answered yet: this page is the next step of the same thing.
function unanswered() {
  const sent = JSON.parse(sessionStorage.getItem(SENT) || "null");
  sessionStorage.removeItem(SENT);
  if (!sent || sent.from !== document.referrer || SIGN_IN.test(location.pathname)) return [];
  const [arrival] = performance.getEntriesByType("navigation");
  const asksAgain = location.pathname === "/accounts/reauthenticate/";
  if (!arrival.redirectCount || asksAgain) return sent.keys;
  for (const each of sent.keys) sessionStorage.removeItem(each);
  return [];
}

// What somebody else left in this tab goes. The sign-in page leaves it: who signs in again is not known yet.
function forgetOthers() {
  for (const each of Object.keys(sessionStorage)) {
    if (each.startsWith(ALL) && !each.startsWith(PREFIX)) sessionStorage.removeItem(each);
  }
}

// The browser fills a page of its history again, also for who has signed in since: then as the server sent it.
function forgetHistory() {
  const before = history.state?.person;
  history.replaceState({ ...history.state, person: PERSON }, "");
  if (before === undefined || before === PERSON) return;
  addEventListener("pageshow", () => { // the browser fills after this script has run
    for (const form of document.forms) form.reset();
    kept.forEach(restore);
  }, { once: true });
}

if (PERSON) forgetOthers();
const kept = [...document.querySelectorAll("form[data-keep]")];
forgetHistory();
// A form that came back stands by itself again.
const before = unanswered().filter((each) => !kept.some((form) => key(form) === each));
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("action") === "/accounts/logout/") sessionStorage.clear();
  if (event.defaultPrevented || form.target || !form.closest("main")) return;
  const keys = form.dataset.keep === undefined ? before : [...before, key(form)];
  sessionStorage.setItem(SENT, JSON.stringify({ from: HERE, keys }));
});
for (const meta of document.querySelectorAll("meta[name='kept-taken']")) {
  sessionStorage.removeItem(`${PREFIX}${meta.content}`);
}
for (const form of kept) {
  restore(form);
  form.addEventListener("input", () => save(form));
  form.addEventListener("change", () => save(form));
  // autosave.js: the portal has it all, and may have something newer when the page is opened next.
  form.addEventListener("autosaved", () => sessionStorage.removeItem(key(form)));
}
