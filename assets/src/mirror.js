// Search in a copy of the site that is made of files. There is no server to ask, and a page opened
// from a disk may fetch nothing: the index comes as small scripts, a few for each question.
// Without this file the page is the directory, which holds the same.
// The rules for words are those of search/domain/words.py; a test compares them.

import { stem, tokens, STOPWORDS } from "./stems.js";

const PER_PAGE = 10;
const place = document.querySelector("[data-index]");
const english = document.documentElement.lang === "en";
const say = (french, other) => (english ? other : french);

const loading = new Map();
const given = { plan: null, shards: new Map(), blocks: new Map() };
window.contrechampSearch = {
  plan: (plan) => (given.plan = plan),
  shard: (prefix, words) => given.shards.set(prefix, words),
  block: (number, lines) => given.blocks.set(number, lines),
};

const load = (name) => {
  if (!loading.has(name)) {
    loading.set(
      name,
      new Promise((done) => {
        const script = document.createElement("script");
        script.src = place.dataset.index + name;
        script.onload = script.onerror = done; // What is missing is not found, and the rest is.
        document.head.append(script);
      }),
    );
  }
  return loading.get(name);
};

const shardName = (prefix) =>
  `w-${[...prefix].map((sign) => (/[0-9a-z]/.test(sign) ? sign : `_${sign.codePointAt(0).toString(16)}_`)).join("")}.js`;

const shardOf = (word) => {
  const known = new Set(given.plan.shards);
  for (let length = word.length; length > 0; length -= 1) {
    if (known.has(word.slice(0, length))) return word.slice(0, length);
  }
  return null;
};

const numbers = (text) => {
  let at = 0;
  return text ? text.split(".").map((step) => (at += parseInt(step, 36))) : [];
};

// Which results have a word: 2 in the title, 1 in the text. A word that nobody wrote like this is
// taken for the beginning of one.
const having = async (word) => {
  const wanted = stem(word);
  const prefix = shardOf(wanted) ?? shardOf(word);
  const found = new Map();
  if (prefix === null) return found;
  await load(shardName(prefix));
  const words = given.shards.get(prefix) ?? {};
  const same = Object.hasOwn(words, wanted) ? [wanted] : Object.keys(words).filter((one) => one.startsWith(word) && word.length > 1);
  for (const one of same) {
    const [titles, texts] = words[one].split("|").map(numbers);
    for (const number of texts) if (!found.has(number)) found.set(number, 1);
    for (const number of titles) found.set(number, 2);
  }
  return found;
};

const find = async (text) => {
  const all = [...new Set(tokens(text))];
  const kept = all.filter((word) => !STOPWORDS.has(word));
  const words = kept.length ? kept : all;
  const lists = await Promise.all(words.map(having));
  const sums = new Map();
  for (const list of lists) {
    for (const [number, weight] of list) {
      const sum = sums.get(number) ?? { number, words: 0, weight: 0 };
      sum.words += 1;
      sum.weight += weight;
      sums.set(number, sum);
    }
  }
  const ranked = [...sums.values()].sort((a, b) => b.words - a.words || b.weight - a.weight || a.number - b.number);
  const whole = ranked.filter((one) => one.words === words.length);
  return { results: whole.length ? whole : ranked, isPart: !whole.length && ranked.length > 0 };
};

const made = (name, ...inside) => {
  const element = document.createElement(name);
  element.append(...inside);
  return element;
};

const line = ([title, file, kind, text]) => {
  const link = made("a", title);
  link.href = place.dataset.top + file;
  const meta = made("span", given.plan.kinds[kind] ?? "");
  meta.className = "tag";
  const item = made("li", made("h3", link), made("p", meta, " ", text));
  item.dataset.line = "";
  return item;
};

const show = async (found, from) => {
  const part = found.results.slice(from, from + PER_PAGE);
  const blocks = [...new Set(part.map((one) => Math.floor(one.number / given.plan.block)))];
  await Promise.all(blocks.map((block) => load(`d-${block}.js`)));
  const list = place.querySelector("ol");
  for (const { number } of part) {
    const shown = given.blocks.get(Math.floor(number / given.plan.block))?.[number % given.plan.block];
    if (shown) list.append(line(shown));
  }
  const more = place.querySelector("button");
  more.hidden = from + PER_PAGE >= found.results.length;
  more.onclick = async () => {
    const before = list.children.length;
    await show(found, from + PER_PAGE);
    list.children[before]?.querySelector("a").focus();
  };
};

const answer = async (text) => {
  await load("plan.js");
  place.hidden = false;
  const told = place.querySelector("[role=status]");
  if (!given.plan) {
    told.textContent = say("L'index de cette copie manque : parcourez le répertoire.", "The index of this copy is missing: browse the directory.");
    return;
  }
  const found = await find(text);
  const count = found.results.length;
  told.textContent = !count
    ? say("Rien dans cette copie ne répond à ces mots.", "Nothing in this copy has these words.")
    : (found.isPart ? say("Rien n'a tous ces mots. ", "Nothing has all these words. ") : "") +
      say(`${count} résultat${count > 1 ? "s" : ""}`, `${count} result${count > 1 ? "s" : ""}`);
  await show(found, 0);
};

const asked = new URLSearchParams(location.search).get("q")?.trim();
if (place && asked) {
  for (const field of document.querySelectorAll("input[name=q]")) field.value = asked;
  document.title = `${asked} — ${document.title}`;
  answer(asked);
}
