// The text as it was written, each token shaded, underlined and numbered by its weight; below 0 in another hue, with
// the line above it and not below.
// Every token is a bidirectional isolate: an override character in one cannot turn the rest around.
const share = (weight) => (weight >= 0.0995 ? `${Math.round(100 * weight)}%` : weight >= 0.0005 ? `${(100 * weight).toFixed(1)}%` : "0%");
const signed = (score, digits = 2) => `${score < 0 ? "\u2212" : "+"}${Math.abs(score).toFixed(digits)}`;
const longestTogether = 24; // characters that a line is not broken in

function tokenElement(piece, model) {
  const token = make("span", piece.known ? "token" : "token unknown", piece.text);
  const strength = Math.abs(piece.weight) / model.full;
  if (piece.weight < 0) token.classList.add("against");
  token.style.setProperty("--shade", `${(5 + 57 * strength).toFixed(1)}%`);
  token.style.setProperty("--bar", (4 * strength).toFixed(2));
  token.dataset.share = model.signed ? signed(piece.weight) : share(piece.weight);
  token.tabIndex = -1;
  return token;
}

// Words are tokens and marks without a space between them; short ones stay on one line.
function fillText(paragraph, model) {
  const tokens = [];
  let word = [], length = 0;
  const flush = () => {
    if (word.length > 1 && length <= longestTogether) {
      const together = make("span", "together");
      together.append(...word);
      paragraph.append(together);
    } else paragraph.append(...word);
    word = [];
    length = 0;
  };
  for (const piece of model.pieces) {
    if (piece.weight !== null) {
      const element = tokenElement(piece, model);
      tokens.push({ element, piece });
      word.push(element);
      length += piece.text.length;
      continue;
    }
    for (const part of piece.text.split(/(\s+)/u).filter(Boolean)) {
      if (/^\s/u.test(part)) {
        flush();
        paragraph.append(part);
      } else {
        word.push(make("span", "gap", part));
        length += part.length;
      }
    }
  }
  flush();
  return tokens;
}

function showTip(tip, box, { element, piece }, model) {
  const size = Math.abs(piece.weight);
  const rank = model.pieces.filter((other) => other.weight !== null && Math.abs(other.weight) > size).length + 1;
  const number = model.signed ? `${signed(piece.weight, 3)}: ${piece.weight < 0 ? "against" : "for"}` : `${percent(piece.weight, 2)} of the`;
  const details = `${number} ${model.measure} · number ${rank} of ${model.count}`;
  tip.replaceChildren(make("b", "", piece.text.trim() || "(space)"), make("span", "", details));
  if (!piece.known) tip.append(make("div", "", "Not in the vocabulary: the model reads OOV here"));
  tip.hidden = false;
  const outer = box.getBoundingClientRect(), inner = element.getBoundingClientRect();
  const left = Math.min(Math.max(0, inner.left - outer.left), Math.max(0, outer.width - tip.offsetWidth));
  const above = inner.top - outer.top - tip.offsetHeight - 6;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > -60 ? above : inner.bottom - outer.top + 22}px`;
}

function listen(tokens, tip, box, model, ahead) {
  const focus = (index) => {
    const next = tokens[Math.min(Math.max(index, 0), tokens.length - 1)].element;
    tokens.forEach(({ element }) => { element.tabIndex = element === next ? 0 : -1; });
    next.focus();
  };
  tokens.forEach((token, index) => {
    const { element } = token;
    element.setAttribute("aria-describedby", "tip");
    element.onpointerenter = () => showTip(tip, box, token, model);
    element.onfocus = () => showTip(tip, box, token, model);
    element.onpointerleave = element.onblur = () => { tip.hidden = true; };
    element.onkeydown = (event) => {
      const steps = { ArrowRight: index + ahead, ArrowLeft: index - ahead, Home: 0, End: tokens.length - 1 };
      if (event.key === "Escape") tip.hidden = true;
      if (!(event.key in steps)) return;
      event.preventDefault();
      focus(steps[event.key]);
    };
  });
  if (tokens.length) tokens[0].element.tabIndex = 0;
}

function table(model) {
  const details = make("details");
  details.append(make("summary", "", "The same as a table"));
  const rows = make("div", "rows"), grid = make("table");
  grid.append(tableRow(["", "Token", model.signed ? "Score" : "Weight"], "th"));
  model.pieces.filter((piece) => piece.weight !== null).forEach((piece, index) => {
    grid.append(tableRow([String(index + 1), piece.known ? piece.text : `${piece.text} (OOV)`, model.signed ? signed(piece.weight, 4) : percent(piece.weight, 2)], "td"));
  });
  rows.tabIndex = 0;
  rows.append(grid);
  details.append(rows);
  return details;
}

function tools(model, look, paragraph) {
  const bar = make("div", "tools");
  const scale = make("span", "scale");
  if (model.signed) scale.append(`against ${signed(-model.full)}`, make("span", "ramp both"), `${signed(model.full)} for`);
  else scale.append("0 %", make("span", "ramp"), percent(model.full));
  const label = make("label"), box = make("input");
  box.type = "checkbox";
  box.checked = model.numbered;
  box.onchange = () => look.classList.toggle("numbered", box.checked);
  label.append(box, "Numbers");
  const button = make("button", "png", "Save as PNG");
  button.type = "button";
  button.onclick = () => savePicture(model, look, paragraph);
  bar.append(scale, label, button);
  return bar;
}

export default function ({ parentElement, data: model }) {
  const look = parentElement.querySelector(".look");
  look.style.setProperty("--model", model.color);
  look.style.setProperty("--against", model.against);
  look.classList.toggle("numbered", model.numbered);
  look.setAttribute("aria-label", model.name);
  const body = make("div", "body"), read = make("div", "read"), tip = make("div", "tip");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  const paragraph = make("p", "text");
  const tokens = fillText(paragraph, model);
  direct(paragraph);
  paragraph.onscroll = () => { tip.hidden = true; };
  listen(tokens, tip, read, model, paragraph.dir === "rtl" ? -1 : 1);
  read.append(paragraph, tip);
  if (tokens.length) read.append(tools(model, look, paragraph), table(model));
  else read.append(make("p", "none", "None of this is a token for the model: it answers without having read anything."));
  body.append(read);
  if (model.answers) body.append(answer(model));
  look.replaceChildren(heading(model), body);
}
