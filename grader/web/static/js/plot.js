// Draws the page's Vega-Lite specs in the page's own colours and type.
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();
const text = { labelColor: colour("--ink-soft"), titleColor: colour("--ink-soft") };
const config = {
  background: "transparent",
  font: "Inter, system-ui, sans-serif",
  view: { stroke: null },
  bar: { color: colour("--accent") },
  axis: {
    ...text,
    domainColor: colour("--line-strong"),
    tickColor: colour("--line-strong"),
    gridColor: colour("--line"),
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 500,
    titlePadding: 8,
  },
};

for (const element of document.querySelectorAll("[data-spec]")) {
  const spec = JSON.parse(document.getElementById(element.dataset.spec).textContent);
  window.xgradPlot(element, spec, config).then(
    () => element.setAttribute("data-drawn", ""),
    () => element.remove(), // the table beneath says the same
  );
}
