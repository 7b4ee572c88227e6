/** Names that stand outside their shape are never broken within a word, however narrow the file says that they are. */

class Lettering {
  constructor(textRenderer) {
    const create = textRenderer.createText.bind(textRenderer);
    const size = textRenderer.getExternalStyle().fontSize;
    textRenderer.createText = (text, options) => {
      const { box, style = {}, align } = options ?? {};
      if (!box || align || style.fontSize !== size) return create(text, options);
      const words = text.split(/\s+/).map((each) => textRenderer.getDimensions(each, { box: { ...box, width: WIDEST }, style }).width);
      const width = Math.max(box.width, Math.ceil(Math.max(...words)) + ROOM);
      const drawn = create(text, { ...options, box: { ...box, width } });
      if (width > box.width) drawn.setAttribute("transform", `translate(${(box.width - width) / 2}, 0)`);
      return drawn;
    };
  }
}
Lettering.$inject = ["textRenderer"];

/** No word is wider; kept free beside the widest, which a line must not touch. */
const WIDEST = 1000;
const ROOM = 4;

export const LetteringModule = { __init__: ["lettering"], lettering: ["type", Lettering] };
