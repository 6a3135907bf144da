// Comfort for the map's page: a slider over the years, and the map that moves. Without this file
// years, filters and levels are links, and the drawing is complete.

const english = document.documentElement.lang === "en";
const words = english
  ? { year: "Year", all: "all", play: "Play", stop: "Stop", open: "Map that moves", plain: "Plain drawing" }
  : { year: "Année", all: "toutes", play: "Jouer", stop: "Arrêter", open: "Carte qui bouge", plain: "Dessin simple" };
const still = matchMedia("(prefers-reduced-motion: reduce)");
const view = document.querySelector("[data-atlas-view]");

// The parts of the page that depend on the year, taken from the page that the link leads to.
let asked = 0;
async function show(url) {
  const turn = ++asked;
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok || turn !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== asked) return;
  for (const part of document.querySelectorAll("[data-part]")) {
    const other = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (other) part.replaceChildren(...other.childNodes);
  }
  const changed = page.querySelector("[data-atlas-view]");
  if (view && changed) {
    view.dataset.areas = changed.dataset.areas;
    view.dataset.points = changed.dataset.points;
    view.dispatchEvent(new Event("atlas:changed"));
  }
  history.replaceState(null, "", url);
}

function addressOf(year) {
  const url = new URL(location.href);
  if (year === null) {
    url.searchParams.delete("au");
    url.searchParams.delete("sans_date");
  } else {
    url.searchParams.set("au", year);
  }
  url.searchParams.delete("page");
  url.hash = "";
  return url.href.replaceAll("%3A", ":");
}

function slider(section) {
  const links = [...section.querySelectorAll("[data-year]")];
  const years = links.map((link) => Number(link.dataset.year));
  if (years.length < 2) return;
  const first = years[0];
  const last = years[years.length - 1];
  const chosen = section.querySelector("[aria-current]");

  const box = document.createElement("div");
  box.className = "atlas-slider no-print";
  const label = document.createElement("label");
  label.textContent = words.year;
  label.htmlFor = "atlas-year";
  const input = document.createElement("input");
  Object.assign(input, { type: "range", id: "atlas-year", min: first, max: last + 1, step: 1 });
  input.value = chosen ? chosen.dataset.year : last + 1;
  const output = document.createElement("output");
  output.htmlFor = "atlas-year";
  const play = document.createElement("button");
  play.type = "button";
  play.className = "secondary";
  play.textContent = words.play;
  box.append(label, input, output, play);
  section.querySelector("[data-part]").before(box);

  const text = () => (Number(input.value) > last ? words.all : input.value);
  const tell = () => {
    output.textContent = text();
    input.setAttribute("aria-valuetext", text());
  };
  tell();
  let waiting = 0;
  const go = () => {
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(() => show(addressOf(Number(input.value) > last ? null : input.value)), 180);
  };
  input.addEventListener("input", () => {
    stop();
    go();
  });

  let playing = 0;
  function stop() {
    clearInterval(playing);
    playing = 0;
    play.textContent = words.play;
  }
  play.addEventListener("click", () => {
    if (playing) return stop();
    if (Number(input.value) >= last) input.value = first;
    play.textContent = words.stop;
    go();
    playing = setInterval(() => {
      if (Number(input.value) >= last) return stop();
      input.value = Number(input.value) + 1;
      go();
    }, still.matches ? 2500 : 1200);
  });
}

const time = document.querySelector("[data-atlas-time]");
if (time) slider(time);

function canDraw() {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2"));
  } catch {
    return false;
  }
}

// The engine is some 300 kB: it comes when the map is seen, and not where data is dear.
function engine() {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = view.dataset.style;
  const script = document.createElement("script");
  script.src = view.dataset.engine;
  document.head.append(style, script);
}

function offer() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "secondary atlas-switch no-print";
  button.textContent = words.open;
  view.before(button);
  let isLoaded = false;
  const open = () => {
    if (isLoaded) {
      view.dispatchEvent(new Event("atlas:switch"));
    } else {
      isLoaded = true;
      engine();
    }
  };
  button.addEventListener("click", open);
  view.addEventListener("atlas:shown", () => {
    button.textContent = view.classList.contains("is-moving") ? words.plain : words.open;
  });
  if (navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches) return;
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    const start = () => !isLoaded && open();
    if (window.requestIdleCallback) requestIdleCallback(start, { timeout: 1500 });
    else setTimeout(start, 300);
  });
  seen.observe(view);
}

if (view && canDraw()) offer();
