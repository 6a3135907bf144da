// The graph drawn by WebGL, for views that are too large for a picture of links. It is loaded by
// graph.js where WebGL is there; without it the SVG stays. Colours and shapes are those of the SVG.

import Graph from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram, EdgeRectangleProgram, NodeCircleProgram } from "sigma/rendering";

const MANY_NODES = 1000;
const MANY_EDGES = 5000;
const HUBS = 4;
const HINTS = 8;
const LONGEST = 34;
const NAMED_FROM = 300;
const MOST_NAMED = 24;
const ENGLISH = document.documentElement.lang === "en";
const WORDS = ENGLISH
  ? {
    simple: "Simple drawing", rich: "Interactive drawing", find: "Find a record in the drawing",
    close: "Close", record: "See the record", around: "What is around", way: "A way from here",
    proof: "proof", loading: "Loading…", none: "No link in this view.", zoomIn: "Zoom in",
    zoomOut: "Zoom out", whole: "Whole drawing", region: "Interactive drawing of the graph: arrows move, + and − zoom, 0 shows all",
    failed: "Its links cannot be read now.", more: "and {n} more links: see the table", else: "Who else?",
    byKind: "Colour by kind", byGroup: "Colour by group", year: "in {year}", all: "all years",
  }
  : {
    simple: "Dessin simple", rich: "Dessin interactif", find: "Trouver une fiche dans le dessin",
    close: "Fermer", record: "Voir la fiche", around: "Ce qui l’entoure", way: "Un chemin d’ici",
    proof: "preuve", loading: "Chargement…", none: "Aucun lien dans cette vue.", zoomIn: "Agrandir",
    zoomOut: "Réduire", whole: "Tout le dessin", region: "Dessin interactif du graphe : les flèches déplacent, + et − agrandissent, 0 montre tout",
    failed: "Ses liens ne peuvent pas être lus maintenant.", more: "et {n} autres liens : voir le tableau", else: "Qui d’autre ?",
    byKind: "Couleur selon la sorte", byGroup: "Couleur selon le groupe", year: "en {year}", all: "toutes les années",
  };
const STILL = matchMedia("(prefers-reduced-motion: reduce)").matches;
const MOVE = { duration: STILL ? 0 : 350 };

// Shapes by kind, as distances to their rim in units of the radius: below 0 is inside.
const SHAPES = {
  project: "max(abs(p.x), abs(p.y)) - 0.8",
  technology: "abs(p.x) + abs(p.y) - 1.0",
  contract: "max(max(abs(p.x) - 0.62, abs(p.y) - 0.85), (p.x + p.y) - 1.1)",
  place: "max(0.87 * abs(p.x) + 0.5 * p.y - 0.5, -p.y - 0.6)",
  actor: "length(p) - 0.9",
};

function shaped(rim) {
  const fragment = `
    precision highp float;
    varying vec4 v_color;
    varying vec2 v_diffVector;
    varying float v_radius;
    uniform float u_correctionRatio;
    void main(void) {
      vec2 p = v_diffVector / v_radius;
      float soft = 2.0 * u_correctionRatio / v_radius;
      float away = ${rim};
      #ifdef PICKING_MODE
      gl_FragColor = away > soft ? vec4(0.0) : v_color;
      #else
      gl_FragColor = mix(v_color, vec4(0.0), smoothstep(-soft, soft, away));
      #endif
    }`;
  return class extends NodeCircleProgram {
    getDefinition() {
      return { ...super.getDefinition(), FRAGMENT_SHADER_SOURCE: fragment };
    }
  };
}

const PROGRAMS = Object.fromEntries(Object.entries(SHAPES).map(([kind, rim]) => [kind, shaped(rim)]));

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function rgb(text) {
  const [r, g, b] = (text.match(/[\d.]+/g) ?? [128, 128, 128]).map(Number);
  return [r, g, b];
}

