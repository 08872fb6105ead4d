// A small picture for every layer and head. Shades are the model's colour at 0 to 255 of its strength, so they stand on
// any background. One button of each layer is reached by Tab, the others by the arrow keys.
function thumbnailOf(bits, cells, color) {
  const canvas = make("canvas", "thumbnail"), raw = atob(bits);
  canvas.width = canvas.height = cells;
  canvas.setAttribute("aria-hidden", "true");
  const pen = canvas.getContext("2d"), image = pen.createImageData(cells, cells);
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  for (let cell = 0; cell < cells * cells; cell++) image.data.set([red, green, blue, raw.charCodeAt(cell)], 4 * cell);
  pen.putImageData(image, 0, 0);
  return canvas;
}

function buttonOf(head, layer, number, data) {
  const button = make("button", "head"), says = make("bdi", "short", head.short);
  button.type = "button";
  button.title = head.sentence;
  button.append(thumbnailOf(head.bits, data.cells, data.color), make("span", "number", `Head ${number + 1}`), says);
  button.dataset.place = `${layer + 1}.${number + 1}`;
  return button;
}

function moved(event, buttons, columns) {
  const at = buttons.indexOf(event.target.closest("button"));
  const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns, ArrowUp: at - columns, Home: 0, End: buttons.length - 1 };
  const next = buttons[steps[event.key]];
  if (!(event.key in steps) || !next) return;
  event.preventDefault();
  buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
  next.focus();
}

function mark(grid, [layer, head]) {
  grid.querySelectorAll(".head").forEach((button) => {
    const [ofLayer, ofHead] = button.dataset.place.split(".").map(Number);
    button.setAttribute("aria-pressed", layer === ofLayer && head === ofHead);
    button.classList.toggle("within", (layer === 0 || layer === ofLayer) && (head === 0 || head === ofHead));
  });
}

export default function ({ parentElement, data, setTriggerValue }) {
  const grid = parentElement.querySelector(".grid"), drawn = JSON.stringify(data.layers);
  grid.chosen = data.chosen;
  if (grid.drawn === drawn) return mark(grid, data.chosen); // whoever pressed a button keeps the focus
  grid.drawn = drawn;
  grid.setAttribute("aria-label", "Layers and heads");
  grid.style.setProperty("--model", data.color);
  const rows = data.layers.map((heads, layer) => {
    const row = make("div", "layer"), list = make("div", "heads");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", `Layer ${layer + 1}`);
    list.append(...heads.map((head, number) => buttonOf(head, layer, number, data)));
    row.append(make("div", "name", `Layer ${layer + 1}`), list);
    return row;
  });
  grid.replaceChildren(...rows);
  const buttons = [...grid.querySelectorAll(".head")];
  buttons.forEach((button, at) => {
    button.tabIndex = at === 0 ? 0 : -1;
    button.onclick = () => {
      const place = button.dataset.place.split(".").map(Number);
      const shown = button.getAttribute("aria-pressed") === "true";
      const next = shown ? [0, 0] : place;
      mark(grid, next); // at once; the page follows
      setTriggerValue("head", next);
    };
    button.onkeydown = (event) => moved(event, buttons, data.layers[0].length);
  });
  mark(grid, data.chosen);
  return undefined;
}
