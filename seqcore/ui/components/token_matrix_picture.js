// The matrix as a picture: one pixel a cell, drawn once, then scaled; so 500 tokens by 500 cost as much as a photograph.
const whole = 65535, named = 13, longestName = 14; // pixels of a cell from which on rows and columns are named
// The share that gets the full colour, if none is greater: three times an even one, so that looking at all alike is pale.
const fullShade = (size) => Math.min(1, 3 / size);
const isolated = (text) => `\u2068${[...(text.trim() || "(space)")].slice(0, longestName).join("")}\u2069`;

function decoded(bits) {
  const raw = atob(bits), bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at++) bytes[at] = raw.charCodeAt(at);
  return new Uint16Array(bytes.buffer);
}

function imageOf(values, size, full, color) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d"), image = pen.createImageData(size, size), cells = new Uint32Array(image.data.buffer);
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)), ink = red | (green << 8) | (blue << 16);
  // Roots: small shares are seen beside great ones.
  for (let cell = 0; cell < cells.length; cell++) cells[cell] = ink | ((255 * Math.sqrt(values[cell] / full)) << 24);
  pen.putImageData(image, 0, 0);
  return canvas;
}

// Where the cells lie in a picture of so many pixels; names are written where there is room for them.
function layoutOf(width, size) {
  const margin = (width - 92) / size >= named ? 92 : 0;
  return { margin, side: width - margin, cell: (width - margin) / size };
}

function drawNames(pen, names, { margin, cell }) {
  pen.textBaseline = "middle";
  pen.font = `${Math.min(14, Math.max(11, cell * 0.6))}px ${pen.family}`;
  names.forEach((name, at) => {
    const middle = margin + (at + 0.5) * cell;
    pen.textAlign = "right";
    pen.fillText(isolated(name), margin - 5, middle, margin - 8);
    pen.save();
    pen.translate(middle, margin - 5);
    pen.rotate(-Math.PI / 3);
    pen.textAlign = "left";
    pen.fillText(isolated(name), 0, 0, margin);
    pen.restore();
  });
}

// Draws into a pen that is at 1 unit a CSS pixel.
function drawMatrix(pen, image, names, width, ink, chosen) {
  const layout = layoutOf(width, names.length), { margin, side, cell } = layout;
  pen.fillStyle = pen.strokeStyle = ink;
  if (margin) drawNames(pen, names, layout);
  pen.imageSmoothingEnabled = cell * (window.devicePixelRatio || 1) < 1; // fewer pixels than cells: none is left out
  pen.drawImage(image, margin, margin, side, side);
  pen.lineWidth = 1;
  pen.globalAlpha = 0.35;
  pen.strokeRect(margin + 0.5, margin + 0.5, side - 1, side - 1);
  pen.globalAlpha = 1;
  const thick = Math.max(cell, 3), at = Math.min(Math.max(0, (chosen + 0.5) * cell - thick / 2), side - thick);
  pen.lineWidth = 1.5;
  pen.strokeRect(margin, margin + at, side, thick);
  pen.setLineDash([4, 3]);
  pen.strokeRect(margin + at, margin, thick, side);
  pen.setLineDash([]);
}

function savePicture(state) {
  const canvas = document.createElement("canvas"), width = 900, edge = 28, head = 62, scale = 2;
  canvas.width = scale * (width + 2 * edge);
  canvas.height = scale * (width + head + 2 * edge);
  const pen = canvas.getContext("2d"), style = getComputedStyle(state.root);
  pen.scale(scale, scale);
  pen.fillStyle = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = style.color;
  pen.textBaseline = "top";
  pen.family = style.fontFamily;
  pen.font = `600 20px ${pen.family}`;
  pen.fillText(state.model.title, edge, edge, width);
  pen.font = `15px ${pen.family}`;
  pen.fillText(state.scale, edge, edge + 30, width);
  pen.translate(edge, edge + head);
  drawMatrix(pen, state.image, state.names, width, style.color, state.step);
  canvas.toBlob((blob) => {
    const link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${state.model.file}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}
