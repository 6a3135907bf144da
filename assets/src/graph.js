// Move about in the picture of the graph. Without this script it is complete: every node and edge
// is a link, the table holds the same, and views are zoomed by links.

const STEP = 0.15;

// Zoom and drag. Returns whether it is being dragged.
function moves(figure, svg) {
  const whole = svg.viewBox.baseVal;
  const home = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
  let seen = { ...home };
  const words = document.documentElement.lang === "en"
    ? ["Zoom in", "Zoom out", "Whole picture"]
    : ["Agrandir", "Réduire", "Tout le dessin"];

  figure.classList.add("graph-moving");

  function show() {
    svg.setAttribute("viewBox", `${seen.x} ${seen.y} ${seen.w} ${seen.h}`);
  }

  function zoom(by, at = { x: 0.5, y: 0.5 }) {
    const w = Math.min(home.w * 1.2, Math.max(home.w / 20, seen.w * by));
    const h = (w / home.w) * home.h;
    seen = { x: seen.x + (seen.w - w) * at.x, y: seen.y + (seen.h - h) * at.y, w, h };
    show();
  }

  function move(dx, dy) {
    seen = { ...seen, x: seen.x + dx * seen.w, y: seen.y + dy * seen.h };
    show();
  }

  const tools = document.createElement("div");
  tools.className = "graph-tools";
  const acts = [["+", () => zoom(0.7)], ["−", () => zoom(1.4)], ["⤢", () => { seen = { ...home }; show(); }]];
  acts.forEach(([sign, act], n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "secondary";
    button.textContent = sign;
    button.setAttribute("aria-label", words[n]);
    button.addEventListener("click", act);
    tools.append(button);
  });
  figure.prepend(tools);

  // Drag. A click that moved is not a click on a link.
  let from = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY };
    moved = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (!moved && Math.hypot(dx, dy) < 6) return;
    moved = true;
    const scale = Math.max(seen.w / svg.clientWidth, seen.h / svg.clientHeight);
    seen = { ...seen, x: seen.x - dx * scale, y: seen.y - dy * scale };
    from = { x: event.clientX, y: event.clientY };
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, () => { from = null; });
  }
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => {
    if (moved) event.preventDefault();
  }, true);

  // The wheel scrolls the page; with Ctrl it zooms, as in maps.
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.15 : 0.87, {
      x: (event.clientX - box.left) / box.width,
      y: (event.clientY - box.top) / box.height,
    });
  }, { passive: false });

  const keys = {
    "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25),
    0: () => { seen = { ...home }; show(); },
    ArrowLeft: () => move(-STEP, 0), ArrowRight: () => move(STEP, 0),
    ArrowUp: () => move(0, -STEP), ArrowDown: () => move(0, STEP),
  };
  figure.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });

  return () => Boolean(from);
}

function start(figure) {
  const svg = figure.querySelector(".graph-scroll svg");
  if (!svg) return;
  let isDragged = () => false;
  if (svg.classList.contains("graph-small")) {
    // A few records are read as they are; where the window is narrower, from the middle.
    const around = svg.parentElement;
    around.scrollLeft = (around.scrollWidth - around.clientWidth) / 2;
  } else {
    isDragged = moves(figure, svg);
  }
  const hint = document.createElement("p");
  hint.className = "meta graph-hint";
  figure.querySelector("figcaption").before(hint);

  // Who is pointed at or has the focus: its links and neighbours stay, the rest fades.
  const nodes = new Map([...svg.querySelectorAll("[data-n]")].map((node) => [node.dataset.n, node]));
  const edges = [...svg.querySelectorAll("[data-e]")].map((edge) => [edge, edge.dataset.e.split(" ")]);

  function light(target) {
    for (const lit of svg.querySelectorAll(".graph-lit")) lit.classList.remove("graph-lit");
    svg.classList.toggle("graph-dim", Boolean(target));
    hint.textContent = target?.querySelector("title")?.textContent ?? "";
    if (!target) return;
    const key = target.dataset.n;
    for (const [edge, ends] of edges) {
      if (edge !== target && !ends.includes(key)) continue;
      edge.classList.add("graph-lit");
      for (const end of ends) nodes.get(end)?.classList.add("graph-lit");
    }
    target.classList.add("graph-lit");
  }

  function aimed(event) {
    return event.target.closest?.("[data-n], [data-e]") ?? null;
  }
  svg.addEventListener("pointerover", (event) => { if (!isDragged()) light(aimed(event)); });
  svg.addEventListener("pointerleave", () => light(null));
  svg.addEventListener("focusin", (event) => light(aimed(event)));
  svg.addEventListener("focusout", () => light(null));
}

// Where WebGL is there, the view is drawn by it: on a telephone when asked, since a finger that
// scrolls the page should not move the graph.

function hasWebGL() {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  } catch {
    return false;
  }
}

function enrich(figure) {
  const script = document.createElement("script");
  script.src = figure.dataset.script;
  document.head.append(script);
}

function offer(figure) {
  if (!figure.dataset.whole || !hasWebGL()) return;
  if (matchMedia("(min-width: 48rem) and (not (pointer: coarse))").matches) {
    enrich(figure);
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "secondary graph-enrich";
  button.textContent = document.documentElement.lang === "en" ? "Interactive drawing" : "Dessin interactif";
  button.addEventListener("click", () => { button.remove(); enrich(figure); });
  (figure.querySelector(".graph-tools") ?? figure).prepend(button);
}

for (const figure of document.querySelectorAll("[data-graph]")) {
  start(figure);
  offer(figure);
}

// The year: a slider instead of a number. What WebGL has drawn follows at once; the page, with its
// table, when the slider is let go.
for (const form of document.querySelectorAll("[data-slider]")) {
  const input = form.elements.au;
  const shown = document.createElement("output");
  input.type = "range";
  shown.textContent = input.value;
  input.after(shown);
  input.addEventListener("input", () => {
    shown.textContent = input.value;
    document.querySelector("[data-graph]")?.graphView?.see(Number(input.value));
  });
  input.addEventListener("change", () => form.requestSubmit());
}

// Relations, kinds and levels of proof: what WebGL has drawn follows each tick, if it has the whole
// to choose from. The page, with its table and its files, when the form is sent.
for (const form of document.querySelectorAll(".graph-form")) {
  const figure = document.querySelector("[data-graph]");
  const names = { relations: "relation", kinds: "type", statuses: "statut" };
  const asked = new URLSearchParams(location.search);
  if (!figure || Object.values(names).some((name) => asked.has(name))) continue;
  const told = document.createElement("p");
  told.className = "meta graph-sifted";
  told.setAttribute("role", "status");
  form.querySelector(".actions")?.append(told);
  form.addEventListener("change", (event) => {
    const view = figure.graphView;
    const isGroups = view?.data.kinds.includes("group");
    if (!view || isGroups || !Object.values(names).includes(event.target.name)) return;
    const ticked = new FormData(form);
    const [nodes, links] = view.sift(Object.fromEntries(
      Object.entries(names).map(([key, name]) => [key, new Set(ticked.getAll(name))]),
    ));
    const s = (number) => (number === 1 ? "" : "s");
    told.textContent = document.documentElement.lang === "en"
      ? `In the drawing: ${nodes} record${s(nodes)}, ${links} link${s(links)}. “Apply” changes the table and the files too.`
      : `Dans le dessin : ${nodes} fiche${s(nodes)}, ${links} lien${s(links)}. « Appliquer » change aussi le tableau et les fichiers.`;
  });
}
