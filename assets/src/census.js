/* Comfort for those who write and review; every page works without it. */

const here = (node) => node.closest("[data-line]");

/* Suggestions under a search field: links, reached with Tab. */
for (const input of document.querySelectorAll("input[data-suggest]")) {
  let list = null;
  let wait = 0;
  let asked = 0;
  const clear = () => {
    list?.remove();
    list = null;
  };
  input.addEventListener("input", () => {
    clearTimeout(wait);
    const text = input.value.trim();
    if (text.length < 2) {
      clear();
      return;
    }
    wait = setTimeout(async () => {
      const number = ++asked;
      const address = new URL(input.dataset.suggest, location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { headers: { accept: "application/json" } }).catch(() => null);
      if (!answer?.ok || number !== asked) {
        return;
      }
      const { results } = await answer.json();
      clear();
      if (results.length === 0) {
        return;
      }
      list = document.createElement("ul");
      list.className = "completions";
      for (const one of results) {
        const item = document.createElement("li");
        const choice = document.createElement(input.dataset.fills ? "button" : "a");
        choice.textContent = one.name;
        if (input.dataset.fills) {
          choice.type = "button";
          choice.className = "plain";
          choice.addEventListener("click", () => {
            input.value = one.name;
            const field = document.getElementById(input.dataset.fills);
            if (field) {
              field.value = one.id;
            }
            clear();
            input.focus();
          });
        } else {
          const to = new URL(location.href);
          to.searchParams.set("sujet", one.id);
          to.searchParams.delete("q");
          choice.href = to.pathname + to.search;
        }
        const about = document.createElement("span");
        about.className = "meta";
        about.textContent = ` ${one.about}`;
        item.append(choice, about);
        list.append(item);
      }
      (input.closest("form.search-box") ?? input).after(list);
    }, 180);
  });
  if (input.dataset.fills) {
    input.addEventListener("input", () => {
      const field = document.getElementById(input.dataset.fills);
      if (field) {
        field.value = "";
      }
    });
  }
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      clear();
    }
  });
}

/* Only the fields of the chosen kind of source. */
for (const fields of document.querySelectorAll("[data-evidence]")) {
  const show = () => {
    const chosen = fields.querySelector("input[type=radio][name$=evidence_kind]:checked")?.value ?? "";
    for (const part of fields.querySelectorAll("[data-kind]")) {
      part.hidden = !part.dataset.kind.split(" ").includes(chosen);
    }
  };
  fields.addEventListener("change", show);
  show();
}

/* Review by keyboard: j and k move, a accepts, r returns, x ticks. */
const review = document.querySelector("form[data-review]");
if (review) {
  const lines = [...review.querySelectorAll("[data-line]")];
  const go = (step) => {
    const now = lines.indexOf(here(document.activeElement));
    const next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), lines.length - 1);
    lines[next].focus();
    lines[next].scrollIntoView({ block: "nearest" });
  };
  const current = () => here(document.activeElement) ?? (lines.length === 1 ? lines[0] : null);
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    a: () => current()?.querySelector("[data-accept]")?.click(),
    r: () => current()?.querySelector("[data-reason]")?.focus(),
    x: () => current()?.querySelector("input[name=ids]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    const types = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Enter" && event.target.matches("[data-reason]")) {
      event.preventDefault();
      here(event.target)?.querySelector("[data-return]")?.click();
    } else if (event.key === "Escape" && event.target.matches("[data-reason]")) {
      here(event.target)?.focus();
    } else if (!types && acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    }
  });
}
