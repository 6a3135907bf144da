// Comfort on a timeline: draw a stretch with the mouse or a finger to open that period; keys
// lead where the links lead. Without this file the same is done by links and the form.

const figure = document.querySelector("[data-timeline]");
const svg = figure?.querySelector(".tl-svg");
const DAY = 86400000;
const LEAST = 12;

function go(first, last) {
  const query = new URLSearchParams(location.search);
  query.set("du", first);
  query.set("au", last);
  query.delete("page");
  location.search = query.toString();
}

function brush() {
  const from = Date.parse(figure.dataset.first);
  const days = (Date.parse(figure.dataset.last) - from) / DAY + 1;
  const dayAt = (x, width) =>
    new Date(from + Math.floor(Math.min(Math.max(x / width, 0), 0.9999) * days) * DAY)
      .toISOString()
      .slice(0, 10);
  let start = null;
  let shape = null;
  const x = (event) => event.clientX - svg.getBoundingClientRect().left;

  svg.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("a")) return;
    start = x(event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start === null) return;
    if (!shape) {
      shape = document.createElementNS(svg.namespaceURI, "rect");
      shape.setAttribute("class", "tl-brush");
      shape.setAttribute("y", "0");
      shape.setAttribute("height", svg.getAttribute("height"));
      svg.append(shape);
    }
    shape.setAttribute("x", Math.min(start, x(event)));
    shape.setAttribute("width", Math.abs(x(event) - start));
  });
  const end = (event) => {
    if (start === null) return;
    const [left, right] = [start, x(event)].sort((a, b) => a - b);
    start = null;
    shape?.remove();
    shape = null;
    const { width } = svg.getBoundingClientRect();
    if (event.type === "pointerup" && right - left > LEAST) {
      go(dayAt(left, width), dayAt(right, width));
    }
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  figure.classList.add("tl-can-brush");
}

// Left and right: the mark before and after; with Shift: the period before and after.
function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const marks = [...svg.querySelectorAll("a[href]")];
  const here = marks.indexOf(document.activeElement);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && event.shiftKey) {
    const way = document.querySelector(`[data-code="${step < 0 ? "earlier" : "later"}"]`);
    if (way) way.click();
  } else if (step && here >= 0) {
    const next = marks[here + step];
    if (next) next.focus();
    event.preventDefault();
  } else if (event.key === "Escape" && figure.contains(document.activeElement)) {
    document.querySelector('[data-code="farther"], [data-code="all"]')?.click();
  }
}

if (svg) {
  brush();
  figure.addEventListener("keydown", keys);
}
