/** The processes of the method, in a list beside the canvas; each opens on it. A file may draw several. */
export class Sheets {
  /** `desk`: method, boards, say, language. `opened()`: once the canvas shows another file. */
  constructor(desk, list, opened) {
    Object.assign(this, { desk, list, opened, process: "", last: new Map(), listed: "", turn: Promise.resolve() });
  }

  get file() {
    return this.desk.boards.file;
  }

  /** One after the other: a second click waits until the first is drawn. Without `process`: as it was last seen. */
  open(file, process = this.last.get(file) ?? this.firstOf(file)) {
    this.turn = this.turn.catch(() => {}).then(() => this.opening(file, process));
    return this.turn;
  }

  async opening(file, process) {
    const { boards } = this.desk;
    await boards.collect();
    await boards.show(file);
    const { modeler } = boards;
    const diagrams = modeler.getDefinitions().get("diagrams") ?? [];
    const diagram = diagrams.find((each) => draws(each, process)) ?? diagrams[0];
    if (diagrams.length > 1) await modeler.open(diagram);
    this.process = process;
    this.last.set(file, process);
    fit(modeler.get("canvas"), PALETTE, READABLE, WHOLE);
    this.draw();
    this.opened();
  }

  /** Shows where an element of a file is drawn. */
  async reach(file, element) {
    const home = this.homeOf(file, element);
    if (file !== this.file || home !== this.process) await this.open(file, home);
  }

  /** To the element itself. */
  async go(file, element) {
    await this.reach(file, element);
    setTimeout(() => {
      const { modeler } = this.desk.boards;
      const shape = modeler.get("elementRegistry").get(element);
      this.desk.boards.canvas.scrollIntoView({ block: "nearest" }); // whoever comes from the list below it
      if (!shape) return;
      modeler.get("selection").select(shape);
      modeler.get("canvas").scrollToElement(shape);
    }, 300); // the panel follows a selection only once an import has settled
  }

  firstOf(file) {
    return this.desk.method.processes.find((each) => each.file === file)?.id || "";
  }

  homeOf(file, element) {
    const document = new DOMParser().parseFromString(this.desk.method.files.get(file), "application/xml");
    const process = document.getElementById(element)?.closest("process, *|process");
    return process?.id || this.firstOf(file);
  }

  draw() {
    const { method, say, language } = this.desk;
    if (!method.processes.some((each) => each.id === this.process)) this.process = this.firstOf(this.file); // it was named anew
    const listed = JSON.stringify([this.process, method.processes]);
    if (listed === this.listed) return; // who is at it with the keyboard stays there
    this.listed = listed;
    const within = this.list.contains(document.activeElement);
    this.list.replaceChildren(
      ...method.processes.map((each) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "plain";
        button.textContent = (language === "en" && each.english) || each.name;
        if (each.id === this.process) button.setAttribute("aria-current", "true");
        button.addEventListener("click", () => this.open(each.file, each.id));
        const kind = document.createElement("span");
        kind.className = "quiet";
        kind.textContent = `${KINDS[each.kind] ? say(KINDS[each.kind]) : each.id} · ${each.file}`;
        item.append(button, kind);
        return item;
      }),
    );
    if (within) this.list.querySelector("[aria-current]")?.focus({ preventScroll: true });
  }
}

const KINDS = { method: "Main process", phase: "Phase", recurring: "Recurring activity", exception: "Exceptional gate", variant: "Variant", fragment: "Fragment" };

/** The whole of it in view, beside the palette; or its beginning, at no less than a scale `least`. */
const PALETTE = 125;
const AROUND = 20;
/** At which names are read; a little less, where all is then in view. */
const READABLE = 0.6;
const WHOLE = 0.44;

export function fit(canvas, palette = PALETTE, least = 0.15, whole = least) {
  const { inner, outer } = canvas.viewbox();
  if (!inner.width || !outer.width) return;
  const all = Math.min((outer.width - palette - AROUND) / inner.width, (outer.height - 2 * AROUND) / inner.height, 1);
  const scale = all >= whole ? all : Math.max(least, all);
  const [width, height] = [outer.width / scale, outer.height / scale];
  canvas.viewbox({ x: inner.x - palette / scale, y: inner.y - Math.max(height - inner.height, 2 * AROUND) / 2, width, height });
}

function draws(diagram, process) {
  const shown = diagram.get("plane")?.get("bpmnElement");
  return shown?.id === process || (shown?.get("participants") ?? []).some((each) => each.get("processRef")?.id === process);
}
