// Draws a figure that Python made. Its texts are escaped there: Plotly reads a few HTML tags in labels.
function dressed(layout, box) {
  const style = getComputedStyle(box);
  const color = (name) => style.getPropertyValue(name).trim() || undefined;
  return {
    ...layout, width: box.clientWidth, autosize: false,
    font: { color: color("--st-text-color"), family: style.fontFamily, ...layout.font },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: color("--st-text-color"), activecolor: color("--st-primary-color"), ...layout.modebar },
  };
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

export default function ({ parentElement, data }) {
  const box = parentElement.querySelector(".seqlab-figure");
  box.setAttribute("aria-label", data.alt);
  fillTable(parentElement.querySelector(".seqlab-figure-table"), data.table, data.alt);
  box.seqlabFigure = data.figure;
  const redraw = () => enqueue(box, async () => {
    const Plotly = await plotly(data.plotly);
    if (!box.isConnected || !box.seqlabFigure || !box.clientWidth) return;
    const figure = JSON.parse(box.seqlabFigure);
    await Plotly.react(box, figure.data, dressed(figure.layout, box), { ...data.config, responsive: false });
  });
  redraw();
  box.seqlabWatcher ??= watchWidth(box, redraw);
  return () => {
    box.seqlabFigure = undefined;
    forget(box);
  };
}
