// Leaves for the first page as a browser that was never here: the session ends, and the answer may bring another cookie.
export default function () {
  window.location.replace(new URL(".", document.location.href));
}
