// The case page: keys J, K, N, Đ, T; which page of a paper is in view; enlarging it. The page works without all this.
//   [data-key=after|before|next|ok|return]  what a key presses       [data-keys-switch]  turns the keys off and on, remembered
//   [data-key=leave]            what Escape presses while a paper's reason is written
//   [data-well]                 the paper's pages         [data-page=up|down] the page before, the page after
//   [data-page-now]             number of the page seen   [data-zoom]         pages at twice the width

const KEYS = { j: "after", k: "before", p: "before", n: "next", d: "ok", đ: "ok", t: "return" };
const OFF = "case:keys-off";
const hint = document.querySelector("[data-keys]");
const well = document.querySelector("[data-well]");
const pages = well ? [...well.querySelectorAll("img[id^='page-']")] : [];

function keysAreOff() {
  return localStorage.getItem(OFF) === "yes";
}

function sayKeys() {
  const button = hint.querySelector("[data-keys-switch]");
  button.textContent = keysAreOff() ? button.dataset.on : button.dataset.off;
}

function press(event) {
  const action = KEYS[event.key.toLowerCase()];
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (!action || typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey || keysAreOff()) return;
  const target = document.querySelector(`[data-key=${action}]`);
  if (!target) return;
  event.preventDefault();
  target.click();
}

function seen() {
  const middle = well.getBoundingClientRect().top + well.clientHeight / 3;
  const index = pages.findLastIndex((page) => page.getBoundingClientRect().top <= middle);
  return Math.max(index, 0);
}

function turn(by) {
  const page = pages[Math.min(Math.max(seen() + by, 0), pages.length - 1)];
  well.scrollTo({ top: page.offsetTop - well.offsetTop - 16 });
}

function zoom(link) {
  const zoomed = well.classList.toggle("is-zoomed");
  link.setAttribute("aria-pressed", String(zoomed));
  for (const page of pages) {
    page.dataset.plain ||= page.getAttribute("src");
    page.src = zoomed ? `${page.dataset.plain}?w=1600` : page.dataset.plain;
  }
}

const leave = document.querySelector("[data-key=leave]");
leave?.closest("form").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) leave.click();
});
if (hint) {
  hint.hidden = false;
  sayKeys();
  document.addEventListener("keydown", press);
  hint.querySelector("[data-keys-switch]").addEventListener("click", () => {
    localStorage.setItem(OFF, keysAreOff() ? "no" : "yes");
    sayKeys();
  });
}
if (pages.length) {
  const now = document.querySelector("[data-page-now]");
  well.addEventListener("scroll", () => { if (now) now.textContent = String(seen() + 1); }, { passive: true });
  for (const link of document.querySelectorAll("[data-page]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); turn(link.dataset.page === "up" ? -1 : 1); });
  }
  const zoomLink = document.querySelector("[data-zoom]");
  zoomLink.setAttribute("role", "button");
  zoomLink.addEventListener("click", (event) => { event.preventDefault(); zoom(zoomLink); });
}
