// Bars of a model's probabilities. All text goes in through textContent: nothing of it is ever read as HTML.
const make = (tag, name = "", text = "") => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
};

const tableRow = (cells, kind) => {
  const row = make("tr");
  row.append(...cells.map((text) => {
    const cell = make(kind);
    cell.append(make("bdi", "", text));
    return cell;
  }));
  return row;
};

const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)} %`;

function swatch(model) {
  const line = make("img", "swatch");
  line.src = model.line;
  line.alt = ""; // the name stands beside it
  return line;
}

function heading(model) {
  const head = make("div", "heading");
  head.append(swatch(model), make("h2", "", model.label));
  return head;
}

function answer(model) {
  const box = make("div", "answer");
  const said = make("p", "said");
  said.append("Says ", make("bdi", "prediction", model.prediction));
  if (model.truth !== null) {
    const right = model.truth === model.prediction;
    const truth = make("span", right ? "right" : "wrong");
    truth.append(right ? "✓ right" : "✗ wrong, it is ");
    if (!right) truth.append(make("bdi", "", model.truth));
    said.append(" ", truth);
  }
  const list = make("ul", "bars");
  for (const { label, value, chosen } of model.probabilities) {
    const row = make("li", chosen ? "chosen" : "");
    const name = make("bdi", "class", label);
    name.title = label;
    const track = make("span", "track");
    const fill = make("span", "fill");
    fill.style.width = `${100 * value}%`;
    fill.style.background = model.color;
    track.append(fill);
    row.append(name, track, make("span", "value", percent(value)));
    list.append(row);
  }
  box.append(said, list);
  return box;
}
