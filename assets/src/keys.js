// The keys of every page. What acts says its own key in the page (data-key), so that no list of
// keys is kept here; what `?` shows is the page /clavier, which everybody can read without scripts.

const WAIT = 1500;
const KEPT = "contrechamp-keys";
const FIELD = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range]), textarea, select, [contenteditable]";
const ITEMS = "main :is(.results, .doc-rows, .lines, .news, .related, .projects, [data-items]) > li, main tbody > tr";

let on = kept() !== "off";
let before = "";
let since = 0;

// Some browsers refuse even to ask.
function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(value) {
  try {
    if (value) localStorage.setItem(KEPT, value);
    else localStorage.removeItem(KEPT);
  } catch {
    // For this page, then.
  }
}

function isForUs(event) {
  return event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey
    && !event.target.closest?.(FIELD);
}

// First of all listeners: when keys are off, no script of the page hears a letter either.
window.addEventListener("keydown", (event) => {
  if (!on && isForUs(event) && !event.target.closest("[data-keys-inside]")) event.stopImmediatePropagation();
}, true);

document.addEventListener("keydown", (event) => {
  if (!on || event.defaultPrevented || !isForUs(event) || document.querySelector("dialog[open]")) return;
  const typed = before && event.timeStamp - since < WAIT ? `${before} ${event.key}` : event.key;
  before = "";
  if (typed === "j" || typed === "k") {
    if (step(typed === "j" ? 1 : -1)) event.preventDefault();
    return;
  }
  const known = [...document.querySelectorAll("[data-key]")];
  const found = known.find((each) => each.dataset.key === typed);
  if (found) {
    event.preventDefault();
    act(found);
  } else if (known.some((each) => each.dataset.key.startsWith(`${typed} `))) {
    before = typed;
    since = event.timeStamp;
  }
});

function act(found) {
  if (found.dataset.key === "?") show(found.href);
  else if (found.matches("input, textarea, select")) found.focus();
  else found.click();
}

// The first link of the next row; a page that moves through its own rows (data-review) does it itself.
function step(by) {
  if (document.querySelector("[data-review]")) return false;
  const rows = [...document.querySelectorAll(ITEMS)].filter((row) => row.querySelector("a[href]"));
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by];
  next?.querySelector("a[href]").focus();
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}

async function show(address) {
  const list = await fetch(address)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => new DOMParser().parseFromString(text, "text/html").querySelector("[data-keys-list]"))
    .catch(() => null);
  if (!list || !window.HTMLDialogElement) {
    location.href = address;
    return;
  }
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const close = document.createElement("form");
  close.method = "dialog";
  close.className = "dialog-head";
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = document.querySelector("[data-key='?']").textContent;
  const button = document.createElement("button");
  button.className = "secondary";
  button.textContent = document.documentElement.lang === "en" ? "Close" : "Fermer";
  close.append(title, button);
  dialog.append(close, document.importNode(list, true));
  here(dialog);
  settings(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

// What this page adds to the keys of all pages.
function here(dialog) {
  const place = dialog.querySelector("[data-keys-here]");
  const own = [...document.querySelectorAll("main [data-key]")];
  for (const each of own) {
    const keys = document.createElement("dt");
    const key = document.createElement("kbd");
    key.textContent = each.dataset.key;
    keys.append(key);
    const does = document.createElement("dd");
    does.textContent = each.dataset.keyLabel ?? each.getAttribute("aria-label") ?? (each.textContent.trim() || each.labels?.[0]?.textContent.trim());
    place.querySelector("dl").append(keys, does);
  }
  const said = [...document.querySelectorAll("main [data-keys]")];
  for (const each of said) {
    const copy = each.cloneNode(true);
    copy.hidden = false;
    place.append(copy);
  }
  place.hidden = !own.length && !said.length;
}

// To switch them off (WCAG 2.1.4), for this page, or for good when somebody asks for it.
function settings(inside) {
  const part = inside.querySelector("[data-keys-switch]");
  if (!part) return;
  part.hidden = false;
  inside.querySelector("[data-keys-without]")?.remove();
  const active = part.querySelector("[data-keys-on]");
  const always = part.querySelector("[data-keys-keep]");
  active.checked = on;
  always.checked = kept() !== null;
  part.addEventListener("change", () => {
    on = active.checked;
    keep(always.checked ? (on ? "on" : "off") : null);
  });
}

settings(document);
