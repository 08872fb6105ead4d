// What every picture needs: Plotly's script, fetched once a page; one drawing at a time; a new one for a new width.
function plotly(url) {
  const scripts = (globalThis.seqlabScripts ??= {});
  scripts[url] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => done(globalThis.Plotly);
    script.onerror = () => failed(new Error("Plotly's script did not load"));
    document.head.append(script);
  });
  return scripts[url];
}

// One drawing at a time: Plotly works in steps, and data may arrive or the page may go between two of them.
function enqueue(box, work) {
  box.seqlabQueue = (box.seqlabQueue ?? Promise.resolve()).then(work).catch((problem) => {
    const message = box.parentElement?.querySelector("[role=status]");
    if (message) message.textContent = `This cannot be drawn: ${problem.message ?? problem}`;
  });
}

function watchWidth(box, redraw) {
  let width = box.clientWidth;
  const watcher = new ResizeObserver(() => {
    if (Math.abs(box.clientWidth - width) < 2) return;
    width = box.clientWidth;
    redraw();
  });
  watcher.observe(box);
  return watcher;
}

function forget(box) {
  box.seqlabWatcher?.disconnect();
  box.seqlabWatcher = undefined;
  enqueue(box, () => globalThis.Plotly?.purge(box));
}
