// Sets every TeX element that the server left as escaped text.
for (const element of document.querySelectorAll(".math")) {
  const displayMode = element.classList.contains("block") || element.tagName === "DIV";
  window.katex.render(element.textContent, element, {
    displayMode,
    throwOnError: false,
    trust: false,
    maxExpand: 500,
    strict: "ignore",
  });
  element.dataset.set = "";
  // A wide formula scrolls, and what scrolls must be reachable by keyboard.
  if (displayMode) element.tabIndex = 0;
}
