/** Tokens on a diagram, as one drives them: by its buttons, or by the list beside it, which says what has happened too. */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { read } from "./properties.js";
import { made } from "./side.js";

/** So fast that nothing is seen to move. */
const AT_ONCE = 1000;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const SPEEDS = [["Slow", 0.5], ["Normal", 1], ["Fast", 2]];
/** Entries of the list of what happened; the oldest go. */
const MOST_TOLD = 200;

export class Playing {
  /** `desk`: method, say, side, language; `events`: what the simulation's library calls what happens. */
  constructor(desk, events) {
    Object.assign(this, { desk, events, viewer: null });
  }

  begin(viewer) {
    this.viewer = viewer;
    this.listen();
    this.fire(this.events.TOGGLE_MODE_EVENT, { active: true });
    this.wait(true);
    this.favour();
    if (STILL.matches) viewer.get("animation").setAnimationSpeed(AT_ONCE);
    this.offer();
  }

  fire(event, facts = {}) {
    this.viewer.get("eventBus").fire(event, facts);
  }

  /** A gate goes on at first: a rework is the default flow of its gateway, and is chosen by who wants to see it. */
  favour() {
    for (const each of this.gateways()) {
      const says = (flow, outcome) => read(flow.businessObject, "method.outcome") === outcome;
      const other = each.outgoing.find((flow) => says(flow, "go")) ?? each.outgoing.find((flow) => flow.businessObject !== each.businessObject.get("default"));
      const active = () => this.viewer.get("simulator").getConfig(each).activeOutgoing;
      for (let turns = each.outgoing.length; turns && active() !== other; turns -= 1) this.viewer.get("exclusiveGatewaySettings").setSequenceFlow(each);
    }
  }

  gateways() {
    const flows = (each) => each.outgoing.filter((flow) => is(flow, "bpmn:SequenceFlow"));
    return this.viewer.get("elementRegistry").filter((each) => is(each, "bpmn:ExclusiveGateway") && each.type !== "label" && flows(each).length > 1);
  }

  parts() {
    const { say, side } = this.desk;
    this.paused = false;
    this.toggler = made("button", { words: say("Pause"), act: () => this.pause(!this.paused) });
    const buttons = made(
      "p", { className: "buttons" }, this.toggler,
      made("button", { words: say("Start over"), act: () => this.restart() }),
      made("button", { words: say("Back to the drawing"), act: () => side.close() }),
    );
    const waits = made("input", { type: "checkbox" });
    waits.checked = true;
    waits.addEventListener("change", () => this.wait(waits.checked));
    const speed = made("select", {}, ...SPEEDS.map(([words, value]) => made("option", { words: say(words), value })));
    speed.value = "1";
    speed.addEventListener("change", () => this.viewer.get("animation").setAnimationSpeed(Number(speed.value)));
    this.offers = made("ul", { className: "simulation-offers" });
    this.told = made("ol");
    return [
      made("p", { className: "simulation-only", words: say("The drawing cannot be changed while it is simulated.") }),
      made("p", { words: say("Tokens run through the diagram as it is drawn; conditions are yours to choose. Nothing is changed, and nothing is saved of it.") }),
      buttons,
      made("p", {}, made("label", { className: "choice" }, waits, ` ${say("Wait at each step")}`), ...(STILL.matches ? [] : [made("label", {}, `${say("Speed")} `, speed)])),
      made("h3", { words: say("What can be done now") }), this.offers, made("h3", { words: say("What has happened") }),
      made("div", { className: "simulation-told", role: "log", tabindex: "0", "aria-label": say("What has happened") }, this.told),
    ];
  }

  listen() {
    const bus = this.viewer.get("eventBus");
    const { events } = this;
    bus.on(events.TRACE_EVENT, ({ action, element }) => action === "exit" && this.happened(element));
    bus.on(events.SCOPE_DESTROYED_EVENT, ({ scope }) => {
      if (is(scope.element, "bpmn:Process") || is(scope.element, "bpmn:Participant")) this.say(scope.completed ? "The process has ended" : "The process was stopped");
    });
    bus.on(events.ELEMENT_CHANGED_EVENT, () => this.soon());
    this.viewer.get("keyboard", false)?.addListener(2000, ({ keyEvent }) => this.key(keyEvent));
  }

  key(event) {
    if (event.key === " ") this.pause(!this.paused);
    else if (event.key.toLowerCase() === "r" && !event.ctrlKey && !event.metaKey) this.restart();
    else return undefined;
    return true;
  }

