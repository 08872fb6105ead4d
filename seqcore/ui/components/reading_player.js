// Steps through a text word by word. All numbers are here already; the server is told only where somebody stopped.
const pace = 450; // milliseconds a word

function textOf(data) {
  const paragraph = make("p", "text");
  paragraph.tabIndex = 0; // a long one is scrolled by keyboard
  const words = data.pieces.map(({ gap, word }) => {
    const between = make("span", "", gap), element = make("span", "", word);
    paragraph.append(between, element);
    return { between, element };
  });
  paragraph.append(make("span", "later", data.rest));
  direct(paragraph);
  return { paragraph, words };
}

function rowOf(reader) {
  const row = make("li"), track = make("span", "track"), fill = make("span", "fill");
  const value = make("span", "value"), says = make("span", "says");
  fill.style.background = reader.color;
  track.append(fill);
  row.append(swatch(reader), make("bdi", "name", reader.label), track, value, says);
  const show = (step) => {
    const share = reader.values[step];
    fill.style.width = `${100 * (share ?? 0)}%`;
    value.textContent = share === null ? "–" : percent(share);
    says.replaceChildren(...(share === null ? ["has read nothing yet"] : ["says ", make("bdi", "", reader.says[step])]));
  };
  return { row, show };
}

export default function ({ parentElement, data, setStateValue }) {
  const player = parentElement.querySelector(".player"), last = data.pieces.length - 1;
  player.setAttribute("aria-label", "Read the text word by word");
  const { paragraph, words } = textOf(data), rows = data.readers.map(rowOf);
  const controls = make("div", "controls"), button = make("button", "play"), slider = make("input"), place = make("output");
  button.type = "button";
  Object.assign(slider, { type: "range", min: 0, max: last, step: 1, value: data.step });
  slider.setAttribute("aria-label", "Word");
  let step = data.step, timer = null;

  const show = (next) => {
    step = Math.min(Math.max(next, 0), last);
    slider.value = step;
    slider.setAttribute("aria-valuetext", `${step + 1} of ${last + 1}: ${data.pieces[step].word}`);
    place.textContent = `word ${step + 1} of ${last + 1}`;
    words.forEach(({ between, element }, index) => {
      between.className = index > step ? "later" : "";
      element.className = index > step ? "later" : index === step ? "now" : "";
    });
    rows.forEach((row) => row.show(step));
    const { element } = words[step];
    const above = element.offsetTop - paragraph.offsetTop;
    if (above < paragraph.scrollTop || above > paragraph.scrollTop + paragraph.clientHeight - 40) paragraph.scrollTop = above - 40;
  };
  const named = () => { button.textContent = timer ? "Pause" : step === last ? "Play again" : "Play"; };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    named();
    setStateValue("step", step);
  };
  button.onclick = () => {
    if (timer) return stop();
    if (step === last) show(0);
    timer = setInterval(() => {
      if (!player.isConnected) return clearInterval(timer);
      show(step + 1);
      if (step === last) stop();
    }, pace);
    named();
  };
  slider.oninput = () => {
    if (timer) {
      clearInterval(timer);
      timer = null;
    }
    show(Number(slider.value));
    named();
  };
  slider.onchange = stop;
  controls.append(button, slider, place);
  const list = make("ul", "readers"), about = make("p", "about", "Probability of ");
  about.append(make("bdi", "", data.class), " after the words so far:");
  list.append(...rows.map(({ row }) => row));
  player.replaceChildren(controls, paragraph, about, list);
  show(step);
  named();
  return () => clearInterval(timer);
}
