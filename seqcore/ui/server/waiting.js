// Asks for the place in the line, says it, and goes on when there is room.
const EVERY = 3000; // milliseconds
const place = document.getElementById("place");
let next = setTimeout(look, EVERY);

async function look() {
  clearTimeout(next);
  try {
    const answer = await fetch("./line/place", { cache: "no-store" });
    const found = (await answer.json()).place;
    if (found === 0) {
      location.reload();
      return;
    }
    if (String(found) !== place.textContent) {
      place.textContent = found;
      document.title = `Number ${found} in line – Sequence Lab`;
    }
  } catch {
    // The server cannot be reached for the moment: the place stands until it can.
  }
  next = setTimeout(look, EVERY);
}

document.addEventListener("visibilitychange", () => document.hidden || look());
