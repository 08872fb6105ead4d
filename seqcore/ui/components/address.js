// Keeps a choice in the page's address, so that a reload finds it again. A choice that comes after another one is a
// step, which Back undoes: unless the address says by now what neither of them is, for then somebody went back already.
export default function ({ data }) {
  const address = new URL(document.location.href);
  const said = address.searchParams.get(data.name);
  if (data.value === null) address.searchParams.delete(data.name);
  else address.searchParams.set(data.name, data.value);
  if (address.href === document.location.href) return;
  if (data.after === null || said === null) window.history.replaceState(window.history.state, "", address.href);
  else if (said === data.after) window.history.pushState({}, "", address.href);
}
