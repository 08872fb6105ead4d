// A slider a word. The weights always sum to 1: when one is moved, all others keep their proportions to each other.
const pause = 250; // milliseconds without a move after which the server is asked
const step = 0.005; // of a weight, for each press of an arrow key

function moved(weights, place, share) {
  const others = weights.reduce((sum, weight, at) => sum + (at === place ? 0 : weight), 0);
  const rest = 1 - share;
  return weights.map((weight, at) => (at === place ? share : others > 0 ? (weight * rest) / others : rest / (weights.length - 1)));
}

function shuffled(weights) {
  const found = [...weights];
  for (let last = found.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [found[last], found[other]] = [found[other], found[last]];
  }
  return found;
}

const presets = {
  "As the model had them": (own) => [...own],
  "All alike": (own) => own.map(() => 1 / own.length),
  "Permuted": shuffled,
  "Only the top word": (own) => own.map((_, place) => Number(place === own.indexOf(Math.max(...own)))),
};

function rowOf({ place, word }, own, move) {
  const row = make("li"), name = make("label"), slider = make("input"), value = make("output");
  const text = make("bdi", "word", word);
  text.title = word;
  slider.type = "range";
  Object.assign(slider, { min: 0, max: 1, step, disabled: own.length === 1 });
  slider.oninput = () => move(place, Number(slider.value));
  name.append(text, slider);
  row.append(name, value);
  const show = (weights, isMoved) => {
    if (!isMoved) slider.value = weights[place];
    slider.setAttribute("aria-valuetext", percent(weights[place]));
    const changed = Math.abs(weights[place] - own[place]) > 0.0005;
    row.className = changed ? "changed" : "";
    value.textContent = changed ? `${percent(weights[place])}, was ${percent(own[place])}` : percent(weights[place]);
  };
  return { row, show, place };
}

function build(section, data, tell) {
  let weights = [...data.own], timer = null;
  const list = make("ul", "rows"), bar = make("div", "presets");
  const show = (place) => rows.forEach((row) => row.show(weights, row.place === place));
  const change = (next, place) => {
    weights = next;
    show(place);
    clearTimeout(timer);
    timer = setTimeout(() => tell.now("weights", weights), pause);
  };
  const rows = data.rows.map((row) => rowOf(row, data.own, (place, share) => change(moved(weights, place, share), place)));
  for (const [name, weigh] of Object.entries(presets)) {
    const button = make("button", "", name);
    button.type = "button";
    button.onclick = () => change(weigh(data.own));
    bar.append(button);
  }
  list.tabIndex = -1;
  list.append(...rows.map(({ row }) => row));
  section.style.setProperty("--model", data.color);
  section.setAttribute("aria-label", "Weights of the words");
  section.replaceChildren(bar, list);
  show();
}

// It is called again whenever the page is drawn again; what stands there stays, or a slider would lose the focus.
export default function ({ parentElement, data, setStateValue }) {
  const section = parentElement.querySelector(".weights"), drawn = JSON.stringify(data);
  section.seqlabTell ??= {};
  section.seqlabTell.now = setStateValue;
  if (section.seqlabDrawn === drawn) return;
  section.seqlabDrawn = drawn;
  build(section, data, section.seqlabTell);
}
