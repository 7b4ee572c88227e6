/** The pad of an element stands beside it; where the edge of the canvas would cut it, under the element or before the edge. */

const MARGIN = 8;

class Pad {
  constructor(contextPad, canvas) {
    const beside = contextPad._getPosition.bind(contextPad);
    contextPad._getPosition = (target) => {
      const at = beside(target);
      const paper = canvas.getContainer();
      const { offsetWidth: width, offsetHeight: height } = contextPad._current.html;
      const right = paper.clientWidth - width - MARGIN;
      if (at.left <= right) return at;
      const { bottom } = contextPad._getTargetBounds(target);
      const under = bottom - paper.getBoundingClientRect().top + MARGIN;
      return { left: Math.max(MARGIN, right), top: under + height < paper.clientHeight ? under : at.top };
    };
  }
}
Pad.$inject = ["contextPad", "canvas"];

export const PadModule = { __init__: ["pad"], pad: ["type", Pad] };
