/**
 * The drawing is played with tokens, on a copy of it that nothing can change: the modeler stays beneath, as it was.
 */
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import { Playing } from "./playing.js";
import { fit } from "./sheets.js";
import { made } from "./side.js";
import { translating } from "./translate.js";

/** Beside the diagram on the left, as there is no palette. */
const BESIDE = 40;

export class Simulation {
  /** `desk`: boards, sheets, collect(), method, say, tell(words), language, side; `parts`: canvas, button, and what cannot be used meanwhile. */
  constructor(desk, { address, canvas, button, edits }) {
    Object.assign(this, { desk, address, canvas, button, edits, viewer: null, starting: false });
    button.addEventListener("click", () => this.toggle());
  }

  get on() {
    return Boolean(this.viewer);
  }

  toggle() {
    return this.on ? this.desk.side.close() : this.start();
  }

  async start() {
    if (this.starting) return;
    this.starting = true;
    const { desk } = this;
    try {
      letGo(desk.boards.modeler);
      await desk.collect();
      const { modules, events } = await loaded(this.address);
      await this.draw(modules, events);
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      desk.tell("The simulation could not be loaded. Try again.");
    } finally {
      this.starting = false;
    }
  }

  async draw(modules, events) {
    const { desk } = this;
    desk.side.close();
    this.board = made("div", { className: "workshop-simulation" });
    this.canvas.append(this.board);
    const playing = new Playing(desk, events);
    const workshop = { padNamed: (title, element) => playing.padNamed(title, element) };
    this.viewer = new NavigatedViewer({
      container: this.board, moddleExtensions: { camunda },
      additionalModules: [...modules, translating(desk.language), { workshop: ["value", workshop] }],
    });
    await this.viewer.importXML(desk.method.files.get(desk.boards.file));
    await this.plane();
    fit(this.viewer.get("canvas"), BESIDE);
    desk.side.open(desk.say("Simulation"), playing.parts(), () => this.end());
    this.switch(true);
    playing.begin(this.viewer);
  }

  /** Of a file that draws several processes, the one that was shown. */
  async plane() {
    const diagrams = this.viewer.getDefinitions().get("diagrams") ?? [];
    const shown = this.desk.boards.modeler.get("canvas").getRootElement().businessObject.id;
    const diagram = diagrams.find((each) => each.get("plane")?.get("bpmnElement")?.id === shown);
    if (diagram && diagrams.length > 1) await this.viewer.open(diagram);
  }

  /** Beneath, nothing is edited: what does it is switched off, and the modeler cannot be reached. */
  switch(on) {
    this.button.setAttribute("aria-pressed", String(on));
    for (const each of this.edits) each.disabled = on;
    this.canvas.classList.toggle("simulated", on);
    if (on) this.beneath = [...this.canvas.children].filter((each) => each !== this.board);
    for (const each of this.beneath) each.inert = on;
    if (!on) this.desk.tell("The drawing can be changed again");
  }

  end() {
    const { viewer } = this;
    this.viewer = null;
    this.switch(false);
    viewer.destroy();
    this.board.remove();
  }
}

/** What is being written is written, and nothing that stands beside a selected element is left over the simulation. */
function letGo(modeler) {
  modeler.get("popupMenu").close();
  modeler.get("selection").select(null);
  modeler.get("directEditing").complete();
}

class NotLoaded extends Error {}

function loaded(address) {
  if (globalThis.jalonSimulation) return Promise.resolve(globalThis.jalonSimulation);
  return new Promise((found, refused) => {
    const script = made("script", { src: address });
    script.addEventListener("load", () => found(globalThis.jalonSimulation));
    script.addEventListener("error", () => {
      script.remove();
      refused(new NotLoaded());
    });
    document.head.append(script);
  });
}
