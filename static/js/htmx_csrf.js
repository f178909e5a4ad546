// Gives htmx requests the CSRF token of the cookie, so that no template repeats it.
// A page whose sign-in has run out answers a fragment with a redirect; then the whole page goes there.

function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return found ? found[1] : field ? field.value : "";
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
});
