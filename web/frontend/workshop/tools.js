/** Buttons for what the keys do: undo, redo, and how near the drawing is. */
import { fit } from "./sheets.js";

/** `part(name)`: an element of the page. The buttons, which a simulation puts out of use. */
export function tools(desk, part) {
  const canvas = () => desk.boards.modeler.get("canvas");
  const nearer = (steps) => () => desk.boards.modeler.get("zoomScroll").stepZoom(steps);
  const acts = { undo: () => desk.trail.undo(), redo: () => desk.trail.redo(), further: nearer(-2), closer: nearer(2), whole: () => fit(canvas()) };
  return Object.entries(acts).map(([name, act]) => {
    const button = part(name);
    button.addEventListener("click", act);
    return button;
  });
}
