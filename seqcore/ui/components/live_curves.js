// Draws the live curves with Plotly.react, which keeps zoom, hidden traces and hover while data arrive.
// Text is only ever given to Plotly after escaping: Plotly reads a few HTML tags in names.
const wide = 640;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const faint = (color, share) => color + Math.round(255 * share).toString(16).padStart(2, "0");

function lines(data) {
  return data.traces.flatMap((trace) => ["loss", "accuracy"].map((measure) => {
    const second = measure === "accuracy";
    const axes = second ? { xaxis: "x2", yaxis: "y2" } : { xaxis: "x", yaxis: "y" };
    const filled = trace.band ? { fillcolor: faint(trace.style.line.color, trace.band), hoverinfo: "skip" } : {
      hovertemplate: `${second ? "%{y:.1%}" : "%{y:.3f}"} ${trace.says}<br>epoch %{x:.3~r}<extra>${trace.label}</extra>`,
    };
    return {
      type: "scatter", name: trace.label, legendgroup: trace.group, legendrank: 1000 + (trace.legend ?? 0),
      showlegend: Boolean(trace.legend) && !second, uid: `${trace.key}-${measure}`,
      x: trace.x, y: trace[measure], ...axes, ...trace.style, ...filled,
    };
  }));
}

function layout(data, box) {
  const narrow = box.clientWidth < wide;
  const epochs = { title: { text: "Epoch", standoff: 6 }, range: [0, data.epochs * 1.03] };
  const title = (words, x, y) => ({
    text: `<b>${words}</b>`, x, y, xref: "paper", yref: "paper", xanchor: "left", yanchor: "bottom",
    showarrow: false, font: { size: 17 },
  });
  const waiting = data.traces.every((trace) => trace.points === 0);
  return {
    template: data.template, uirevision: data.revision,
    width: box.clientWidth, height: narrow ? 720 : 430,
    margin: { l: 50, r: 16, t: 36, b: 80 },
    font: { family: getComputedStyle(box).fontFamily },
    hovermode: "closest",
    legend: { orientation: "h", x: 0, y: narrow ? -0.1 : -0.19, yanchor: "top" },
    xaxis: { ...epochs, anchor: "y", domain: narrow ? [0, 1] : [0, 0.47] },
    xaxis2: { ...epochs, matches: "x", anchor: "y2", domain: narrow ? [0, 1] : [0.53, 1] },
    yaxis: { anchor: "x", domain: narrow ? [0.56, 1] : [0, 1], range: [0, data.loss_top] },
    yaxis2: { anchor: "x2", domain: narrow ? [0, 0.43] : [0, 1], range: [data.accuracy_bottom, 1.005], tickformat: ".0%" },
    annotations: [
      title("Loss", 0, 1.01),
      narrow ? title("Accuracy", 0, 0.44) : title("Accuracy", 0.53, 1.01),
      ...(waiting && data.waiting ? [{
        text: escaped(data.waiting), xref: "paper", yref: "paper", x: narrow ? 0.5 : 0.235, y: narrow ? 0.78 : 0.5, showarrow: false, font: { size: 17 },
      }] : []),
    ],
  };
}

function draw(Plotly, box) {
  const data = box.seqlabData;
  if (!data || !box.isConnected) return undefined;
  if (box._dragging) { // points that arrive while somebody draws a frame to zoom in would take the frame away
    window.addEventListener("mouseup", () => setTimeout(() => enqueue(box, () => draw(Plotly, box))), { once: true });
    return undefined;
  }
  const picture = dressed({ data: lines(data), layout: layout(data, box) }, data.partners);
  return Plotly.react(box, picture.data, picture.layout, {
    ...data.config, responsive: false, displayModeBar: box.clientWidth < wide ? false : "hover",
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
  watch(box, redraw);
  return () => {
    box.seqlabData = undefined;
    forget(box);
  };
}
