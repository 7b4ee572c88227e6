// Everything works without this file. It brings the reader to what is wrong, to what a link names and to what changed on
// a wide diagram, warns before typed words are lost, and sends the forms of one page together.
"use strict";
document.getElementById("problems")?.focus();

// what a link names is not left folded
function reveal() {
  const target = document.querySelector(":target");
  const folds = [];
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) folds.push(fold);
  if (folds.every((fold) => fold.open)) return;
  for (const fold of folds) fold.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", reveal);
addEventListener("click", ({ target }) => {
  const link = target.closest?.("a");
  if (link?.hash && link.href === location.href) setTimeout(reveal); // the same once more
  if (link?.matches("[data-afresh]")) typed.clear();
});

const typed = new Set(); // forms with words that are not sent
let sent = null;
for (const form of document.querySelectorAll("form[data-guard=typed]")) typed.add(form); // refused: shown as it was typed
addEventListener("input", ({ target }) => { if (target.form?.matches("[data-guard]")) typed.add(target.form); });
addEventListener("submit", (submitting) => {
  sent = submitting.target;
  const others = unsent(sent);
  if (!others.length || sent.elements.do.value === "undo") return;
  submitting.preventDefault();
  sent = null;
  if (!sending) together(submitting.target, submitting.submitter, others);
});
addEventListener("beforeunload", (leaving) => {
  if ([...typed].some((form) => form !== sent)) leaving.preventDefault();
  sent = null;
});
reveal();

// --- the forms of one page: the others that were typed in go first, each as if it were sent alone; one that is refused
// is shown, and nothing more is sent

let sending = false;
const asks = (form, what) => form.elements.do?.value === what;
function unsent(pressed) {
  if (!pressed.matches("[data-together]")) return [];
  const forms = [...document.querySelectorAll("form[data-together]")];
  return forms.filter((form) => form !== pressed && typed.has(form));
}
async function together(pressed, button, others) {
  sending = true;
  try {
    if (button?.name === "preview") return preview(await post(pressed, button), pressed);
    const last = others.find((form) => asks(form, "identify")) ?? pressed; // after it, the page has another address
    for (const form of [...others, pressed].filter((each) => each !== last)) {
      const page = await post(form);
      if (page.getElementById("problems")) return refused(page, form);
      typed.delete(form);
      const mark = page.querySelector("form [name=mark]")?.value;
      for (const each of document.querySelectorAll("form [name=mark]")) each.value = mark ?? each.value;
    }
    sending = false;
    last.requestSubmit(last === pressed ? button : null);
  } catch {
    document.getElementById("unsent").hidden = false;
  } finally {
    sending = false;
  }
}
async function post(form, button = null) {
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("refusal")) throw new Error(answer.status); // no page of the outline
  return page;
}
function refused(page, form) {
  document.getElementById("refusal").replaceWith(page.getElementById("refusal"));
  const kept = page.getElementById(form.id);
  if (kept) {
    typed.delete(form);
    typed.add(kept);
    form.replaceWith(kept);
    for (let fold = kept.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
  document.getElementById("problems").focus();
}
function preview(page, form) {
  document.getElementById("preview")?.remove();
  form.after(page.getElementById("preview") ?? "");
}

function showChanged(box) {
  const changed = box.querySelector(".state-added, .state-removed, .state-changed")?.getBoundingClientRect();
  if (changed?.width) box.scrollLeft += changed.left + changed.width / 2 - box.getBoundingClientRect().left - box.clientWidth / 2;
}
for (const box of document.querySelectorAll(".versions .scroll")) showChanged(box);
for (const fold of document.querySelectorAll("details:has(.versions)")) {
  fold.addEventListener("toggle", () => { for (const box of fold.querySelectorAll(".versions .scroll")) showChanged(box); });
}
