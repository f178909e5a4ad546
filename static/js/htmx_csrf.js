// Gives htmx requests the CSRF token of the cookie, so that no template repeats it.
// When the sign-in has run out, a fragment is answered by the sign-in page: then the whole page is loaded again,
// which leads through the sign-in and back; keep.js brings back what was typed.

function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return found ? found[1] : field ? field.value : "";
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = event.detail.xhr.responseURL;
  if (!answered || !new URL(answered).pathname.startsWith("/accounts/")) return;
  if (location.pathname.startsWith("/accounts/")) return;
  event.detail.shouldSwap = false;
  location.reload();
});
