/* The review room by keyboard; every act works without it. */
const form = document.querySelector("form[data-watch]");
if (form) {
  const lines = [...form.querySelectorAll("[data-line]")];
  const here = () => document.activeElement?.closest("[data-line]") ?? (lines.length === 1 ? lines[0] : null);
  const go = (step) => {
    const now = lines.indexOf(here());
    const next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), lines.length - 1);
    lines[next]?.focus();
    lines[next]?.scrollIntoView({ block: "nearest" });
  };
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    a: () => here()?.querySelector("[data-accept]")?.click(),
    r: () => here()?.querySelector("[data-reason]")?.focus(),
    m: () => {
      const part = here()?.querySelector("[data-merge]");
      if (part) {
        part.open = true;
        (part.querySelector("button, input") ?? part).focus();
      }
    },
    e: () => here()?.querySelector("[data-edit]")?.click(),
    x: () => here()?.querySelector("input[name=ids]")?.click(),
    u: () => document.querySelector("form[data-undo] [name=undo]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const types = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.key === "Enter" && event.target.matches("select[data-reason], .watch-reject input")) {
      event.preventDefault();
      event.target.closest("[data-line]")?.querySelector("[data-reject]")?.click();
    } else if (event.key === "Escape" && types) {
      event.target.closest("[data-line]")?.focus();
    } else if (!types && acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    }
  });
  const wanted = location.hash.slice(1);
  (lines.find((line) => line.id === wanted) ?? null)?.focus();
}
