/** What was done, in the order in which it was done, whatever the file: undoing goes back from one file to another. */

export class Trail {
  /** `desk`: boards, simulation, say, tell(words, facts), open(file). */
  constructor(desk) {
    Object.assign(this, { desk, done: [], undone: [] });
  }

  /** `trigger`: what happened to the stack of a file's modeler, which holds the commands themselves. */
  noted(file, trigger) {
    if (trigger === "execute") {
      this.done.push(file);
      this.undone = [];
    } else if (trigger === "undo") moved(file, this.done, this.undone);
    else if (trigger === "redo") moved(file, this.undone, this.done);
  }

  /** A file whose past is gone. */
  forget(file) {
    this.done = this.done.filter((each) => each !== file);
    this.undone = this.undone.filter((each) => each !== file);
  }

  undo() {
    return this.step(this.done, "undo", "Undone in {file}");
  }

  redo() {
    return this.step(this.undone, "redo", "Done again in {file}");
  }

  async step(from, way, words) {
    const file = from.at(-1);
    if (!file || this.desk.simulation.on) return;
    const elsewhere = file !== this.desk.boards.file;
    if (elsewhere) await this.desk.open(file);
    this.desk.boards.modeler.get("commandStack")[way]();
    if (elsewhere) this.desk.tell(words, { file });
  }
}

function moved(file, from, to) {
  const at = from.lastIndexOf(file);
  if (at < 0) return;
  from.splice(at, 1);
  to.push(file);
}

/** In each modeler, undo and redo are those of the whole draft. */
class Undoing {
  constructor(eventBus, workshop) {
    eventBus.on("editorActions.init", ({ editorActions }) => {
      for (const action of ["undo", "redo"]) {
        editorActions.unregister(action);
        editorActions.register(action, () => workshop.trail[action]());
      }
    });
  }
}
Undoing.$inject = ["eventBus", "workshop"];

export const TrailModule = { __init__: ["undoing"], undoing: ["type", Undoing] };

/** Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z wherever one is on the page; a field that is being typed in has its own. */
export function undoKeys(trail) {
  addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || typedIn(trail, event.target)) return;
      const key = event.key.toLowerCase();
      const action = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : "";
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      trail[action]();
    },
    true,
  );
}

/** The name of what was just drawn is being asked for: until something is typed there, undoing takes the drawing back. */
function typedIn(trail, where) {
  if (!where.closest("input, textarea, select, [contenteditable]")) return false;
  const naming = where.closest(".djs-direct-editing-content");
  return !naming || trail.desk.boards.modeler.get("naming").touched;
}
