// Draws the steps from text to ids. Other people's text is written with textContent only, each token isolated,
// so that neither markup nor a direction mark in one token reaches its neighbours.
const make = (tag, cls, text) => {
  const element = document.createElement(tag);
  if (cls) element.className = cls;
  if (text !== undefined) element.textContent = text;
  return element;
};

function step(list, number, title, note, body) {
  const item = make("li", "step");
  const head = make("div", "head");
  head.append(make("span", "number", String(number)), make("h3", "", title));
  if (note) head.append(make("span", "note", note));
  item.append(head, body);
  list.append(item);
}

const hue = (id) => Math.round((id * 137.508) % 360); // neighbouring ids get far colours

function chip(token, withId) {
  const box = make("span", `chip${token.oov ? " oov" : ""}${token.cut || token.removed ? " gone" : ""}`);
  const word = make("bdi", "word", token.text.replaceAll(" ", "\u00a0"));
  box.append(word);
  if (withId) {
    box.append(make("span", "id", token.oov ? `${token.id} OOV` : String(token.id)));
    if (!token.oov) box.style.setProperty("--hue", hue(token.id));
  }
  if (token.removed) box.title = "Removed: a stop word";
  if (token.cut) box.title = "Cut off: beyond the maximum length";
  return box;
}

function chips(tokens, withId, total, shown) {
  const box = make("div", "chips");
  box.append(...tokens.map((token) => chip(token, withId)));
  if (total > shown) box.append(make("span", "note", `… and ${(total - shown).toLocaleString("en")} more`));
  if (!tokens.length) box.append(make("span", "note", "Nothing is left; the model gets a single OOV."));
  return box;
}

function matrix(data) {
  const scroller = make("div", "scroller");
  const table = make("table");
  for (const row of data.rows) {
    const line = make("tr", row.here ? "here" : "");
    const name = make("th", "", row.name);
    name.scope = "row";
    line.append(name);
    row.cells.forEach((id) => {
      const cell = make("td", id === 0 ? "padding" : id === 1 ? "oov" : "", String(id));
      if (id > 1) cell.style.setProperty("--hue", hue(id));
      line.append(cell);
    });
    if (data.width > data.shown) line.append(make("td", "rest", "…"));
    table.append(line);
  }
  scroller.tabIndex = 0;
  scroller.append(table);
  return scroller;
}

const many = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".seen");
  const list = make("ol", "steps");
  const { counts } = data;
  let number = 1;
  step(list, number++, "Raw", "as you wrote it", make("bdi", "text", data.raw));
  step(list, number++, "Normalised", data.normalised === data.raw ? "nothing changes" : "", make("bdi", "text", data.normalised));
  step(list, number++, "Tokens", many(counts.tokens, "token"), chips(data.tokens, false, counts.tokens, counts.shown));
  if (data.stopWords) {
    step(list, number++, "Stop words removed", `${many(counts.tokens - counts.kept, "token")} removed`,
      chips(data.kept.map(({ text }) => ({ text })), false, counts.kept, counts.shown));
  }
  const notes = [many(counts.ids, "id"), counts.oov ? `${counts.oov.toLocaleString("en")} out of vocabulary` : "all known"];
  if (counts.kept > counts.ids) notes.push(`${many(counts.kept - counts.ids, "token")} cut off`);
  step(list, number++, "Ids", notes.join(", "), chips(data.kept, true, counts.kept, counts.shown));
  step(list, number++, "Padded matrix",
    `${data.matrix.rows.length} rows × ${data.matrix.width} columns; 0 is padding, no model takes notice of it`, matrix(data.matrix));
  root.replaceChildren(list);
}
