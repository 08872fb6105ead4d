// Draws the live curves with Plotly.react, which keeps zoom, hidden traces and hover while data arrive.
// Text is only ever given to Plotly after escaping: Plotly reads a few HTML tags in names.
const wide = 640;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function lines(data) {
  const seen = new Set();
  return data.traces.flatMap((trace) => ["loss", "accuracy"].map((measure) => {
    const second = measure === "accuracy";
    const validation = trace.split === "validation";
    const legend = !second && !seen.has(trace.run);
    if (legend) seen.add(trace.run);
    const axes = second ? { xaxis: "x2", yaxis: "y2" } : { xaxis: "x", yaxis: "y" };
    return {
      type: "scatter", name: escaped(trace.label), legendgroup: trace.run, showlegend: legend, ...axes,
      uid: `${trace.run}-${trace.split}-${measure}`,
      mode: validation ? "lines+markers" : "lines",
      x: trace.x, y: trace[measure],
      line: { color: trace.color, width: validation ? 2 : 2.6, dash: validation ? "dash" : "solid" },
      marker: { color: trace.color, size: 8, symbol: trace.symbol },
      opacity: validation ? 0.95 : 0.9,
      hovertemplate: `%{y:.3f} ${trace.split === "train" ? "training" : "validation"}<extra>${escaped(trace.label)}</extra>`,
    };
  }));
}

function layout(data, box) {
  const style = getComputedStyle(box);
  const color = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  const text = color("--st-text-color", "#171c26");
  const grid = color("--st-border-color", "#d9dee8");
  const narrow = box.clientWidth < wide;
  const axis = {
    gridcolor: grid, zeroline: false, linecolor: grid, tickfont: { size: 14 }, automargin: true, fixedrange: false,
  };
  const epochs = { ...axis, title: { text: "Epoch", font: { size: 15 }, standoff: 6 }, range: [0, data.epochs * 1.01], matches: "x" };
  const title = (words, x, y) => ({
    text: `<b>${words}</b>`, x, y, xref: "paper", yref: "paper", xanchor: "left", yanchor: "bottom",
    showarrow: false, font: { size: 17 },
  });
  const waiting = data.traces.every((trace) => trace.points === 0);
  return {
    uirevision: data.revision,
    width: box.clientWidth, height: narrow ? 720 : 430,
    margin: { l: 50, r: 16, t: 36, b: 80 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: text, size: 15, family: style.fontFamily },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: text, activecolor: color("--st-primary-color", "#3457d5") },
    hovermode: "closest", hoverlabel: { font: { size: 15 } },
    legend: { orientation: "h", x: 0, y: narrow ? -0.1 : -0.19, font: { size: 15 }, itemsizing: "constant" },
    xaxis: { ...epochs, matches: undefined, anchor: "y", domain: narrow ? [0, 1] : [0, 0.47] },
    xaxis2: { ...epochs, anchor: "y2", domain: narrow ? [0, 1] : [0.53, 1] },
    yaxis: { ...axis, anchor: "x", domain: narrow ? [0.56, 1] : [0, 1], range: [0, data.loss_top] },
    yaxis2: { ...axis, anchor: "x2", domain: narrow ? [0, 0.43] : [0, 1], range: [data.accuracy_bottom, 1.005] },
    annotations: [
      title("Loss", 0, 1.01),
      narrow ? title("Accuracy", 0, 0.44) : title("Accuracy", 0.53, 1.01),
      ...(waiting ? [{
        text: escaped(data.waiting), xref: "paper", yref: "paper", x: narrow ? 0.5 : 0.235, y: narrow ? 0.78 : 0.5, showarrow: false, font: { size: 17 },
      }] : []),
    ],
  };
}

function draw(Plotly, box) {
  if (!box.seqlabData || !box.isConnected) return undefined;
  return Plotly.react(box, lines(box.seqlabData), layout(box.seqlabData, box), {
    responsive: false, displaylogo: false, displayModeBar: box.clientWidth < wide ? false : "hover",
    modeBarButtons: [["toImage", "zoom2d", "pan2d", "resetScale2d"]],
  });
}

export default function ({ parentElement, data }) {
  const box = parentElement.querySelector(".seqlab-curves");
  if (!data.traces) { // a page that will soon need Plotly lets it be fetched
    plotly(data.plotly).catch(() => {});
    return undefined;
  }
  if (data.reveal && box.seqlabRevealed !== data.revision) {
    box.seqlabRevealed = data.revision;
    box.scrollIntoView({ block: "center" });
  }
  box.setAttribute("role", "figure");
  box.setAttribute("aria-label", data.alt);
  box.seqlabData = data;
  const redraw = () => enqueue(box, async () => draw(await plotly(data.plotly), box));
  redraw();
  box.seqlabWatcher ??= watchWidth(box, redraw);
  return () => {
    box.seqlabData = undefined;
    forget(box);
  };
}
