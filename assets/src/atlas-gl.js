// The map that moves: the same areas, tints and symbols as the drawing, from our own addresses.
// MapLibre draws the areas; badges are links and buttons of the page, reached by keyboard.
import { AttributionControl, Map as GLMap, Marker, NavigationControl, Popup, addProtocol, setWorkerUrl } from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";

const view = document.querySelector("[data-atlas-view]");
const english = document.documentElement.lang === "en";
const words = english
  ? { map: "Map that moves", projects: (n) => `${n} project${n > 1 ? "s" : ""}`, page: "Its page", open: "Its map", go: "Go to", here: "the view", mainland: "Mainland", others: (n) => `and ${n} more`, zoom: "Zoom in on", keys: "Arrow keys move the map, + and − zoom." }
  : { map: "Carte qui bouge", projects: (n) => `${n} projet${n > 1 ? "s" : ""}`, page: "Sa page", open: "Sa carte", go: "Aller à", here: "la vue", mainland: "Hexagone", others: (n) => `et ${n} de plus`, zoom: "Agrandir", keys: "Les flèches déplacent la carte, + et − agrandissent et réduisent." };
const locale = english ? {} : {
  "AttributionControl.ToggleAttribution": "Afficher les sources",
  "Map.Title": "Carte qui bouge",
  "Marker.Title": "Repère",
  "NavigationControl.ZoomIn": "Agrandir",
  "NavigationControl.ZoomOut": "Réduire",
  "Popup.Close": "Fermer",
};
const MAINLAND = [[-5.3, 41.2], [9.7, 51.2]];
const OVERSEAS = { 971: "Guadeloupe", 972: "Martinique", 973: "Guyane", 974: "La Réunion", 976: "Mayotte" };
const COMMUNES_FROM = 7.4;
const NEAR = 42;
const TALL = 26;
const FARTHEST = 45;
const ROUNDS = 30;
const MOST_AT_ONCE = 6;
const SVG = "http://www.w3.org/2000/svg";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const empty = () => ({ type: "FeatureCollection", features: [] });

async function read(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

function boundsOf(features) {
  const box = [180, 90, -180, -90];
  const walk = (part) => {
    if (typeof part[0] === "number") {
      box[0] = Math.min(box[0], part[0]);
      box[1] = Math.min(box[1], part[1]);
      box[2] = Math.max(box[2], part[0]);
      box[3] = Math.max(box[3], part[1]);
    } else part.forEach(walk);
  };
  features.forEach((feature) => walk(feature.geometry.coordinates));
  return box[0] > box[2] ? null : [[box[0], box[1]], [box[2], box[3]]];
}

// Areas

function hatch() {
  const size = 16;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  pen.fillStyle = colour("--map-ground");
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = colour("--map-hatch");
  pen.lineWidth = 3;
  for (const from of [-size, 0, size]) {
    pen.beginPath();
    pen.moveTo(from - 2, size + 2);
    pen.lineTo(from + size + 2, -2);
    pen.stroke();
  }
  return pen.getImageData(0, 0, size, size);
}

const tint = () => ["match", ["get", "tint"], 1, colour("--tint-1"), 2, colour("--tint-2"), 3, colour("--tint-3"), 4, colour("--tint-4"), colour("--map-ground")];

function areaLayers(source, zooms) {
  const over = view.dataset.basemap ? 0.72 : 1;
  return [
    { id: `${source}-fill`, type: "fill", source, ...zooms, filter: ["!", ["get", "unknown"]], paint: { "fill-color": tint(), "fill-opacity": over } },
    { id: `${source}-hatch`, type: "fill", source, ...zooms, filter: ["get", "unknown"], paint: { "fill-pattern": "hatch", "fill-opacity": over * (over < 1 ? 0.5 : 1) } },
    { id: `${source}-line`, type: "line", source, ...zooms, paint: { "line-color": colour("--map-border"), "line-width": source === "areas" ? 1.1 : 0.6 } },
  ];
}

// The base map, if the operator gave one

const KNOWN = {
  fill: { earth: "--map-ground", land: "--map-ground", landcover: "--sunk", landuse: "--sunk", water: "--map-sea", buildings: "--line", building: "--line" },
  line: { roads: "--line", road: "--line", transportation: "--line", boundaries: "--edge", boundary: "--edge", waterway: "--map-sea" },
};

async function baseLayers() {
  const url = new URL(view.dataset.basemap, location.href).href;
  const file = new PMTiles(url);
  const protocol = new Protocol();
  protocol.add(file);
  addProtocol("pmtiles", protocol.tile);
  const source = { type: view.dataset.basemapKind, url: `pmtiles://${url}`, attribution: view.dataset.basemapCredit };
  if (view.dataset.basemapKind === "raster") {
    return [{ ...source, tileSize: 256 }, [{ id: "base", type: "raster", source: "base" }]];
  }
  const about = await file.getMetadata();
  const ids = (about.vector_layers ?? []).map((layer) => layer.id);
  const layers = ids.flatMap((id) => [
    { id: `base-${id}-fill`, type: "fill", source: "base", "source-layer": id, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour(KNOWN.fill[id] ?? "--sunk") } },
    { id: `base-${id}-line`, type: "line", source: "base", "source-layer": id, filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": colour(KNOWN.line[id] ?? "--line"), "line-width": 1 } },
  ]);
  return [source, layers];
}

// Badges

function svg(name, values, ...inner) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
  element.append(...inner);
  return element;
}

