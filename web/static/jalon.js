// Everything works without this file. It brings the reader to what is wrong, and warns before typed words are lost.
"use strict";
document.getElementById("problems")?.focus();
let typed = false;
for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
}
addEventListener("beforeunload", (leaving) => { if (typed) leaving.preventDefault(); });
