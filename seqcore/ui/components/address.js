// Keeps a choice in the page's address without a step in the browser's history, so that a reload finds it again.
export default function ({ data }) {
  const address = new URL(document.location.href);
  if (data.value === null) address.searchParams.delete(data.name);
  else address.searchParams.set(data.name, data.value);
  if (address.href !== document.location.href) window.history.replaceState(window.history.state, "", address.href);
}