function badge(element, families, number, symbols) {
  const shown = families.slice(0, 3);
  const text = `${families.length > 3 ? "+" : ""}${number > 1 ? ` ${number}` : ""}`.trim();
  const width = 8 + 19 * shown.length + (text ? 9 * text.length + 5 : 0);
  const parts = [svg("rect", { width, height: 26, rx: 8 })];
  shown.forEach((code, n) => {
    const [theme, d] = symbols[code];
    parts.push(svg("path", { class: `s-${theme}`, transform: `translate(${13.5 + 19 * n} 13)`, d }));
  });
  if (text) parts.push(svg("text", { x: 6 + 19 * shown.length, y: 14 }, text));
  element.append(svg("svg", { width, height: 26, viewBox: `0 0 ${width} 26`, "aria-hidden": "true" }, ...parts));
  return width;
}

// The same rule as `domain/clusters.py`: two that overlap are pushed apart the shorter way, none
// far from its place. In pixels: how far each is to be drawn from where it stands.
function spread(labels) {
  const at = labels.map(({ x, y }) => [x, y]);
  const own = labels.map(({ x, y }) => [x, y]);
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (let i = 0; i < labels.length; i += 1) {
      for (let j = i + 1; j < labels.length; j += 1) {
        const over = [
          (labels[i].width + labels[j].width) / 2 + 2 - Math.abs(at[j][0] - at[i][0]),
          TALL + 2 - Math.abs(at[j][1] - at[i][1]),
        ];
        if (over[0] <= 0 || over[1] <= 0) continue;
        moved = true;
        const axis = over[0] < over[1] ? 0 : 1;
        const by = (over[axis] / 2 + 0.5) * (at[j][axis] >= at[i][axis] ? 1 : -1);
        at[i][axis] -= by;
        at[j][axis] += by;
      }
    }
    if (!moved) break;
    at.forEach((point, n) => [0, 1].forEach((axis) => {
      point[axis] = Math.min(Math.max(point[axis], own[n][axis] - FARTHEST), own[n][axis] + FARTHEST);
    }));
  }
  return at.map(([x, y], n) => [Math.round(x - own[n][0]), Math.round(y - own[n][1])]);
}

// The same rule as `domain/clusters.py`: what stands near a heavier place is one with it.
function gather(points, near) {
  const seeds = [];
  for (const point of [...points].sort((a, b) => b.weight - a.weight)) {
    const seed = seeds.find((one) => Math.hypot(one.x - point.x, one.y - point.y) <= near);
    if (seed) seed.members.push(point);
    else seeds.push({ x: point.x, y: point.y, members: [point] });
  }
  return seeds;
}

