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
    const around = box.parentElement;
    const message = around?.querySelector("[role=status]") ?? around?.parentElement?.querySelector("[role=status]");
    if (message) message.textContent = `This cannot be drawn: ${problem.message ?? problem}`;
  });
}

// Figures are made in the colours of the light theme; on a dark page each has a partner. The server does not learn of a
// theme that is switched, the page does.
const isDark = () => getComputedStyle(document.querySelector(".stApp") ?? document.body).colorScheme === "dark";

function inTheme(value, partners, named = "") {
  if (Array.isArray(value)) return value.map((part) => inTheme(part, partners, named));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inTheme(part, partners, named + key.toLowerCase())]));
  }
  return typeof value === "string" && named.includes("color") ? partners[value] ?? value : value;
}

const dressed = (figure, partners) => (isDark() ? inTheme(figure, partners) : figure);

// Calls back when the theme of the page changes: its sheet of styles then has another name.
function watchTheme(redraw) {
  let dark = isDark();
  const app = document.querySelector(".stApp");
  const watcher = new MutationObserver(() => {
    if (isDark() === dark) return;
    dark = !dark;
    redraw();
  });
  for (let part = app; part; part = part.parentElement) watcher.observe(part, { attributes: true, attributeFilter: ["class", "style"] });
  return watcher;
}

function watch(box, redraw) {
  if (box.seqlabWatchers) return;
  box.seqlabWatchers = [watchWidth(box, redraw), watchTheme(redraw)];
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
  for (const watcher of box.seqlabWatchers ?? []) watcher.disconnect();
  box.seqlabWatchers = undefined;
  enqueue(box, () => globalThis.Plotly?.purge(box));
}