// Colours come from the style sheet, so that they are the same in light, in dark and in the SVG.
function palette(figure, kinds) {
  const probe = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  probe.setAttribute("class", "graph graph-probe");
  figure.append(probe);
  const colours = {};
  for (const kind of kinds) {
    const g = document.createElementNS("http://www.w3.org/2000/svg", "g");
    g.setAttribute("class", `g-${kind}`);
    probe.append(g);
    colours[kind] = rgb(getComputedStyle(g).fill);
  }
  probe.remove();
  const own = getComputedStyle(figure);
  const read = (name) => {
    const swatch = element("span", { hidden: true, className: `graph-swatch-${name}` });
    figure.append(swatch);
    const found = rgb(getComputedStyle(swatch).color);
    swatch.remove();
    return found;
  };
  return { kinds: colours, ink: rgb(own.color), soft: read("soft"), paper: read("paper") };
}

const GOLDEN = 137.508;
function groupColour(number, isDark) {
  if (number < 0) return isDark ? [150, 155, 165] : [110, 115, 125];
  const hue = (number * GOLDEN + 205) % 360;
  const light = (isDark ? 66 : 40) + (number % 3) * 6;
  const probe = element("span", { hidden: true });
  probe.style.color = `hsl(${hue} 62% ${light}%)`;
  document.body.append(probe);
  const found = rgb(getComputedStyle(probe).color);
  probe.remove();
  return found;
}

// Sigma takes hexadecimal or rgba(). Its blending wants colours multiplied by their opacity.
function css([r, g, b], alpha = 1) {
  return `rgba(${Math.round(r * alpha)},${Math.round(g * alpha)},${Math.round(b * alpha)},${alpha})`;
}

function column(values, n) {
  return Array.isArray(values) ? values[n] : values;
}

function build(data, colours) {
  const graph = new Graph({ multi: true, type: "directed" });
  const count = data.id.length;
  const degree = new Uint32Array(count);
  let next = 0;
  for (let n = 0; n < count; n += 1) {
    degree[n] += data.counts[n];
    for (let k = 0; k < data.counts[n]; k += 1, next += 1) degree[data.targets[next]] += 1;
  }
  const [least, grows] = count > MANY_NODES ? [1.6, 0.32] : [4, 1.1];
  for (let n = 0; n < count; n += 1) {
    const kind = data.kinds[data.kind[n]];
    graph.addNode(n, {
      x: data.x[n], y: -data.y[n], label: data.name[n], kind, type: kind in SHAPES ? kind : "actor",
      size: Math.min(least + grows * Math.sqrt(degree[n]), 18), group: data.group[n],
      color: css(colours.kinds[kind] ?? colours.soft),
    });
  }
  // The most linked have their name in any case, as in the simple drawing.
  const hubs = [...degree.keys()].sort((a, b) => degree[b] - degree[a]).slice(0, HUBS);
  for (const n of hubs) graph.setNodeAttribute(n, "forceLabel", true);
  next = 0;
  for (let n = 0; n < count; n += 1) {
    for (let k = 0; k < data.counts[n]; k += 1, next += 1) {
      const other = data.targets[next];
      const [, , isBoth] = data.relations[column(data.relation, next)];
      const amount = column(data.amount, next);
      graph.addEdge(n, other, {
        relation: column(data.relation, next), status: column(data.status, next), from: column(data.from, next), to: column(data.to, next),
        isWithin: data.group[n] >= 0 && data.group[n] === data.group[other], isBoth, amount,
      });
    }
  }
  return graph;
}

class View {
  constructor(figure, data, money) {
    this.figure = figure;
    this.data = data;
    this.colours = palette(figure, data.kinds);
    this.isDark = this.colours.paper[0] < 128;
    this.graph = build(data, this.colours);
    this.isLarge = this.graph.size > MANY_EDGES;
    this.isMoney = money;
    this.byGroup = data.kinds.length === 1 && data.groups.length > 1;
    this.number = new Map(data.id.map((id, n) => [id, n]));
    this.pointed = null;
    this.isDeep = false;
    this.near = new Set();
    this.year = 0;
    this.passing = null;
    this.kept = null;
    this.groupColours = data.groups.map((_, n) => groupColour(n, this.isDark));
    this.frame();
    this.draw();
    this.words();
    this.keys();
  }

