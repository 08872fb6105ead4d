// Mends what Streamlit's own elements do not tell a screen reader. Each is looked for by Streamlit's own names and left
// alone once it is right, so a version that mends it itself loses nothing.
(() => {
  const repairs = {
    // A list whose entries stand in a group inside: the group is the list.
    '[data-testid="stSidebarNavItems"]:not([role])': (list) => list.setAttribute("role", "none"),
    '[data-testid="stSidebarNavItems"] div:has(> li):not([role])': (group) => group.setAttribute("role", "list"),
    '[data-testid="stSidebarNavItems"] > div:not([role])': (group) => group.setAttribute("role", "none"),
    '[data-testid="stFileUploaderDropzone"][role="presentation"]': (zone) => zone.setAttribute("role", "group"),
    '[role="progressbar"][aria-label="progress"]': (bar) => {
      const row = bar.closest('[class*="st-key-run-"]');
      const name = row?.querySelector("strong") ?? bar.parentElement.querySelector("p");
      bar.setAttribute("aria-label", `Progress: ${name?.textContent ?? "this page"}`);
    },
    // In a list of runs, "Delete" says of which.
    '[class*="st-key-delete-run-"] button, [class*="st-key-rename-run-"] button, [class*="st-key-bundle-"] button, [class*="st-key-resume-"] button': (button) => {
      const row = button.closest('[data-testid="stHorizontalBlock"]:has(strong)') ?? button.closest(":has(strong)");
      const name = row?.querySelector("strong")?.textContent, verb = button.querySelector("p")?.textContent;
      if (name && verb && !button.ariaLabel) button.ariaLabel = `${verb} ${name}`;
    },
    // Formulas that are wider than their column can be scrolled by keyboard.
    ".katex-display:not([tabindex])": (formula) => {
      formula.tabIndex = 0;
      formula.setAttribute("role", "group");
      formula.setAttribute("aria-label", "Formula");
    },
  };
  let waiting = false;
  const repair = () => {
    waiting = false;
    for (const [selector, mend] of Object.entries(repairs)) document.querySelectorAll(selector).forEach(mend);
  };
  new MutationObserver(() => {
    if (!waiting) requestAnimationFrame(repair);
    waiting = true;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
