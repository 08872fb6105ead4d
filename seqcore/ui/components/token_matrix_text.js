// The text twice: shaded by what the chosen token looks at, and by what looks at it. Below each the greatest shares.
const listed = 6;
const told = (value) => (value > 0 && value < 0.0005 ? "< 0.1 %" : percent(value));
const quoted = (name) => make("bdi", "quoted", `“${[...(name.trim() || "(space)")].slice(0, 40).join("")}”`);

function sideOf(model, choose) {
  const box = make("div", "side"), title = make("h3"), paragraph = make("p", "text"), list = make("ol", "most");
  const tokens = model.pieces.map(({ word }, index) => {
    const token = make("span", "token", word);
    token.setAttribute("role", "button");
    token.setAttribute("aria-pressed", false);
    token.tabIndex = -1;
    token.onclick = () => choose(index, token);
    return token;
  });
  paragraph.append(make("span", "gap", model.before));
  model.pieces.forEach(({ gap }, index) => paragraph.append(between(gap), tokens[index]));
  paragraph.append(make("span", "gap", model.after));
  direct(paragraph);
  paragraph.onkeydown = (event) => {
    const at = tokens.indexOf(event.target), ahead = getComputedStyle(paragraph).direction === "rtl" ? -1 : 1;
    const steps = { ArrowRight: at + ahead, ArrowLeft: at - ahead, ArrowDown: at + 10, ArrowUp: at - 10, Home: 0, End: tokens.length - 1, Enter: at, " ": at };
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = Math.min(Math.max(steps[event.key], 0), tokens.length - 1);
    choose(next, tokens[next]);
  };
  box.append(title, paragraph, list);
  return { box, title, list, tokens, paragraph };
}

function mostOf(shares) {
  const order = [...shares.keys()].sort((one, other) => shares[other] - shares[one]);
  return order.slice(0, listed).filter((index) => shares[index] > 0);
}

function showSide(side, shares, chosen, names, first) {
  const full = shares.reduce((most, value) => Math.max(most, value), fullShade(shares.length));
  side.tokens.forEach((token, index) => {
    token.style.setProperty("--shade", `${Math.round(62 * Math.sqrt(shares[index] / full))}%`);
  });
  const here = side.tokens[chosen], last = side.paragraph.querySelector(".here");
  for (const [token, is] of [[last, false], [here, true]]) {
    token?.classList.toggle("here", is);
    token?.setAttribute("aria-pressed", is);
    if (token) token.tabIndex = is ? 0 : -1;
  }
  side.list.replaceChildren(...mostOf(shares).map((index) => {
    const item = make("li"), track = make("span", "track"), fill = make("span", "fill"), name = quoted(names[index]);
    fill.style.width = `${100 * shares[index]}%`;
    track.append(fill);
    item.append(name, make("span", "place", index === chosen ? "itself" : `token ${first + index}`), track, make("span", "value", told(shares[index])));
    return item;
  }));
  const above = here.offsetTop - side.paragraph.offsetTop;
  if (above < side.paragraph.scrollTop || above > side.paragraph.scrollTop + side.paragraph.clientHeight - 40) {
    side.paragraph.scrollTop = above - 60;
  }
}

// Made when it is opened: a table of 500 rows is a thousand cells that mostly nobody wants.
function bothAsTable(state) {
  const details = make("details"), rows = make("div", "rows");
  details.append(make("summary", "", "Both ways as a table"), rows);
  rows.tabIndex = 0;
  const fill = () => {
    if (!details.open) return;
    const grid = make("table");
    const { ahead, back } = state.shares();
    grid.append(tableRow(["", "Token", ...state.headings], "th"));
    state.names.forEach((name, index) => grid.append(tableRow([String(state.model.first + index), name, told(ahead[index]), told(back[index])], "td")));
    rows.replaceChildren(grid);
  };
  details.ontoggle = fill;
  return { details, fill };
}
