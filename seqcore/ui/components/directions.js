// Keeps the words of a text in the order in which the text itself shows them. Every word is an isolate, and between
// isolates only the direction of the paragraph counts: two English words in an Arabic text would change places. So
// neighbours that run the other way get a stretch of their own.
const fromRight = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const directionOf = (text) => { // of its first letter; "" without one
  const [letter] = text.match(/\p{L}/u) ?? [""];
  return letter && (fromRight.test(letter) ? "rtl" : "ltr");
};

const between = (gap) => (/\S/u.test(gap) ? make("bdi", "", gap) : gap); // an override may stand there as well

function writtenIn(node) { // without what is said to screen readers only
  if (!node.querySelector?.(".hidden")) return node.textContent;
  return [...node.childNodes].filter((part) => !part.classList?.contains("hidden")).map(writtenIn).join("");
}

function stretchesOf(parent, base) {
  const other = base === "rtl" ? "ltr" : "rtl";
  let run = [], held = []; // what has no direction belongs to a stretch only if the stretch goes on behind it
  const close = () => {
    if (run.length > 1) {
      const stretch = document.createElement("span");
      stretch.dir = other;
      run[0].before(stretch);
      stretch.append(...run);
    }
    run = [];
    held = [];
  };
  for (const node of [...parent.childNodes]) {
    const text = writtenIn(node), direction = directionOf(text);
    const mixed = node.classList?.contains("together") && [...text.matchAll(/\p{L}/gu)].some(([letter]) => directionOf(letter) !== direction);
    if (direction === other && !mixed) {
      run.push(...held, node);
      held = [];
    } else if (!direction) {
      if (run.length) held.push(node);
    } else {
      close();
      if (mixed) stretchesOf(node, base);
    }
  }
  close();
}

function direct(paragraph) {
  paragraph.dir = directionOf(writtenIn(paragraph)) || "ltr";
  stretchesOf(paragraph, paragraph.dir);
}
