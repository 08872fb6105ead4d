// Tokens by tokens. Whoever chooses one, in the picture or the text, by mouse, finger or keyboard, sees both ways at once;
// the server hears of it a moment later, for the address and the files.
const patience = 350; // milliseconds without a further choice

// What a matrix says, in place of what another one said before of the same text.
function take(state, model) {
  const { size } = state, values = decoded(model.bits);
  let greatest = 1;
  for (let cell = 0; cell < values.length; cell++) if (values[cell] > greatest) greatest = values[cell];
  const full = Math.max(greatest, Math.min(whole, fullShade(size) * whole));
  state.model = model;
  state.image = imageOf(values, size, full, model.color);
  state.at = (row, column) => values[row * size + column] / whole;
  state.headings = model.passesOn ? ["is made of", "gets into"] : ["looks at", "is looked at by"];
  state.scale = `A row ${model.passesOn ? "is made of its columns" : "looks, a column is looked at"}; the stronger the colour the more (by the root of the share), full at ${percent(full / whole)}; the most there is: ${percent(greatest / whole)}.`;
}

function stateOf(root, model) {
  const names = model.pieces.map(({ word }) => word), state = { root, names, size: names.length, step: model.step };
  state.shares = () => ({
    ahead: names.map((_, index) => state.at(state.step, index)),
    back: names.map((_, index) => state.at(index, state.step)),
  });
  take(state, model);
  return state;
}

function pictureOf(state, choose) {
  const box = make("div", "picture"), canvas = make("canvas"), tip = make("div", "tip");
  tip.hidden = true;
  canvas.setAttribute("role", "img");
  box.append(canvas, tip);
  const draw = () => {
    const width = Math.floor(box.clientWidth), dots = window.devicePixelRatio || 1;
    if (!width) return;
    canvas.setAttribute("aria-label", `${state.model.title}: ${state.size} tokens by ${state.size}. ${state.scale} The same is in the text beside it.`);
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
  const most = (of) => mostOf(of)[0], name = state.names[state.step];
  const [ahead, back] = [most(shares.ahead), most(shares.back)];
  const part = (index, value) => (index === undefined ? ["nothing shown here"] : [index === state.step ? "itself" : quoted(state.names[index]), ` (${told(value)})`]);
  return [quoted(name), `, token ${state.model.first + state.step}: `, state.model.passesOn ? "its state is made mostly of " : "looks mostly at ",
    ...part(ahead, shares.ahead[ahead]), state.model.passesOn ? "; it gets mostly into the state at " : "; what looks at it most is ", ...part(back, shares.back[back]), "."];
}

// All that stands there for one text; other heads only change what it says.
function build(state, tell) {
  const { root, model } = state, status = make("p", "told"), scale = make("p", "scale");
  let timer = null;
  const choose = (index, token) => {
    state.step = index;
    state.show();
    token?.focus({ preventScroll: true });
    clearTimeout(timer);
    timer = setTimeout(() => { if (root.isConnected) tell(state.step); }, patience);
  };
  const sides = [sideOf(model, choose), sideOf(model, choose)], picture = pictureOf(state, choose), table = bothAsTable(state);
  const seen = make("div", "seen"), ways = make("div", "ways"), both = make("div", "both"), button = make("button", "png", "Save as PNG");
  status.setAttribute("role", "status");
  button.type = "button";
  button.onclick = () => savePicture(state);
  both.append(...sides.map(({ box }) => box));
  seen.append(picture.box, scale, button);
  ways.append(status, both, table.details);
  root.replaceChildren(seen, ways);
  state.draw = picture.draw;
  state.show = () => {
    const shares = state.shares(), name = state.names[state.step], { passesOn, first } = state.model;
    showSide(sides[0], shares.ahead, state.step, state.names, first);
    showSide(sides[1], shares.back, state.step, state.names, first);
    sides[0].title.replaceChildren(...(passesOn ? ["What the state at ", quoted(name), " is made of"] : [quoted(name), " looks at"]));
    sides[1].title.replaceChildren(...(passesOn ? ["Whose state ", quoted(name), " gets into"] : ["Who looks at ", quoted(name)]));
    status.replaceChildren(...said(state, shares));
    scale.textContent = state.scale;
    picture.draw();
    table.fill();
  };
}

export default function ({ parentElement, data: model, setStateValue }) {
  const root = parentElement.querySelector(".matrix"), before = root.state;
  if (before?.model.key === model.key) { // the page was drawn again, and nothing here is new
    before.draw();
    return;
  }
  const start = performance.now();
  root.style.setProperty("--model", model.color);
  root.setAttribute("aria-label", model.title);
  if (before?.model.words === model.words) take(before, model);
  else {
    root.state = stateOf(root, model);
    build(root.state, (step) => setStateValue("step", [root.state.model.words, step]));
  }
  root.state.show();
  performance.measure("token matrix", { start });
  root.dataset.drawn = model.key; // for whoever waits for it
}
