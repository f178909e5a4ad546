// Choosing rows of a list: the bar shows itself once something is chosen, and counts. Without this the bar is always there.
//   [data-bulk]       the form with the bar     input[name=pick]   a row's box     [data-check-all]   the box of the head

const form = document.querySelector("[data-bulk]");

if (form) {
  const boxes = [...document.querySelectorAll(`input[name=pick][form="${form.id}"]`)];
  const all = document.querySelector("[data-check-all]");
  const bar = form.querySelector(".bulk");
  const words = bar.querySelector("b");

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    bar.hidden = chosen === 0;
    words.textContent = words.textContent.replace(/^\d+/, String(chosen));
    for (const box of boxes) box.closest("tr").classList.toggle("is-chosen", box.checked);
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  };
  form.querySelector("a.push")?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = false;
    show();
  });
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
  }
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