function tally(members, projects) {
  const found = new Set(members.flatMap((each) => each.properties.projects));
  const families = new Map();
  for (const one of found) for (const code of projects[one]) families.set(code, (families.get(code) ?? 0) + 1);
  const order = [...families].sort((a, b) => (a[0] === "unsaid") - (b[0] === "unsaid") || b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { number: found.size, families: order };
}

class Badges {
  constructor(map) {
    this.map = map;
    this.markers = [];
    this.content = { features: [], projects: [], symbols: {} };
  }

  put(content) {
    this.content = content;
    this.draw();
  }

  draw() {
    const focused = document.activeElement?.closest?.(".gl-badge")?.getAttribute("aria-label");
    this.markers.forEach((marker) => marker.remove());
    const { features, projects } = this.content;
    const points = features.map((each) => {
      const [lon, lat] = each.geometry.coordinates;
      const { x, y } = this.map.project([lon, lat]);
      return { x, y, lon, lat, weight: each.properties.projects.length, properties: each.properties };
    });
    const made = gather(points, NEAR).map((seed) => this.marker(seed.members, projects));
    const labels = made.map(({ marker, width }) => ({ ...this.map.project(marker.getLngLat()), width }));
    spread(labels).forEach((offset, n) => made[n].marker.setOffset(offset));
    this.markers = made.map(({ marker }) => marker);
    if (focused) this.markers.find((one) => one.getElement().getAttribute("aria-label") === focused)?.getElement().focus();
  }

  marker(members, projects) {
    const { number, families } = tally(members, projects);
    const names = families.map(([code, count]) => `${this.content.symbols[code][2]} ${count}`).join(", ");
    const places = members.slice(0, 3).map((one) => one.properties.name).join(", ") + (members.length > 3 ? ` ${words.others(members.length - 3)}` : "");
    const isOne = members.length === 1;
    const element = document.createElement(isOne ? "a" : "button");
    element.className = "gl-badge";
    if (isOne) element.href = members[0].properties.url;
    else {
      element.type = "button";
      element.addEventListener("click", (event) => {
        event.stopPropagation();
        const box = boundsOf(members.map((one) => ({ geometry: { coordinates: [one.lon, one.lat] } })));
        this.map.fitBounds(box, { padding: 80, maxZoom: Math.max(12, this.map.getZoom() + 1) });
      });
    }
    const said = `${places} : ${words.projects(number)} (${names})`;
    element.title = said;
    const width = badge(element, families.map(([code]) => code), number, this.content.symbols);
    const weight = members.reduce((sum, one) => sum + one.weight, 0) || 1;
    const mean = (key) => members.reduce((sum, one) => sum + one[key] * (one.weight || 1), 0) / weight;
    const marker = new Marker({ element }).setLngLat([mean("lon"), mean("lat")]).addTo(this.map);
    element.setAttribute("aria-label", isOne ? said : `${words.zoom} ${said}`);
    element.removeAttribute("role");
    return { marker, width };
  }
}

// What an area says when it is chosen

function popup(map, feature, at) {
  const { name, words: said, families, url, map: further } = feature.properties;
  if (!name) return;
  const box = document.createElement("div");
  const line = (text, tag = "p") => {
    const element = document.createElement(tag);
    element.textContent = text;
    box.append(element);
  };
  const title = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = said || name;
  title.append(strong);
  box.append(title);
  if (families) line(families);
  const links = document.createElement("p");
  for (const [href, text] of [[url, words.page], [further, words.open]]) {
    if (!href) continue;
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    links.append(link, " ");
  }
  box.append(links);
  new Popup({ locale }).setLngLat(at).setDOMContent(box).addTo(map);
}

// Everything

function communesOf(code) {
  const url = new URL(view.dataset.areas, location.href);
  url.searchParams.set("lieu", `departement:${code}`);
  return url.href;
}

function goTo(map, container, home) {
  const label = document.createElement("label");
  label.className = "visually-hidden";
  label.htmlFor = "atlas-goto";
  label.textContent = words.go;
  const select = document.createElement("select");
  select.id = "atlas-goto";
  const option = (text, value) => select.append(new Option(text, value));
  option(`${words.go}…`, "");
  option(words.mainland, "mainland");
  for (const [code, name] of Object.entries(OVERSEAS)) if (home[code]) option(name, code);
  select.addEventListener("change", () => {
    const box = select.value === "mainland" ? MAINLAND : home[select.value];
    if (box) map.fitBounds(box, { padding: 20 });
    select.value = "";
  });
  const tools = document.createElement("div");
  tools.className = "atlas-goto";
  tools.append(label, select);
  container.before(tools);
  return tools;
}

async function start() {
  const drawing = view.querySelector(".map");
  const [areas, points] = await Promise.all([read(view.dataset.areas), read(view.dataset.points)]);
  const [base, layers] = view.dataset.basemap ? await baseLayers().catch(() => [null, []]) : [null, []];
  const isCountry = view.dataset.level === "country";
  const container = document.createElement("div");
  container.className = "atlas-gl";
  view.append(container);
  view.classList.add("is-moving");
  setWorkerUrl(view.dataset.worker);
  const bounds = isCountry ? MAINLAND : boundsOf(areas.features.filter((each) => each.geometry)) ?? MAINLAND;
  const map = new GLMap({
    container,
    locale,
    bounds,
    fitBoundsOptions: { padding: 16 },
    maxZoom: 15,
    attributionControl: false,
    cooperativeGestures: false,
    scrollZoom: false,
    dragRotate: false,
    pitchWithRotate: false,
    style: {
      version: 8,
      sources: {
        ...(base ? { base } : {}),
        areas: { type: "geojson", data: areas },
        communes: { type: "geojson", data: empty() },
      },
      layers: [{ id: "sea", type: "background", paint: { "background-color": colour("--map-sea") } }, ...layers],
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  if (base) map.addControl(new AttributionControl({ compact: false }), "bottom-right");
  container.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) map.scrollZoom.enable();
    else map.scrollZoom.disable();
  }, { capture: true, passive: true });
  const badges = new Badges(map);
  const home = {};
  for (const each of areas.features) {
    if (OVERSEAS[each.properties.code] && each.geometry) home[each.properties.code] = boundsOf([each]);
  }
  const tools = isCountry ? goTo(map, container, home) : null;

  // Communes come where one looks closely.
  const known = new Map();
  async function closer() {
    if (!["country", "region"].includes(view.dataset.level) || map.getZoom() < COMMUNES_FROM) return;
    const seen = new Set(map.queryRenderedFeatures({ layers: ["areas-fill", "areas-hatch"] }).map((each) => each.properties.code));
    const missing = [...seen].filter((code) => !known.has(code)).slice(0, MOST_AT_ONCE);
    if (!missing.length) return;
    missing.forEach((code) => known.set(code, []));
    const asked = view.dataset.areas;
    await Promise.all(missing.map(async (code) => {
      try {
        known.set(code, (await read(communesOf(code))).features);
      } catch {
        known.delete(code);
      }
    }));
    if (asked === view.dataset.areas) map.getSource("communes").setData({ type: "FeatureCollection", features: [...known.values()].flat() });
  }

  function paint() {
    if (map.hasImage("hatch")) map.removeImage("hatch");
    map.addImage("hatch", hatch(), { pixelRatio: 2 });
    for (const layer of [...areaLayers("areas", {}), ...areaLayers("communes", { minzoom: COMMUNES_FROM - 0.4 })]) {
      if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      map.addLayer(layer);
    }
    map.setPaintProperty("sea", "background-color", colour("--map-sea"));
  }

  map.on("load", () => {
    paint();
    badges.put(points);
    for (const id of ["communes-fill", "communes-hatch", "areas-fill", "areas-hatch"]) {
      map.on("mouseenter", id, () => { map.getCanvas().style.cursor = "pointer"; });
      map.on("mouseleave", id, () => { map.getCanvas().style.cursor = ""; });
    }
    map.on("click", (event) => {
      const layers = ["communes-fill", "communes-hatch", "areas-fill", "areas-hatch"].filter((id) => map.getLayer(id));
      const [feature] = map.queryRenderedFeatures(event.point, { layers });
      if (feature) popup(map, feature, event.lngLat);
    });
    map.on("moveend", () => {
      badges.draw();
      closer();
    });
    map.once("idle", () => { view.dataset.state = "ready"; });
  });
  map.on("sourcedata", (event) => {
    if (event.sourceId === "base" && event.isSourceLoaded && event.tile) view.dataset.basemapState = "drawn";
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);

  view.addEventListener("atlas:changed", async () => {
    const turn = view.dataset.areas;
    const [zones, spots] = await Promise.all([read(view.dataset.areas), read(view.dataset.points)]);
    if (turn !== view.dataset.areas) return;
    known.clear();
    map.getSource("areas").setData(zones);
    map.getSource("communes").setData(empty());
    badges.put(spots);
    closer();
  });
  const shown = () => {
    const isMoving = view.classList.contains("is-moving");
    container.hidden = !isMoving;
    if (tools) tools.hidden = !isMoving;
    view.dispatchEvent(new Event("atlas:shown"));
    if (isMoving) map.resize();
  };
  view.addEventListener("atlas:switch", () => {
    view.classList.toggle("is-moving");
    shown();
  });
  shown();
  return drawing;
}

// Whatever fails, the drawing is still there.
start().catch((error) => {
  view.classList.remove("is-moving");
  view.querySelector(".atlas-gl")?.remove();
  view.dataset.state = "failed";
  console.warn("The map that moves could not start:", error.message);
  view.dispatchEvent(new Event("atlas:shown"));
});
