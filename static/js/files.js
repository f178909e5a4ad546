// A place to drop files: [data-drop] around an <input type=file>. Shows what was chosen, and says before any
// upload which file is too large, empty or of another kind, and of the others that they are not sent yet. The words
// come from data attributes of the place.

const MEGABYTE = 1000 * 1000;
const LIMIT_MEGABYTE = 1024 * 1024;

function size(bytes) {
  if (bytes >= MEGABYTE) return `${(bytes / MEGABYTE).toFixed(1).replace(".", ",").replace(",0", "")} MB`;
  return `${Math.max(1, Math.round(bytes / 1000))} kB`;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function fault(place, input, file) {
  const { maxBytes, tooLarge, isEmpty, wrongKind } = place.dataset;
  // The limit is counted as the server counts it, so that both say the same of a file that is too large.
  const values = { name: file.name, size: size(file.size * MEGABYTE / LIMIT_MEGABYTE), max: Math.floor(maxBytes / LIMIT_MEGABYTE) };
  if (file.size === 0) return fill(isEmpty, values);
  if (file.size > Number(maxBytes)) return fill(tooLarge, values);
  const kinds = (input.accept || "").toLowerCase().split(",").map((kind) => kind.trim()).filter((kind) => kind.startsWith("."));
  if (kinds.length && !kinds.some((kind) => file.name.toLowerCase().endsWith(kind))) return fill(wrongKind, values);
  return "";
}

function row(place, file, words) {
  const template = place.querySelector("template");
  const item = template.content.cloneNode(true);
  item.querySelector("b").textContent = file.name;
  const line = item.querySelector("p");
  line.textContent = words || fill(place.dataset.unsent || "{size}", { size: size(file.size) });
  line.className = words ? "small t-late" : "hint num";
  item.querySelector(".thumb").classList.add(words ? "thumb-bad" : "thumb-doc");
  return item;
}

function show(place) {
  const input = place.querySelector("input[type=file]");
  const list = place.querySelector("[data-chosen]");
  list.replaceChildren();
  let bad = false;
  for (const file of input.files) {
    const words = fault(place, input, file);
    bad = bad || Boolean(words);
    list.append(row(place, file, words));
  }
  input.setAttribute("aria-invalid", String(bad));
}

function wire(place) {
  const input = place.querySelector("input[type=file]");
  const target = place.querySelector(".drop") || place;
  input.addEventListener("change", () => show(place));
  for (const name of ["dragenter", "dragover"]) {
    target.addEventListener(name, (event) => { event.preventDefault(); target.classList.add("is-over"); });
  }
  for (const name of ["dragleave", "drop"]) target.addEventListener(name, () => target.classList.remove("is-over"));
  target.addEventListener("drop", (event) => {
    event.preventDefault();
    const dropped = new DataTransfer();
    for (const file of event.dataTransfer.files) {
      if (input.multiple || dropped.items.length === 0) dropped.items.add(file);
    }
    input.files = dropped.files;
    show(place);
  });
}

function wireAll(root) {
  for (const place of root.querySelectorAll("[data-drop]:not([data-wired])")) {
    place.dataset.wired = "yes";
    wire(place);
  }
}

document.addEventListener("htmx:load", (event) => wireAll(event.target));
wireAll(document);
