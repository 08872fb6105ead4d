// Copies a link to this page with one press. `navigator.clipboard` exists over https and on this machine only.
async function copied(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    near.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("[role=status]");
  const link = parentElement.querySelector("input");
  const { origin, pathname } = document.location;
  const now = `${origin}${pathname}?${data.query}`;
  if (link.value !== now || !button.textContent) {
    link.value = now;
    link.hidden = true;
    said.textContent = data.about;
  }
  button.textContent = data.label;
  button.title = data.about;
  button.onclick = async () => {
    const done = await copied(link.value, parentElement.querySelector(".copy"));
    said.textContent = done ? "Copied. Paste it wherever people should find it." : "Press Ctrl + C to copy it:";
    link.hidden = done;
    if (!done) link.select();
    setTriggerValue("copied", true);
  };
}
