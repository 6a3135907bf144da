// Comfort for reading, citing and adding documents. Every page works without this file.

const viewer = document.querySelector("[data-viewer]");
if (viewer) read(viewer);
for (const form of document.querySelectorAll("[data-upload]")) upload(form);
for (const here of document.querySelectorAll("[data-reload]")) {
  setTimeout(() => location.reload(), Number(here.dataset.reload) * 1000);
}

function read(viewer) {
  const text = viewer.querySelector("[data-text]");
  const paper = viewer.querySelector("[data-paper]");
  const bar = document.querySelector("[data-cite-bar]");
  const state = { exact: "", start: null, end: null, zone: "" };

  document.querySelector("[data-keys]")?.removeAttribute("hidden");
  if (bar && text) document.addEventListener("selectionchange", debounced(fromSelection, 250));
  if (bar && paper) drag(paper, fromRectangle);
  if (paper) zoom(paper);
  if (bar) buttons();

  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select, [contenteditable]");
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
    const link = { n: "a[rel=next]", p: "a[rel=prev]" }[event.key];
    if (link) document.querySelector(`.viewer-pages ${link}`)?.click();
    else if (event.key === "c" && bar && !bar.hidden) bar.querySelector("button").focus();
    else if (event.key === "Escape") close();
    else if (event.key === "/") {
      event.preventDefault();
      event.stopPropagation();
      document.querySelector("#inside-q")?.focus();
    }
  }, true);

  // Offsets count characters as the server does: code points, not UTF-16 units.
  function offset(node, at) {
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, at);
    return [...range.toString()].length;
  }

  function fromSelection() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const exact = range.toString();
    if (exact.trim().length < 2) return;
    open({
      exact: exact.trim(),
      start: offset(range.startContainer, range.startOffset),
      end: offset(range.endContainer, range.endOffset),
      zone: "",
    });
  }

  async function fromRectangle(zone) {
    const page = await pageData(viewer.dataset.json);
    const inside = page.words.filter(([, , x0, y0, x1, y1]) => {
      const x = (x0 + x1) / 2;
      const y = (y0 + y1) / 2;
      return zone[0] <= x && x <= zone[2] && zone[1] <= y && y <= zone[3];
    });
    const signs = [...page.text];
    const start = Math.min(...inside.map((word) => word[0]));
    const end = Math.max(...inside.map((word) => word[1]));
    const exact = inside.length ? signs.slice(start, end).join("") : "";
    open({ exact, start: null, end: null, zone: zone.map((at) => at.toFixed(4)).join(",") });
  }

  function open(found) {
    Object.assign(state, found);
    bar.querySelector(".cite-bar-text").textContent = found.exact ? `« ${found.exact} »` : "▭";
    for (const name of ["start", "end", "zone"]) {
      const field = bar.querySelector(`[name=${name}]`);
      if (field) field.value = found[name] ?? "";
    }
    bar.hidden = false;
  }

  function close() {
    if (!bar) return;
    bar.hidden = true;
    paper?.querySelector(".drag")?.remove();
  }

  function link() {
    const url = new URL(viewer.dataset.url);
    const words = state.exact.replace(/["\s]+/g, " ").trim();
    if (state.zone) url.searchParams.set("zone", state.zone);
    else url.searchParams.set("q", `"${words.length > 280 ? words.slice(0, 280).replace(/\s\S*$/, "") : words}"`);
    url.hash = "quote";
    return url.href;
  }

  function buttons() {
    const plain = () => state.exact.replace(/\s+/g, " ");
    const copies = {
      "[data-copy-link]": link,
      "[data-copy-text]": () => (state.exact ? `« ${plain()} », ` : "") + viewer.dataset.cited.replace(viewer.dataset.url, link()),
      "[data-copy-bibtex]": () => viewer.dataset.bibtex.replace("§QUOTE§", () => plain()),
    };
    for (const [name, make] of Object.entries(copies)) {
      const button = bar.querySelector(name);
      button?.addEventListener("click", async () => {
        const before = button.textContent;
        await copy(make());
        button.textContent = button.dataset.done;
        setTimeout(() => (button.textContent = before), 2000);
      });
    }
    bar.querySelector("[data-close]")?.addEventListener("click", close);
  }
}

const kept = new Map();

async function pageData(address) {
  if (!kept.has(address)) {
    kept.set(address, fetch(address).then((answer) => answer.json()).catch(() => ({ text: "", words: [] })));
  }
  return kept.get(address);
}

async function copy(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  // Outside https and localhost, as on an onion address.
  const area = document.createElement("textarea");
  area.value = words;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function debounced(act, wait) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
}

// Draw a rectangle on the picture with a mouse or a pen; a finger scrolls.
function drag(paper, done) {
  const marks = paper.querySelector("svg");
  let from = null;
  let box = null;
  const at = (event) => {
    const frame = marks.getBoundingClientRect();
    return [
      Math.min(Math.max((event.clientX - frame.left) / frame.width, 0), 1),
      Math.min(Math.max((event.clientY - frame.top) / frame.height, 0), 1),
    ];
  };
  const zone = (to) => [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])];
  const moved = (event) => Math.hypot(event.clientX - began.clientX, event.clientY - began.clientY) > 6;
  let began = null;
  let drew = false;
  paper.addEventListener("dragstart", (event) => event.preventDefault());
  paper.addEventListener("pointerdown", (event) => {
    drew = false;
    if (event.pointerType === "touch" || event.button !== 0) return;
    began = event;
    from = at(event);
  });
  paper.addEventListener("pointermove", (event) => {
    if (!from || (!box && !moved(event))) return;
    if (!box) {
      paper.querySelector(".drag")?.remove();
      getSelection().removeAllRanges();
      paper.setPointerCapture(event.pointerId);
      box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      box.setAttribute("class", "drag");
      marks.append(box);
    }
    const [x0, y0, x1, y1] = zone(at(event));
    box.setAttribute("x", x0);
    box.setAttribute("y", y0);
    box.setAttribute("width", x1 - x0);
    box.setAttribute("height", y1 - y0);
  });
  const end = (event) => {
    const drawn = box;
    const found = drawn && zone(at(event));
    from = box = began = null;
    if (!drawn) return;
    drew = true;
    if (event.type === "pointercancel" || found[2] - found[0] < 0.01 || found[3] - found[1] < 0.005) drawn.remove();
    else done(found);
  };
  paper.addEventListener("pointerup", end);
  paper.addEventListener("pointercancel", end);
  // A rectangle that ends on a mark does not follow it.
  paper.addEventListener("click", (event) => drew && event.preventDefault(), true);
}

