// Comfort only: without this file the form is sent, and the results say the same.
// Suggestions under the search fields (the combobox pattern of the ARIA practices). What is typed
// is sent to our own server alone, which keeps none of it.

const WAIT_MS = 120;
const SHORTEST = 2;
const french = document.documentElement.lang !== "en";
const KINDS = french
  ? { place: "lieu", project: "projet", actor: "acteur", technology: "technologie", contract: "contrat", term: "mot" }
  : { place: "place", project: "project", actor: "actor", technology: "technology", contract: "contract", term: "word" };

const element = (name, attributes, ...inside) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};

const suggestTo = (field) => {
  const id = `${field.id}-suggestions`;
  const list = element("ul", { id, role: "listbox", class: "typeahead", "aria-label": "Suggestions", hidden: "" });
  const said = element("span", { class: "visually-hidden", role: "status" });
  const box = element("span", { class: "suggesting" });
  field.before(box);
  box.append(field, list, said);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
  })) field.setAttribute(name, value);

  let found = [];
  let at = -1;
  let timer = 0;
  let asking = null;

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const choose = (number) => {
    at = number;
    [...list.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (suggestions) => {
    const chosen = found[at]?.url; // A late answer may not take the choice away.
    found = suggestions;
    list.replaceChildren(
      ...found.map((each, number) => {
        const note = each.kind === "term" ? KINDS.term : each.note || KINDS[each.kind] || "";
        const line = element(
          "li",
          { id: `${id}-${number}`, role: "option", "aria-selected": "false", class: `kind-${each.kind}` },
          element("span", {}, each.label),
          element("span", { class: "meta" }, note),
        );
        line.addEventListener("pointerdown", (event) => event.preventDefault()); // Keep the focus.
        line.addEventListener("click", () => location.assign(each.url));
        return line;
      }),
    );
    choose(found.findIndex((each) => each.url === chosen));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    said.textContent = found.length
      ? french
        ? `${found.length} suggestion${found.length > 1 ? "s" : ""}, flèches pour choisir.`
        : `${found.length} suggestion${found.length > 1 ? "s" : ""}, arrows to choose.`
      : "";
  };

  const ask = async () => {
    asking?.abort();
    const typed = field.value.trim();
    if (typed.length < SHORTEST) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // Aborted, or no network: the form still works.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    if (field.value.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, WAIT_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // Else the field is emptied as well.
      return close();
    }
    if (event.key === "Enter" && at >= 0 && !list.hidden) {
      event.preventDefault();
      return location.assign(found[at].url);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) return ask();
    const places = found.length + 1; // One of them is the field itself.
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(((at + 1 + step + places) % places) - 1);
  });
  field.addEventListener("blur", close);
};

for (const field of document.querySelectorAll("input[data-suggest]")) suggestTo(field);
