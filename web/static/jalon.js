// Everything works without this file. It brings the reader to what is wrong and to what changed on a wide diagram, and
// warns before typed words are lost.
"use strict";
document.getElementById("problems")?.focus();
const typed = new Set(); // forms with words that are not sent
let sent = null;
for (const form of document.querySelectorAll("form[data-guard]")) {
  if (form.dataset.guard === "typed") typed.add(form); // refused: shown as it was typed
  form.addEventListener("input", () => { typed.add(form); });
  form.addEventListener("submit", () => { sent = form; });
}
addEventListener("beforeunload", (leaving) => {
  if ([...typed].some((form) => form !== sent)) leaving.preventDefault();
  sent = null;
});
function showChanged(box) {
  const changed = box.querySelector(".state-added, .state-removed, .state-changed")?.getBoundingClientRect();
  if (changed?.width) box.scrollLeft += changed.left + changed.width / 2 - box.getBoundingClientRect().left - box.clientWidth / 2;
}
for (const box of document.querySelectorAll(".versions .scroll")) showChanged(box);
for (const fold of document.querySelectorAll("details:has(.versions)")) {
  fold.addEventListener("toggle", () => { for (const box of fold.querySelectorAll(".versions .scroll")) showChanged(box); });
}
