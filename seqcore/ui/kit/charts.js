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

export default function ({ parentElement, data }) {
  const box = parentElement.querySelector(".seqlab-figure");
  box.setAttribute("aria-label", data.alt);
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
