// Words that stand in the place of a picture while it is being drawn: <p data-until-seen> beside its <img>. They go
// when the picture is there; when it failed, its alternative text stands alone.

for (const words of document.querySelectorAll("[data-until-seen]")) {
  const picture = words.parentElement.querySelector("img");
  const end = () => words.remove();
  if (picture.complete) end();
  else for (const event of ["load", "error"]) picture.addEventListener(event, end, { once: true });
}
