/** One modeler for each file of the draft, made when the file is first opened: so each keeps its own past, to undo. */

export class Boards {
  /** `make(file)`: a modeler; `method`: the files; `canvas`, `panel`: where the modeler that is shown stands. */
  constructor({ make, method, canvas, panel }) {
    Object.assign(this, { make, method, canvas, panel, made: new Map(), changed: new Set(), file: "", collecting: Promise.resolve() });
  }

  /** The modeler of the file that is shown. */
  get modeler() {
    return this.made.get(this.file);
  }

  async show(file) {
    if (file === this.file && this.modeler) return;
    this.aside();
    this.file = file;
    const known = this.made.get(file);
    if (known) this.attach(known);
    else await this.draw(file);
  }

  attach(modeler) {
    modeler.attachTo(this.canvas);
    modeler.get("propertiesPanel").attachTo(this.panel);
  }

  async draw(file) {
    const modeler = this.make(file);
    this.made.set(file, modeler);
    this.attach(modeler);
    await modeler.importXML(this.method.files.get(file));
    setTimeout(() => follow(modeler), SETTLED);
  }

  aside() {
    this.modeler?.get("propertiesPanel").detach();
    this.modeler?.detach();
  }

  /** What was drawn is kept aside no more: the page's text of the file is another now. */
  forget(file) {
    this.changed.delete(file);
    const modeler = this.made.get(file);
    if (!modeler) return;
    if (file === this.file) this.aside();
    this.made.delete(file);
    modeler.destroy();
  }

  /** What was drawn since goes into the files. One at a time: who asks second waits for what the first takes. */
  collect() {
    this.collecting = this.collecting.catch(() => {}).then(() => this.gather());
    return this.collecting;
  }

  async gather() {
    for (const file of [...this.changed]) {
      this.changed.delete(file);
      const { xml } = await this.made.get(file).saveXML({ format: true });
      this.method.put(file, xml);
    }
  }
}

/** The panel listens to selections only a moment after an import: what was selected before then is told again. */
const SETTLED = 300;

function follow(modeler) {
  // a selection would end what is being written, and close the menu that is open
  if (modeler.get("directEditing").isActive() || modeler.get("popupMenu").isOpen()) {
    setTimeout(() => follow(modeler), SETTLED);
    return;
  }
  const newSelection = modeler.get("selection").get();
  if (newSelection.length) modeler.get("eventBus").fire("selection.changed", { oldSelection: newSelection, newSelection });
}
