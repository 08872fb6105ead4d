// Draws a figure that Python made. Its texts are escaped there: Plotly reads a few HTML tags in labels.
function laidOut(layout, box) {
  return { ...layout, width: box.clientWidth, autosize: false, font: { family: getComputedStyle(box).fontFamily, ...layout.font } };
}

// The same in words, for those who hear the page; other people's text is written with textContent only.
function fillTable(table, rows, caption) {
  const lines = (rows ?? []).map((row, number) => {
    const line = document.createElement("tr");
    line.append(...row.map((text, column) => {
      const cell = document.createElement(number && column ? "td" : "th");
      if (cell.tagName === "TH") cell.scope = number ? "row" : "col";
      cell.textContent = text;
      return cell;
    }));
    return line;
  });
  const title = document.createElement("caption");
  title.textContent = caption;
  table.replaceChildren(...(lines.length ? [title, ...lines] : []));
  table.hidden = !lines.length;
}

// Tells of the cell of a heatmap that was clicked. Its places are whole numbers: row from the top, column from the left.
function listen(box, tell) {
  box.removeAllListeners("plotly_click");
  box.on("plotly_click", ({ points: [point] }) => tell([Math.round(point.y), Math.round(point.x)]));
}

// Tells of the points that were encircled or clicked, by the numbers that they carry; of none when that is undone.
// Drawn anew, a picture has no outline any more, and Plotly tells of that, too: nobody undid anything then.
function listenToPoints(box, tell) {
  const numbers = (points) => points.map((point) => point.customdata).filter(Number.isInteger);
  for (const event of ["plotly_selected", "plotly_deselect", "plotly_click"]) box.removeAllListeners(event);
  box.on("plotly_selected", (chosen) => chosen && !box.seqlabDrawing && tell(numbers(chosen.points)));
  box.on("plotly_deselect", () => !box.seqlabDrawing && tell([]));
  box.on("plotly_click", ({ points }) => tell(numbers(points)));
}

export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".seqlab-figure");
  const scroller = box.parentElement;
  box.setAttribute("aria-label", data.alt);
  fillTable(parentElement.querySelector(".seqlab-figure-table"), data.table, data.alt);
  box.classList.toggle("seqlab-clickable", Boolean(data.clickable));
  box.classList.toggle("seqlab-selectable", Boolean(data.selectable));
  box.style.minWidth = data.least ? `${data.least}px` : "";
  if (data.least) scroller.tabIndex = 0; // what is scrolled sideways can be scrolled by keyboard
  box.seqlabFigure = data;
  const redraw = () => enqueue(box, async () => {
    const Plotly = await plotly(data.plotly);
    if (!box.isConnected || !box.seqlabFigure || !box.clientWidth) return;
    const { figure, config, partners } = box.seqlabFigure;
    const { data: traces, layout } = dressed(JSON.parse(figure), partners);
    box.seqlabDrawing = true;
    await Plotly.react(box, traces, laidOut(layout, box), { ...config, responsive: false }).finally(() => (box.seqlabDrawing = false));
    if (data.clickable) listen(box, (cell) => setTriggerValue("cell", cell));
    if (data.selectable) listenToPoints(box, (points) => setTriggerValue("points", points));
  });
  redraw();
  watch(box, redraw);
  return () => {
    box.seqlabFigure = undefined;
    forget(box);
  };
}
