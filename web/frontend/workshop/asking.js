/** A question that waits for its answer before something is lost. */
import { made } from "./side.js";

/** Asked in front of the page; whether it is agreed to. Escape, and the button that has the focus at first, say no. `beside`: an element of the page. */
export function agreed(beside, [question, yes, no]) {
  return new Promise((answered) => {
    const dialog = made(
      "dialog", { className: "workshop-shortcuts", "aria-label": question }, made("p", { words: question }),
      made("p", { className: "buttons" }, made("button", { words: no, autofocus: "", act: () => dialog.close() }), made("button", { words: yes, act: () => dialog.close("yes") })),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      answered(dialog.returnValue === "yes");
    });
    beside.after(dialog);
    dialog.showModal();
  });
}
