/** Why something cannot be put where it is put: told where the page tells what has just happened, never cut by the edge. */

class Refusals {
  constructor(tooltips, workshop) {
    const add = tooltips.add.bind(tooltips);
    tooltips.add = (tooltip) => {
      if (tooltip.type !== "error") return add(tooltip);
      workshop.tell(new DOMParser().parseFromString(tooltip.html, "text/html").body.textContent);
      return undefined;
    };
  }
}
Refusals.$inject = ["tooltips", "workshop"];

export const RefusalsModule = { __init__: ["refusals"], refusals: ["type", Refusals] };
