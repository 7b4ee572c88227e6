/**
 * Tokens that run through a diagram (bpmn-js-token-simulation), as a bundle of its own that the modeler page loads when
 * it is first asked for. What the library shows in words and buttons, the page shows itself (workshop/playing.js), in
 * the reader's language; what it styles element by element, which the policy of the pages forbids, has classes here.
 */
import AnimationModule from "bpmn-js-token-simulation/lib/animation";
import ContextPads from "bpmn-js-token-simulation/lib/features/context-pads/ContextPads";
import ExclusiveGatewaySettingsModule from "bpmn-js-token-simulation/lib/features/exclusive-gateway-settings";
import InclusiveGatewaySettingsModule from "bpmn-js-token-simulation/lib/features/inclusive-gateway-settings";
import NeutralElementColorsModule from "bpmn-js-token-simulation/lib/features/neutral-element-colors";
import ScopeFilterModule from "bpmn-js-token-simulation/lib/features/scope-filter";
import TokenCount from "bpmn-js-token-simulation/lib/features/token-count/TokenCount";
import SimulatorModule from "bpmn-js-token-simulation/lib/simulator";
import * as events from "bpmn-js-token-simulation/lib/util/EventHelper";
import { domify } from "min-dom";

/** The buttons on the diagram: named as the page names them. */
class Pads extends ContextPads {
  _addOverlay(element, options) {
    const { html, handlerHash } = options;
    html.title = this._injector.get("workshop").padNamed(html.title, element);
    html.setAttribute("aria-label", html.title);
    const id = this._overlays.add(element, "bts-context-menu", { ...options, position: { top: -15, left: -15 }, show: { minZoom: 0.3 } });
    if (!this._overlayCache.has(handlerHash)) this._overlayCache.set(handlerHash, []);
    this._overlayCache.get(handlerHash).push(this._overlays.get(id));
  }
}
Pads.$inject = ContextPads.$inject;

/** How many tokens stand at an element. */
class Counts extends TokenCount {
  addTokenCount(element, scopes) {
    const many = scopes.reduce((sum, scope) => sum + scope.getTokensByElement(element), 0);
    if (!many) return;
    const html = domify(`<div class="bts-token-count waiting">${many}</div>`);
    this.overlayIds[element.id] = this._overlays.add(element, "bts-token-count", { position: { bottom: 10, left: -15 }, html });
  }
}
Counts.$inject = TokenCount.$inject;

/** Of the tokens: green enough to be seen on paper, with a figure that is read on it. */
const TOKEN = { primary: "#0b6b3a", auxiliary: "#ffffff" };

class Colours {
  constructor(eventBus) {
    eventBus.on(events.SCOPE_CREATE_EVENT, 1500, ({ scope }) => {
      scope.colors = TOKEN;
    });
  }
}
Colours.$inject = ["eventBus"];

globalThis.jalonSimulation = {
  events,
  modules: [
    SimulatorModule, AnimationModule, ScopeFilterModule, ExclusiveGatewaySettingsModule, InclusiveGatewaySettingsModule, NeutralElementColorsModule,
    { simulationStyles: ["value", { get: (name) => (name.includes("darken-30") ? "#212121" : "#9aa3a9") }] },
    {
      __init__: ["simulationPads", "tokenCount", "coloredScopes"],
      simulationPads: ["type", Pads], tokenCount: ["type", Counts], coloredScopes: ["type", Colours],
    },
  ],
};
