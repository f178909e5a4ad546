// A line that breaks in the middle of an upload costs nothing: a form marked data-send-apart sends its files one
// by one (keep=1), each kept as it arrives, and then itself without them (kept=1). What fails stays chosen and is
// sent at the next press, alone. Without script the form is sent whole, as any form.

function token(form) {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  return found ? found[1] : form.querySelector("[name=csrfmiddlewaretoken]").value;
}

function chosen(form) {
  return [...form.querySelectorAll("input[type=file]")].filter((field) => field.files.length);
}

function say(form, name, values = {}) {
  const place = form.querySelector("[data-sending-said]");
  const words = form.querySelector(`template[data-sending-${name}]`).content.cloneNode(true);
  for (const slot of words.querySelectorAll("[data-slot]")) slot.textContent = values[slot.dataset.slot];
  place.replaceChildren(words);
}

// true: kept; false: refused, the page will say why; throws: the line broke.
async function keep(form, field, file) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token(form));
  body.set("keep", "1");
  body.set(field.name, file);
  const address = form.getAttribute("action") || location.href;
  const answer = await fetch(address, { method: "POST", body, redirect: "manual" });
  if (answer.ok) return true;
  if (answer.status === 422) return false;
  throw new Error(String(answer.status));
}

function choose(field, files) {
  const rest = new DataTransfer();
  for (const file of files) rest.items.add(file);
  field.files = rest.files;
}

async function send(form, button) {
  const fields = chosen(form);
  const count = fields.reduce((sum, field) => sum + field.files.length, 0);
  let done = Number(form.dataset.kept || 0);
  const all = count + done;
  try {
    for (const field of fields) {
      const left = [...field.files];
      const refused = [];
      while (left.length) {
        say(form, "now", { n: done + 1, all });
        if (!(await keep(form, field, left[0]))) refused.push(left[0]);
        left.shift();
        done += 1;
        choose(field, [...refused, ...left]);
      }
    }
  } catch {
    form.dataset.kept = String(done);
    delete form.dataset.asked;
    say(form, done ? "some" : "none", { n: done, all });
    return;
  }
  const mark = document.createElement("input");
  Object.assign(mark, { type: "hidden", name: "kept", value: "1" });
  form.append(mark);
  form.dataset.apart = "yes";
  form.requestSubmit(button);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sendApart === undefined || form.dataset.apart || !chosen(form).length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  send(form, event.submitter || undefined).finally(() => { delete form.dataset.busy; });
}, true);
