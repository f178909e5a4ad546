// Files cannot be kept like typed words when the sign-in runs out, so a form with files asks first:
//   form[data-ask-first="words"]   before sending, asks whether the person is still signed in; if not, says so
// and sends nothing. After signing in on another tab the same form, files and all, can be sent.

const PLACE = "[data-ask-first-said]";

function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  return found ? found[1] : "";
}

async function signedIn() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", redirect: "manual", cache: "no-store" });
    return answer.type !== "opaqueredirect";
  } catch {
    return true; // No network: let the browser say so.
  }
}

function say(form) {
  const place = form.querySelector(PLACE);
  place.hidden = false;
  place.querySelector("a").focus();
}

async function ask(form, button) {
  if (!(await signedIn())) {
    delete form.dataset.sent;
    say(form);
    return;
  }
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (token()) field.value = token(); // Signing in elsewhere gave a new one.
  form.dataset.asked = "yes";
  form.requestSubmit(button);
}

// Before every other listener: what data-once counts is the sending itself.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.askFirst === undefined || form.dataset.asked) return;
  const chosen = [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length);
  if (!chosen) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form, event.submitter || undefined);
}, true);

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-asked]")) delete form.dataset.asked;
});
