// The picture is drawn by the browser from what it shows, so every script, font and emoji comes out as on the page.
const edge = 24;

function words(node) {
  const found = [];
  for (const part of node.textContent.matchAll(/\S+/gu)) {
    const range = document.createRange();
    range.setStart(node, part.index);
    range.setEnd(node, part.index + part[0].length);
    const [box] = range.getClientRects();
    if (box) found.push({ text: part[0], box });
  }
  return found;
}

function texts(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(...words(walker.currentNode));
  return found;
}

function drawToken(pen, token, shift, look, model) {
  const style = getComputedStyle(token);
  for (const box of token.getClientRects()) {
    pen.globalAlpha = parseFloat(token.style.getPropertyValue("--shade")) / 100;
    const against = token.classList.contains("against");
    pen.fillStyle = against ? model.against : model.color;
    pen.beginPath();
    pen.roundRect(box.left + shift.x, box.top + shift.y, box.width, box.height, 5);
    pen.fill();
    pen.globalAlpha = 1;
    const bar = parseFloat(token.style.getPropertyValue("--bar"));
    pen.fillRect(box.left + shift.x, (against ? box.top : box.bottom - bar) + shift.y, box.width, bar);
  }
  if (!look.classList.contains("numbered")) return;
  const box = token.getBoundingClientRect();
  pen.font = `${parseFloat(style.fontSize) * 0.68}px ${style.fontFamily}`;
  pen.fillStyle = style.color;
  pen.textAlign = "center";
  pen.direction = "ltr";
  pen.textBaseline = "top";
  pen.fillText(token.dataset.share, box.left + box.width / 2 + shift.x, box.bottom + shift.y + 2);
}

function savePicture(model, look, paragraph) {
  const height = paragraph.style.maxHeight;
  paragraph.style.maxHeight = "none"; // all of it, not the part scrolled to
  const outer = paragraph.getBoundingClientRect();
  const style = getComputedStyle(paragraph);
  const canvas = document.createElement("canvas"), scale = 2, head = 76;
  canvas.width = scale * (outer.width + 2 * edge);
  canvas.height = Math.min(16000, scale * (outer.height + head + 2 * edge + 14));
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.fillStyle = getComputedStyle(look).getPropertyValue("--st-background-color").trim() || "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = style.color;
  pen.textBaseline = "top";
  pen.font = `600 20px ${style.fontFamily}`;
  pen.fillText(model.label, edge, edge, outer.width);
  pen.font = `16px ${style.fontFamily}`;
  pen.fillText(model.said, edge, edge + 32, outer.width);
  const shift = { x: edge - outer.left, y: edge + head - outer.top };
  paragraph.querySelectorAll(".token").forEach((token) => drawToken(pen, token, shift, look, model));
  pen.font = `${style.fontSize} ${style.fontFamily}`;
  pen.fillStyle = style.color;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  for (const { text, box } of texts(paragraph)) {
    pen.fillText(text, box.left + shift.x, box.top + box.height / 2 + shift.y);
  }
  paragraph.style.maxHeight = height;
  canvas.toBlob((blob) => {
    const link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${model.file}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}
