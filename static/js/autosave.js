// Nothing typed waits for a button. A form marked data-autosave is sent to its own address, with the mark
// autosave=1, after a short rest and when the page is left; the answer is one line for [data-autosaved].
// Each opening of the page has a name and counts its saves, so that one which arrives late changes nothing.
// Files are never sent this way. Without script, and whenever a save fails, the form works as before.

const REST = 800;
const RETRY = [4000, 10_000, 30_000];
const OWN = ["csrfmiddlewaretoken", "typing-page", "typing-turn", "typing-seen"];

function pageName() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  return found ? found[1] : "";
}

function typed(form) {
  const data = new FormData(form);
  return [...data].filter(([name, value]) => typeof value === "string" && !OWN.includes(name));
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-autosaved]") || document.querySelector("[data-autosaved]");
    this.turn = 0;
    this.failures = 0;
    this.leaving = false;
    this.put("typing-page", pageName());
    this.last = JSON.stringify(typed(form));
    const restored = form.querySelector("[data-kept]:not([hidden])");
    if (restored) this.last = "";
    for (const name of ["input", "change"]) form.addEventListener(name, () => this.rest());
    form.addEventListener("submit", (event) => { if (!event.defaultPrevented) this.leave(); });
    if (restored) this.rest();
  }

  put(name, value) {
    this.form.querySelector(`input[name=${name}]`).value = value;
  }

  rest() {
    this.leaving = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), REST);
  }

  // The button was pressed: its own turn is the last one.
  leave() {
    this.leaving = true;
    clearTimeout(this.timer);
    this.put("typing-turn", String(this.turn += 1));
  }

  body(entries) {
    const body = new URLSearchParams(entries);
    body.set("csrfmiddlewaretoken", token() || this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("autosave", "1");
    for (const name of OWN.slice(1)) body.set(name, this.form.querySelector(`input[name=${name}]`).value);
    return body;
  }

  async save({ now = false } = {}) {
    clearTimeout(this.timer);
    const entries = typed(this.form);
    const sent = JSON.stringify(entries);
    if (this.leaving || sent === this.last) return;
    if (this.busy && !now) { this.again = true; return; }
    this.busy = true;
    this.put("typing-turn", String(this.turn += 1));
    try {
      const address = this.form.getAttribute("action") || location.href;
      const answer = await fetch(address, {
        method: "POST", body: this.body(entries), redirect: "manual", keepalive: now, headers: { "X-Autosave": "1" },
      });
      await this.hear(answer, sent);
    } catch {
      this.fail("lost");
    }
    this.busy = false;
    if (this.again) { this.again = false; this.rest(); }
  }

  async hear(answer, sent) {
    if (answer.type === "opaqueredirect") { this.fail("signed-out"); return; }
    if (!answer.ok && ![409, 422].includes(answer.status)) { this.fail("lost"); return; }
    const words = await answer.text();
    if (this.leaving) return;
    this.place.innerHTML = words;
    this.failures = 0;
    this.last = sent;
    // Also where somebody else was first: opening the page anew then shows their version, not this one over it.
    if (JSON.stringify(typed(this.form)) === sent) this.form.dispatchEvent(new CustomEvent("autosaved"));
  }

  fail(why) {
    if (this.leaving) return;
    const words = this.form.querySelector(`template[data-autosave-${why}]`);
    this.place.replaceChildren(words.content.cloneNode(true));
    const wait = RETRY[Math.min(this.failures, RETRY.length - 1)];
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }
}

const all = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Autosave(form));
document.addEventListener("visibilitychange", () => {
  for (const each of all) {
    if (document.visibilityState === "hidden") each.save({ now: true });
    else if (each.failures) each.save();
  }
});
window.addEventListener("online", () => { for (const each of all) each.save(); });
// A page brought back by the browser's Back button may be typed in again.
window.addEventListener("pageshow", () => { for (const each of all) each.leaving = false; });
