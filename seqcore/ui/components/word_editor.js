// A text whose words are buttons, and a bar with what can be done with the one that is chosen. All text goes in through
// textContent, and every word is a bidirectional isolate.
function wordButton(piece, index) {
  const button = make("button", piece.new ? "word new" : "word");
  button.type = "button";
  button.tabIndex = -1;
  if (piece.new) button.append(make("span", "hidden", "new: "));
  button.append(make("bdi", "", piece.word));
  button.dataset.place = index;
  return button;
}

function gonePart(words) {
  const part = make("del", "gone");
  part.append(make("span", "hidden", "removed: "), make("bdi", "", words.join(" ")));
  return part;
}

function textOf(data) {
  const paragraph = make("p", "text"), words = [];
  data.pieces.forEach((piece, index) => {
    paragraph.append(between(piece.gap));
    if (piece.gone.length) paragraph.append(gonePart(piece.gone), " ");
    const button = wordButton(piece, index);
    words.push(button);
    paragraph.append(button);
  });
  if (data.gone.length) paragraph.append(" ", gonePart(data.gone));
  paragraph.append(make("span", "rest", data.rest));
  direct(paragraph);
  return { paragraph, words };
}

function control(name, text, act) {
  const button = make("button", name, text);
  button.type = "button";
  button.onclick = act;
  return button;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const editor = parentElement.querySelector(".editor"), last = data.pieces.length - 1;
  editor.seqlabTell = setTriggerValue;
  const drawn = JSON.stringify(data);
  if (editor.seqlabDrawn === drawn) return; // a page that is drawn again takes neither the focus nor what was typed
  editor.seqlabDrawn = drawn;
  editor.setAttribute("aria-label", "Change the words of the text");
  const { paragraph, words } = textOf(data);
  const bar = make("div", "bar"), said = make("p", "chosen"), row = make("div", "row"), typed = make("input", "typed");
  said.setAttribute("role", "status");
  const [forward, back] = paragraph.dir === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const remembered = editor.seqlabPlace, returning = editor.seqlabAsked;
  editor.seqlabAsked = false;
  let place = null;

  const ask = (action) => {
    const word = typed.value.trim();
    if (place === null || ((action === "replace" || action === "insert") && !word)) return typed.focus();
    editor.seqlabPlace = action === "swap" ? place + 1 : place;
    editor.seqlabAsked = true;
    editor.seqlabTell("act", { action, place, word });
  };
  const controls = [
    control("", "Remove", () => ask("remove")), control("", "Mask", () => ask("mask")),
    control("swap", "Swap with next", () => ask("swap")),
  ];
  const replace = control("", "Replace", () => ask("replace")), insert = control("", "Insert before", () => ask("insert"));
  Object.assign(typed, { type: "text", placeholder: "Another word", maxLength: data.longest, autocomplete: "off", dir: "auto" });
  typed.setAttribute("aria-label", "Another word");
  typed.onkeydown = (event) => {
    if (event.key === "Enter") ask("replace");
  };
  const typing = make("span", "typing");
  typing.append(typed, replace, insert);
  row.append(...controls, typing);
  bar.append(said, row);

  const choose = (next, focus) => {
    place = next;
    editor.seqlabPlace = next;
    words.forEach((button, index) => {
      button.setAttribute("aria-pressed", String(index === next));
      button.tabIndex = index === (next ?? 0) ? 0 : -1;
    });
    if (next !== null && focus) words[next].focus();
    row.querySelectorAll("button, input").forEach((each) => { each.disabled = next === null; });
    controls[2].disabled = next === null || next === last;
    if (next === null) said.textContent = words.length ? "Press a word to change it." : "There is no word to change.";
    else said.replaceChildren(`Word ${next + 1} of ${words.length}: `, make("bdi", "", data.pieces[next].word));
  };
  words.forEach((button, index) => {
    button.onclick = () => choose(index, true);
    button.onkeydown = (event) => {
      const steps = { [forward]: index + 1, [back]: index - 1, Home: 0, End: last };
      if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        choose(index, true);
        return ask("remove");
      }
      if (!(event.key in steps)) return;
      event.preventDefault();
      choose(Math.min(Math.max(steps[event.key], 0), last), true);
    };
  });
  editor.replaceChildren(paragraph, bar);
  const kept = Number.isInteger(remembered) && words.length ? Math.min(remembered, last) : null;
  choose(kept, Boolean(returning));
}