  happened(element) {
    if (is(element, "bpmn:SequenceFlow")) {
      if (element.businessObject.get("name")) this.say("By “{name}”", { name: this.named(element) });
    } else if (is(element, "bpmn:FlowNode")) this.say("Passed: {name}", { name: this.named(element) });
  }

  say(words, facts) {
    this.told.append(made("li", { words: this.desk.say(words, facts) }));
    if (this.told.children.length > MOST_TOLD) this.told.firstChild.remove();
    this.told.parentNode.scrollTop = this.told.scrollHeight;
  }

  named(element) {
    const object = getBusinessObject(element);
    return this.titled(object) || this.desk.say(UNNAMED[object.$type] ?? "") || object.get("id");
  }

  titled(object) {
    return (this.desk.language === "en" && read(object, "name.en")) || object.get("name");
  }

  /** A start without a name begins what it stands in: a process, named as in the list of them, or a step. */
  begun(element) {
    const { say } = this.desk;
    const object = getBusinessObject(element);
    const around = object.$parent;
    const listed = this.desk.method.processes.find(({ id }) => id === around.get("id"));
    const name = listed && listed.name !== listed.id && ((this.desk.language === "en" && listed.english) || listed.name);
    const begins = this.titled(object) || name || this.titled(around);
    return begins ? say("Start: {name}", { name: begins }) : say("Start at the beginning");
  }

  /** Once what changes at once has changed. */
  soon() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.offers.isConnected && this.offer());
  }

  /** All that waits for someone, and the ways that gateways are set to; as on the diagram. */
  offer() {
    const offers = [...this.waiting(), ...this.choices()];
    const list = JSON.stringify(offers.map(({ words }) => words));
    if (list === this.listed && this.offers.children.length) return; // who is at it with the keyboard stays there
    this.listed = list;
    const at = [...this.offers.children].findIndex((each) => each.contains(document.activeElement));
    this.offers.replaceChildren(...offers.map(({ words, act }) => made("li", {}, made("button", { className: "plain", words, act }))));
    if (at >= 0) this.offers.children[Math.min(at, offers.length - 1)]?.firstChild.focus();
  }

  waiting() {
    const simulator = this.viewer.get("simulator");
    const { say } = this.desk;
    const here = this.viewer.get("canvas").getRootElement();
    const found = simulator.findSubscriptions(({ element }) => element && within(here, element));
    const words = (element) => {
      if (is(element, "bpmn:StartEvent")) return this.begun(element);
      return say(is(element, "bpmn:Event") ? "It happens: {name}" : "Do: {name}", { name: this.named(element) });
    };
    const first = new Map(found.map((each) => [each.element, each]).reverse());
    return [...first.values()].reverse().map(({ element, event, scope }) => ({ words: words(element), act: () => simulator.trigger({ event, scope }) }));
  }

  choices() {
    const { say } = this.desk;
    const settings = this.viewer.get("exclusiveGatewaySettings");
    return this.gateways().map((each) => {
      const { activeOutgoing } = this.viewer.get("simulator").getConfig(each);
      const way = activeOutgoing ? this.toward(activeOutgoing) : "";
      return { words: say("At {name}, the way is: {way}. Change it", { name: this.named(each), way }), act: () => settings.setSequenceFlow(each) };
    });
  }

  toward(flow) {
    return flow.businessObject.get("name") ? this.named(flow) : `→ ${this.named(flow.target)}`;
  }

  padNamed(title, element) {
    return this.desk.say(PADS[title] ?? title, { name: this.named(element) });
  }

  // --- how it runs ---

  wait(on) {
    const simulator = this.viewer.get("simulator");
    for (const each of this.viewer.get("elementRegistry").filter((one) => is(one, "bpmn:Activity"))) simulator.waitAtElement(each, on);
  }

  pause(on) {
    this.paused = on;
    this.toggler.textContent = this.desk.say(on ? "Go on" : "Pause");
    this.fire(on ? this.events.PAUSE_SIMULATION_EVENT : this.events.PLAY_SIMULATION_EVENT);
  }

  restart() {
    this.pause(false);
    this.told.replaceChildren();
    this.fire(this.events.RESET_SIMULATION_EVENT);
    this.offer();
  }
}

const UNNAMED = { "bpmn:StartEvent": "Start", "bpmn:EndEvent": "End" };

/** The library's names of its buttons, and ours. */
const PADS = {
  "Set Sequence Flow": "Change the way at {name}", "Trigger Event": "Go on: {name}",
  "Add pause point": "Wait at {name}", "Remove pause point": "Do not wait at {name}",
};

function within(root, element) {
  for (let each = element; each; each = each.parent) if (each === root) return true;
  return false;
}