  frame() {
    const stage = element("div", { className: "graph-stage", tabIndex: 0 });
    stage.setAttribute("role", "application");
    stage.setAttribute("aria-label", WORDS.region);
    this.stage = stage;
    this.names = element("div", { className: "graph-group-names" });
    this.names.setAttribute("aria-hidden", "true");
    this.panel = element("aside", { className: "graph-panel", hidden: true });
    this.panel.setAttribute("aria-live", "polite");
    const hints = element("datalist", { id: "graph-hints" });
    const find = element("input", { type: "search", placeholder: WORDS.find, autocomplete: "off" });
    find.setAttribute("list", hints.id);
    find.setAttribute("aria-label", WORDS.find);
    this.find(find, hints);
    const button = (text, name, act) => {
      const made = element("button", { type: "button", className: "secondary", textContent: text });
      if (name) made.setAttribute("aria-label", name);
      made.addEventListener("click", act);
      return made;
    };
    this.bar = element("div", { className: "graph-bar" }, find, hints,
      button("+", WORDS.zoomIn, () => this.camera.animatedZoom(MOVE)),
      button("−", WORDS.zoomOut, () => this.camera.animatedUnzoom(MOVE)),
      button("⤢", WORDS.whole, () => this.camera.animatedReset(MOVE)));
    if (this.data.groups.length > 1 && this.data.kinds.length > 1) {
      const paint = button(WORDS.byGroup, "", () => {
        this.byGroup = !this.byGroup;
        paint.textContent = this.byGroup ? WORDS.byKind : WORDS.byGroup;
        this.sigma.refresh({ skipIndexation: true });
      });
      this.bar.append(paint);
    }
    const simple = button(WORDS.simple, "", () => {
      const isRich = this.box.hidden;
      this.box.hidden = !isRich;
      this.figure.querySelector(".graph-scroll").hidden = isRich;
      this.figure.classList.toggle("graph-rich", isRich);
      simple.textContent = isRich ? WORDS.simple : WORDS.rich;
      if (isRich) this.sigma.refresh();
    });
    this.box = element("div", { className: "graph-box" }, stage, this.names, this.panel);
    this.figure.prepend(this.bar, this.box);
    this.bar.append(simple);
    this.figure.querySelector(".graph-scroll").hidden = true;
    this.figure.classList.add("graph-rich");
  }

