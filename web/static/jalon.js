// Everything works without this file. It brings the reader to what is wrong, and warns before typed words are lost.
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
