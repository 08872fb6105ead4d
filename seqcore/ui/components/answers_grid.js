export default function ({ parentElement, data }) {
  const grid = parentElement.querySelector(".answers");
  grid.replaceChildren(...data.models.map((model) => {
    const card = make("section", "card");
    card.setAttribute("aria-label", model.label);
    card.append(heading(model), answer(model));
    return card;
  }));
}