  draw() {
    const { soft, ink, paper } = this.colours;
    const faint = this.graph.size > 20000 ? 0.06 : this.isLarge ? 0.12 : 0.6;
    this.edgeColours = {
      usual: css(soft, faint), within: css(soft, Math.min(faint * 1.6, 1)), strong: css(ink, this.isLarge ? 0.45 : 0.85),
    };
    this.faded = css(soft, 0.22);
    this.paper = paper;
    this.boxes = [];
    this.sigma = new Sigma(this.graph, this.stage, {
      nodeProgramClasses: PROGRAMS,
      edgeProgramClasses: { line: EdgeLineProgram, wide: EdgeRectangleProgram, arrow: EdgeArrowProgram },
      defaultEdgeType: this.isLarge ? "line" : "arrow",
      hideEdgesOnMove: this.isLarge,
      hideLabelsOnMove: this.graph.order > MANY_NODES,
      labelRenderedSizeThreshold: this.graph.order > MANY_NODES ? 7 : 5,
      labelDensity: this.graph.order > MANY_NODES ? 0.25 : 2,
      labelGridCellSize: 120,
      labelFont: getComputedStyle(this.figure).fontFamily,
      labelColor: { color: css(ink) },
      minEdgeThickness: this.isLarge ? 0.5 : 1.2,
      zIndex: true,
      minCameraRatio: 0.01,
      maxCameraRatio: 3,
      stagePadding: 40,
      defaultDrawNodeLabel: (context, node, settings) => this.drawLabel(context, node, settings),
      defaultDrawNodeHover: (context, node, settings) => this.drawHover(context, node, settings),
      nodeReducer: (node, attributes) => this.node(node, attributes),
      edgeReducer: (edge, attributes) => this.edge(edge, attributes),
    });
    this.camera = this.sigma.getCamera();
    this.sigma.on("beforeRender", () => { this.boxes = []; this.shapes = null; });
    this.sigma.refresh();
    let waiting = 0;
    const light = (node) => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => this.light(node, node !== null && node === this.chosen));
    };
    this.sigma.on("enterNode", ({ node }) => light(node));
    this.sigma.on("leaveNode", () => light(this.chosen ?? null));
    this.sigma.on("clickNode", ({ node }) => this.open(node));
    this.sigma.on("clickStage", () => this.close());
    this.sigma.on("enterNode", () => { this.stage.style.cursor = "pointer"; });
    this.sigma.on("leaveNode", () => { this.stage.style.cursor = ""; });
    if (!this.isLarge) this.drags();
  }

  drags() {
    let held = null;
    this.sigma.on("downNode", ({ node }) => { held = node; });
    this.sigma.getMouseCaptor().on("mousemovebody", (event) => {
      if (held === null) return;
      const at = this.sigma.viewportToGraph(event);
      if (!this.sigma.getCustomBBox()) this.sigma.setCustomBBox(this.sigma.getBBox());
      this.graph.mergeNodeAttributes(held, at);
      event.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
    });
    const drop = () => { held = null; };
    this.sigma.on("upNode", drop);
    this.sigma.on("upStage", drop);
  }

  node(node, attributes) {
    const own = this.byGroup ? this.groupColours[attributes.group] ?? groupColour(-1, this.isDark) : null;
    const color = own ? css(own) : attributes.color;
    if (this.kept && !this.kept.has(node)) return { ...attributes, hidden: true };
    if (this.pointed === null) return { ...attributes, color, zIndex: 1 };
    if (node === this.pointed) return { ...attributes, color, zIndex: 3, highlighted: true, forceLabel: true };
    if (this.near.has(node)) return { ...attributes, color, zIndex: 2, forceLabel: this.near.size < 40 };
    return this.isDeep ? { ...attributes, color: this.faded, label: "", zIndex: 0 } : { ...attributes, color, zIndex: 1 };
  }

  edge(edge, attributes) {
    const isNow = !this.year || ((attributes.from || attributes.to)
      && (!attributes.from || attributes.from <= this.year) && (!attributes.to || attributes.to >= this.year));
    if (!isNow || (this.passing && !this.passing(edge, attributes))) return { hidden: true };
    const made = { color: attributes.isWithin ? this.edgeColours.within : this.edgeColours.usual, size: this.isLarge ? 0.5 : 1.5 };
    if (attributes.isBoth && !this.isLarge) made.type = "wide";
    if (this.isMoney) made.size = attributes.amount ? Math.max(1, Math.min(12, 1 + 2.4 * (Math.log10(attributes.amount) - 3))) : 0.8;
    if (this.pointed !== null) {
      if (this.graph.hasExtremity(edge, this.pointed)) {
        made.color = this.edgeColours.strong;
        made.zIndex = 2;
      } else if (this.isDeep) return { hidden: true };
    }
    return made;
  }

  // Where records stand on the screen, once a frame: names keep off them.
  rims() {
    if (!this.sigma) return []; // Its first drawing is made while it begins.
    if (!this.shapes) {
      this.shapes = [];
      if (this.graph.order <= MANY_NODES) {
        this.graph.forEachNode((node) => {
          const shown = this.sigma.getNodeDisplayData(node);
          if (!shown || shown.hidden) return;
          const { x, y } = this.sigma.framedGraphToViewport(shown);
          const r = this.sigma.scaleSize(shown.size);
          this.shapes.push([x - r, y - r, x + r, y + r]);
        });
      }
    }
    return this.shapes;
  }

  // As in the simple drawing: beside, above or below its record, where it covers no other name and
  // no record; else it is left out.
  drawLabel(context, node, settings) {
    if (!node.label) return;
    const text = node.label.length > LONGEST ? `${node.label.slice(0, LONGEST - 1)}…` : node.label;
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    const wide = context.measureText(text).width;
    const high = settings.labelSize;
    const [x, y, away] = [node.x, node.y, node.size + 3];
    const spots = [
      [x + away, y + high / 3], [x - away - wide, y + high / 3],
      [x - wide / 2, y - away - 1], [x - wide / 2, y + away + high - 2],
    ];
    const box = ([left, base]) => [left - 2, base - high + 2, left + wide + 2, base + 3];
    const isFree = (at) => {
      const [l, t, r, b] = box(at);
      return [this.boxes, this.rims()].every((all) => all.every((o) => r < o[0] || o[2] < l || b < o[1] || o[3] < t));
    };
    const isBare = (at) => this.boxes.every((o) => {
      const [l, t, r, b] = box(at);
      return r < o[0] || o[2] < l || b < o[1] || o[3] < t;
    });
    const at = spots.find(isFree) ?? (node.forceLabel ? spots.find(isBare) ?? spots[0] : null);
    if (!at) return;
    this.boxes.push(box(at));
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = css(this.paper);
    context.strokeText(text, ...at);
    context.fillStyle = css(this.colours.ink);
    context.fillText(text, ...at);
  }

  // A name on a ground of its own, readable in light and in dark.
  drawHover(context, node, settings) {
    if (!node.label) return;
    context.font = `600 ${settings.labelSize + 1}px ${settings.labelFont}`;
    const width = context.measureText(node.label).width + 12;
    const x = node.x + node.size + 3;
    context.fillStyle = css(this.paper);
    context.strokeStyle = css(this.colours.ink);
    context.beginPath();
    context.roundRect(x, node.y - 12, width, 24, 4);
    context.fill();
    context.stroke();
    context.fillStyle = css(this.colours.ink);
    context.fillText(node.label, x + 6, node.y + 5);
  }

  // Pointing at a record of a large graph changes only its own surroundings, so that it stays quick;
  // choosing one lets all the rest fade.
  light(node, isChosen = false) {
    const isDeep = node !== null && (isChosen || !this.isLarge);
    if (this.pointed === node && this.isDeep === isDeep) return;
    const changed = new Set([...this.near, ...(this.pointed === null ? [] : [this.pointed])]);
    const edges = new Set(this.pointed === null ? [] : this.graph.edges(this.pointed));
    const isWhole = isDeep || this.isDeep || !this.isLarge;
    this.pointed = node;
    this.isDeep = isDeep;
    this.near = new Set(node === null ? [] : this.graph.neighbors(node));
    if (isWhole) {
      this.sigma.refresh({ skipIndexation: true });
      return;
    }
    for (const other of [...this.near, ...(node === null ? [] : [node])]) changed.add(other);
    for (const edge of node === null ? [] : this.graph.edges(node)) edges.add(edge);
    this.sigma.refresh({ partialGraph: { nodes: [...changed], edges: [...edges] }, skipIndexation: true });
  }

  // Names of communities, where their members are, as long as all of it is seen.
  words() {
    const { groups } = this.data;
    if (groups.length < 2 || this.graph.order < NAMED_FROM) return;
    const sums = groups.map(() => ({ x: 0, y: Infinity, count: 0, top: -Infinity }));
    this.graph.forEachNode((_, { group, x, y }) => {
      if (group < 0) return;
      const sum = sums[group];
      sum.x += x;
      sum.top = Math.max(sum.top, y);
      sum.count += 1;
    });
    const tags = groups.map(([key, name], n) => {
      const tag = element("span", { textContent: name });
      if (n < MOST_NAMED && sums[n].count >= 4) this.names.append(tag);
      return tag;
    });
    const place = () => {
      const isFar = this.camera.ratio > 0.6;
      this.names.hidden = !isFar;
      if (!isFar) return;
      const taken = [];
      const wide = this.stage.clientWidth;
      tags.forEach((tag, n) => {
        if (!tag.isConnected) return;
        const at = this.sigma.graphToViewport({ x: sums[n].x / sums[n].count, y: sums[n].top });
        const width = tag.offsetWidth;
        const left = Math.min(Math.max(at.x - width / 2, 4), wide - width - 4);
        const top = Math.max(at.y - 24, 4);
        const isFree = taken.every(([l, t, w]) => left > l + w || left + width < l || Math.abs(top - t) > 22);
        tag.style.visibility = isFree ? "" : "hidden";
        tag.style.transform = `translate(${left}px, ${top}px)`;
        if (isFree) taken.push([left, top, width]);
      });
    };
    this.sigma.on("afterRender", place);
    place();
  }

  find(input, hints) {
    const names = this.data.name.map((name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase());
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
    const go = () => {
      const wanted = fold(input.value);
      if (!wanted) return;
      let found = names.indexOf(wanted);
      if (found < 0) found = names.findIndex((name) => name.includes(wanted));
      if (found >= 0) this.open(String(found), true);
    };
    input.addEventListener("input", () => {
      const wanted = fold(input.value);
      const found = wanted.length < 2 ? [] : this.data.name.filter((_, n) => names[n].includes(wanted)).slice(0, HINTS);
      hints.replaceChildren(...found.map((value) => element("option", { value })));
    });
    input.addEventListener("change", go);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); go(); } });
  }

  keys() {
    const step = 0.08;
    const pan = (x, y) => {
      const { camera } = this;
      camera.setState({ x: camera.x + x * step * camera.ratio, y: camera.y + y * step * camera.ratio });
    };
    const acts = {
      "+": () => this.camera.animatedZoom(MOVE), "=": () => this.camera.animatedZoom(MOVE),
      "-": () => this.camera.animatedUnzoom(MOVE), 0: () => this.camera.animatedReset(MOVE),
      ArrowLeft: () => pan(-1, 0), ArrowRight: () => pan(1, 0), ArrowUp: () => pan(0, 1), ArrowDown: () => pan(0, -1),
      Escape: () => this.close(),
    };
    this.box.addEventListener("keydown", (event) => {
      const act = acts[event.key];
      const isPanel = this.panel.contains(event.target) && event.key !== "Escape";
      if (!act || isPanel || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    });
  }

  close() {
    this.chosen = null;
    if (!this.panel.hidden && this.panel.contains(document.activeElement)) this.stage.focus();
    this.panel.hidden = true;
    this.light(null);
  }

  async open(node, isMoved = false) {
    this.chosen = node;
    this.light(node, true);
    if (isMoved) {
      const at = this.sigma.getNodeDisplayData(node);
      const ratio = Math.min(this.camera.ratio, 0.4);
      this.camera.animate({ x: at.x + 0.15 * ratio, y: at.y, ratio }, MOVE); // Beside the panel.
    }
    const id = this.data.id[node];
    const shut = element("button", { type: "button", className: "plain", textContent: "✕" });
    shut.setAttribute("aria-label", WORDS.close);
    shut.addEventListener("click", () => this.close());
    const list = element("ul", {}, element("li", { textContent: WORDS.loading }));
    const go = element("p", { className: "meta" },
      element("a", { href: `/graphe?autour=${id}`, textContent: WORDS.around }), " · ",
      element("a", { href: `/graphe/chemin?de=${id}`, textContent: WORDS.way }), " · ",
      element("a", { href: `/graphe/communs?de=${id}`, textContent: WORDS.else }));
    const title = element("h2", { textContent: this.data.name[node], tabIndex: -1 });
    this.panel.replaceChildren(shut, title, go, list);
    this.panel.hidden = false;
    title.focus({ preventScroll: true });
    try {
      const answer = await fetch(`/graphe.json?autour=${id}`);
      if (!answer.ok) throw new Error(String(answer.status));
      this.tell(id, title, list, await answer.json());
    } catch {
      list.replaceChildren(element("li", { textContent: WORDS.failed }));
    }
  }

  tell(id, title, list, told) {
    const nodes = new Map(told.nodes.map((node) => [node.id, node]));
    const own = nodes.get(id);
    if (own) title.replaceChildren(element("a", { href: own.url, textContent: own.name }));
    const edges = told.edges.filter(({ source, target }) => source === id || target === id);
    const lines = edges.slice(0, 40).map((edge) => this.line(id, edge, nodes));
    if (!lines.length) lines.push(element("li", { textContent: WORDS.none }));
    if (edges.length > 40) lines.push(element("li", { className: "meta", textContent: WORDS.more.replace("{n}", edges.length - 40) }));
    list.replaceChildren(...lines);
  }

  // A relation is told in its own direction: read backwards it would be a false statement.
  line(id, edge, nodes) {
    const name = (key) => {
      if (key === id) return element("strong", { textContent: nodes.get(key)?.name ?? "" });
      const number = this.number.get(key);
      const made = element("button", { type: "button", className: "plain", textContent: nodes.get(key)?.name ?? "" });
      made.addEventListener("click", () => {
        if (number === undefined) location.href = nodes.get(key).url;
        else this.open(String(number), true);
      });
      return made;
    };
    const made = element("li", {}, name(edge.source), " ",
      element("a", { href: edge.url, textContent: edge.label }), " ", name(edge.target));
    if (edge.from || edge.to) made.append(element("span", { className: "meta", textContent: ` ${[edge.from, edge.to].filter(Boolean).join(" – ")}` }));
    const proof = edge.evidence.find(({ url }) => url);
    if (proof) {
      made.append(" ", element("a", { href: proof.url, className: "proof", textContent: WORDS.proof, title: proof.quote }));
    }
    return made;
  }

  // What is ticked among relations, kinds and levels of proof; nothing ticked: all of them. What is
  // left without a link fades out, but for whom the view is around.
  sift({ relations, kinds, statuses }) {
    const { data, graph } = this;
    const isKind = (node) => !kinds.size || Number(node) === data.centre || kinds.has(graph.getNodeAttribute(node, "kind"));
    const isPassing = (edge, { relation, status }) => (!relations.size || relations.has(data.relations[relation][0]))
      && (!statuses.size || statuses.has(data.statuses[status]))
      && isKind(graph.source(edge)) && isKind(graph.target(edge));
    this.passing = relations.size || kinds.size || statuses.size ? isPassing : null;
    this.kept = null;
    let links = graph.size;
    if (this.passing) {
      links = 0;
      this.kept = new Set(data.centre === null ? [] : [String(data.centre)]);
      graph.forEachEdge((edge, attributes, source, target) => {
        if (!isPassing(edge, attributes)) return;
        links += 1;
        this.kept.add(source).add(target);
      });
    }
    this.sigma.refresh({ skipIndexation: true });
    return [this.kept?.size ?? graph.order, links];
  }

  see(year) {
    this.year = year;
    this.sigma.refresh({ skipIndexation: true });
  }
}

async function start(figure) {
  const begun = performance.now();
  try {
    const answer = await fetch(figure.dataset.whole);
    if (!answer.ok) return;
    const data = await answer.json();
    if (!data.id.length) return;
    const view = new View(figure, data, new URLSearchParams(location.search).get("largeur") === "montant");
    figure.graphView = view;
    figure.dataset.drawn = String(Math.round(performance.now() - begun));
    figure.dispatchEvent(new CustomEvent("graph:drawn", { bubbles: true }));
  } catch (error) {
    // Whatever the browser cannot do, the picture is there already.
    figure.querySelector(".graph-bar")?.remove();
    figure.querySelector(".graph-box")?.remove();
    figure.classList.remove("graph-rich");
    figure.querySelector(".graph-scroll").hidden = false;
    figure.dataset.failed = String(error);
  }
}

for (const figure of document.querySelectorAll("[data-graph][data-whole]")) start(figure);
