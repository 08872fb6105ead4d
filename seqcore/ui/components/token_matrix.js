// Tokens by tokens. Whoever chooses one, in the picture or the text, by mouse, finger or keyboard, sees both ways at once;
// the server hears of it a moment later, for the address and the files.
const patience = 350; // milliseconds without a further choice

function stateOf(root, model) {
  const size = model.pieces.length, values = decoded(model.bits), names = model.pieces.map(({ word }) => word);
  let greatest = 1;
  for (const value of values) if (value > greatest) greatest = value;
  const full = Math.max(greatest, Math.min(whole, fullShade(size) * whole));
  const state = { root, model, size, names, step: model.step, image: imageOf(values, size, full, model.color) };
  state.at = (row, column) => values[row * size + column] / whole;
  state.shares = () => ({
    ahead: names.map((_, index) => state.at(state.step, index)),
    back: names.map((_, index) => state.at(index, state.step)),
  });
  state.headings = model.passesOn ? ["is made of", "gets into"] : ["looks at", "is looked at by"];
  state.scale = `A row ${model.passesOn ? "is made of its columns" : "looks, a column is looked at"}; the stronger the colour the more (by the root of the share), full at ${percent(full / whole)}; the most there is: ${percent(greatest / whole)}.`;
  return state;
}

function pictureOf(state, choose) {
  const box = make("div", "picture"), canvas = make("canvas"), tip = make("div", "tip");
  tip.hidden = true;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${state.model.title}: ${state.size} tokens by ${state.size}. ${state.scale} The same is in the text beside it.`);
  box.append(canvas, tip);
  const draw = () => {
    const width = Math.floor(box.clientWidth), dots = window.devicePixelRatio || 1;
    if (!width) return;
    canvas.width = canvas.height = Math.round(width * dots);
    canvas.style.width = canvas.style.height = `${width}px`;
    const pen = canvas.getContext("2d"), style = getComputedStyle(state.root);
    pen.scale(dots, dots);
    pen.family = style.fontFamily;
    drawMatrix(pen, state.image, state.names, width, style.color, state.step);
  };
  const cellAt = (event) => {
    const outer = canvas.getBoundingClientRect(), { margin, cell } = layoutOf(outer.width, state.size);
    const place = [event.clientY - outer.top, event.clientX - outer.left].map((at) => Math.floor((at - margin) / cell));
    return place.every((at) => at >= 0 && at < state.size) ? place : null;
  };
  canvas.onpointermove = (event) => {
    const place = cellAt(event);
    tip.hidden = !place;
    if (!place) return;
    const [row, column] = place, outer = box.getBoundingClientRect();
    tip.replaceChildren(quoted(state.names[row]), ` ${state.headings[0]} `, quoted(state.names[column]), `: ${told(state.at(row, column))}`);
    tip.style.left = `${Math.min(Math.max(0, event.clientX - outer.left + 12), Math.max(0, outer.width - tip.offsetWidth))}px`;
    tip.style.top = `${event.clientY - outer.top + 16}px`;
  };
  canvas.onpointerleave = () => { tip.hidden = true; };
  canvas.onclick = (event) => {
    const place = cellAt(event);
    if (place) choose(place[0]);
  };
  new ResizeObserver(draw).observe(box);
  return { box, draw };
}

function said(state, shares) {
  const most = (of) => mostOf(of)[0], name = state.names[state.step], line = make("p", "told");
  line.setAttribute("role", "status");
  const [ahead, back] = [most(shares.ahead), most(shares.back)];
  const part = (index, value) => (index === undefined ? ["nothing shown here"] : [index === state.step ? "itself" : quoted(state.names[index]), ` (${told(value)})`]);
  line.append(quoted(name), `, token ${state.model.first + state.step}: `, state.model.passesOn ? "its state is made mostly of " : "looks mostly at ",
    ...part(ahead, shares.ahead[ahead]), state.model.passesOn ? "; it gets mostly into the state at " : "; what looks at it most is ", ...part(back, shares.back[back]), ".");
  return line;
}

export default function ({ parentElement, data: model, setStateValue }) {
  const root = parentElement.querySelector(".matrix"), before = root.state;
  if (before && before.model.key === model.key) { // the page was drawn again, and nothing here is new
    before.draw();
    return;
  }
  const focused = root.getRootNode().activeElement?.classList.contains("token");
  const state = stateOf(root, model);
  if (before && before.model.words === model.words) state.step = before.step; // the same text, another head
  root.state = state;
  root.style.setProperty("--model", model.color);
  root.setAttribute("aria-label", model.title);

  let timer = null, status = make("p", "told");
  const show = () => {
    const shares = state.shares(), name = state.names[state.step];
    showSide(sides[0], shares.ahead, state.step, state.names, model.first);
    showSide(sides[1], shares.back, state.step, state.names, model.first);
    sides[0].title.replaceChildren(...(model.passesOn ? ["What the state at ", quoted(name), " is made of"] : [quoted(name), " looks at"]));
    sides[1].title.replaceChildren(...(model.passesOn ? ["Whose state ", quoted(name), " gets into"] : ["Who looks at ", quoted(name)]));
    const next = said(state, shares);
    status.replaceChildren(...next.childNodes);
    picture.draw();
    table.fill();
  };
  const choose = (index, token) => {
    state.step = index;
    show();
    token?.focus({ preventScroll: true });
    clearTimeout(timer);
    timer = setTimeout(() => { if (root.isConnected) setStateValue("step", [model.words, state.step]); }, patience);
  };
  const sides = [sideOf(model, choose), sideOf(model, choose)], picture = pictureOf(state, choose), table = bothAsTable(state);
  state.draw = picture.draw;
  status.setAttribute("role", "status");
  const both = make("div", "both"), seen = make("div", "seen"), button = make("button", "png", "Save as PNG");
  button.type = "button";
  button.onclick = () => savePicture(state);
  seen.append(picture.box, make("p", "scale", state.scale), button);
  both.append(...sides.map(({ box }) => box));
  const ways = make("div", "ways");
  ways.append(status, both, table.details);
  root.replaceChildren(seen, ways);
  show();
  if (focused) sides[0].tokens[state.step].focus({ preventScroll: true });
  root.dataset.drawn = model.key; // for whoever waits for it
}