function zoom(paper) {
  let level = 0;
  const set = (to) => {
    level = Math.min(Math.max(to, 0), 2);
    paper.classList.toggle("zoom-1", level === 1);
    paper.classList.toggle("zoom-2", level === 2);
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey) return;
    if (event.key === "+") set(level + 1);
    if (event.key === "-") set(level - 1);
  });
  paper.addEventListener("dblclick", () => set(level ? 0 : 1));
}

// Drag files onto the form, and see how far they are.
function upload(form) {
  const field = form.querySelector("input[type=file]");
  const zone = form.querySelector(".drop");
  const progress = form.querySelector("progress");
  const news = form.querySelector("[data-news]");
  for (const name of ["dragover", "dragenter"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change"));
  });
  field.addEventListener("change", () => {
    const size = [...field.files].reduce((sum, file) => sum + file.size, 0);
    news.textContent = field.files.length ? `${field.files.length} · ${(size / 1e6).toFixed(1)} Mo` : "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (step) => {
      progress.hidden = false;
      progress.max = step.total;
      progress.value = step.loaded;
      news.textContent = step.loaded < step.total ? `${Math.round((100 * step.loaded) / step.total)} %` : news.dataset.reading;
    });
    request.addEventListener("load", () => {
      // The answer is a page: the batch, or the form with its errors.
      if (request.responseURL !== new URL(form.action, location.href).href) location.href = request.responseURL;
      else {
        document.open();
        document.write(request.responseText);
        document.close();
      }
    });
    request.addEventListener("error", () => {
      progress.hidden = true;
      news.textContent = news.dataset.lost;
    });
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    request.send(new FormData(form));
  });
}
