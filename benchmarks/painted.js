// Notes when the main picture was painted, and when it changed after a press: DOM change plus the next frame.
(() => {
  const marks = (window.ebb = { painted: null, pressed: null, changed: null });
  const chart = () => document.querySelector('[data-testid="stMain"] .js-plotly-plot');
  const drawn = (plot) => plot && plot.querySelector(".main-svg .plot path, .main-svg .plot .point, .main-svg .trace");
  const inPicture = (list, plot) =>
    list.some((change) => {
      const at = change.target.nodeType === 1 ? change.target : change.target.parentElement;
      return at && (at.closest(".js-plotly-plot") === plot || [...change.addedNodes].some((n) => n.contains?.(plot)));
    });
  const nextFrame = (name) => requestAnimationFrame(() => (marks[name] ??= performance.now()));
  const seen = (list) => {
    const plot = chart();
    if (!drawn(plot)) return;
    if (marks.painted === null) return nextFrame("painted");
    if (marks.pressed !== null && marks.changed === null && inPicture(list, plot)) nextFrame("changed");
  };
  const watch = () =>
    new MutationObserver(seen).observe(document.documentElement, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["d", "transform", "data-unformatted"],
    });
  document.documentElement ? watch() : addEventListener("DOMContentLoaded", watch);
  window.ebbArm = (type) => {
    marks.pressed = marks.changed = null;
    addEventListener(type, () => (marks.pressed = performance.now()), { capture: true, once: true });
  };
})();
