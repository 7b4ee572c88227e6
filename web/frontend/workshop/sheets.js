/** The processes of the method, in a list beside the canvas; each opens on it. A file may draw several. */
export class Sheets {
  /** `desk`: method, say, collect(). `opened(file)`: once the canvas shows it. */
  constructor(desk, modeler, list, opened) {
    Object.assign(this, { desk, modeler, list, opened, file: "", process: "" });
  }

  async open(file, process) {
    await this.desk.collect();
    if (file !== this.file || this.desk.method.files.get(file) !== this.shown) {
      this.shown = this.desk.method.files.get(file);
      this.file = file;
      await this.modeler.importXML(this.shown);
    }
    const diagrams = this.modeler.getDefinitions().get("diagrams") ?? [];
    const diagram = diagrams.find((each) => draws(each, process)) ?? diagrams[0];
    if (diagrams.length > 1) await this.modeler.open(diagram);
    this.process = process;
    fit(this.modeler.get("canvas"));
    this.draw();
    this.opened(file);
  }

  /** To an element of a file, wherever it is drawn. */
  async go(file, element) {
    const home = this.homeOf(file, element);
    if (file !== this.file || home !== this.process) await this.open(file, home);
    setTimeout(() => {
      const shape = this.modeler.get("elementRegistry").get(element);
      if (!shape) return;
      this.modeler.get("selection").select(shape);
      this.modeler.get("canvas").scrollToElement(shape);
    }, 300); // the panel follows a selection only once an import has settled
  }

  homeOf(file, element) {
    const document = new DOMParser().parseFromString(this.desk.method.files.get(file), "application/xml");
    const process = document.getElementById(element)?.closest("process, *|process");
    return process?.id || this.desk.method.processes.find((each) => each.file === file)?.id || "";
  }

  draw() {
    const { method, say, language } = this.desk;
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
  }
}

const KINDS = { method: "Main process", phase: "Phase", recurring: "Recurring activity", exception: "Exceptional gate", variant: "Variant", fragment: "Fragment" };

/** The whole of it in view, beside the palette. */
const PALETTE = 125;
const AROUND = 20;

function fit(canvas) {
  const { inner, outer } = canvas.viewbox();
  if (!inner.width || !outer.width) return;
  const scale = Math.max(0.15, Math.min((outer.width - PALETTE - AROUND) / inner.width, (outer.height - 2 * AROUND) / inner.height, 1));
  const [width, height] = [outer.width / scale, outer.height / scale];
  canvas.viewbox({ x: inner.x - PALETTE / scale, y: inner.y - (height - inner.height) / 2, width, height });
}

function draws(diagram, process) {
  const shown = diagram.get("plane")?.get("bpmnElement");
  return shown?.id === process || (shown?.get("participants") ?? []).some((each) => each.get("processRef")?.id === process);
}
