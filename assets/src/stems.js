// Words as the search of the site compares them: search/domain/letters.py and words.py, in JavaScript.
// tests/mirror/test_stems.py runs both on the same words.

const LONGEST = 60;
const INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff";
const WORD = new RegExp(`(?:[\\p{L}\\p{N}][\\u0300-\\u036f${INVISIBLE}]*)+`, "gu");
const LIGATURES = { œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d", ß: "ss" };

export const STOPWORDS = new Set(
  (
    "a ai as au aux avec ce ces cet cette d dans de des du elle en est et eu il ils j je l la " +
    "le les leur leurs lui m ma mais me mes n ne nos notre nous on ou par pas pour qu que qui " +
    "s sa sans se ses si son sont sur t ta te tes ton tu un une vos votre vous y c the of and"
  ).split(" "),
);

const fold = (word) =>
  [
    ...word
      .replace(/\p{Cf}/gu, "")
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[œæøłđß]/g, (sign) => LIGATURES[sign])
      .replace(/\p{M}/gu, ""),
  ]
    .filter((sign) => /[\p{L}\p{N}]/u.test(sign))
    .slice(0, LONGEST)
    .join("");

export const tokens = (text) => (text.match(WORD) ?? []).map(fold).filter(Boolean);

const ENDINGS = [
  ["oiement", 7, "oy"],
  ["issement", 9, "ir"],
  ["issant", 8, "ir"],
  ["ivement", 8, "if"],
  ["ement", 6, "e"],
  ["ficatrice", 11, "fier"],
  ["ficateur", 10, "fier"],
  ["catrice", 9, "quer"],
  ["cateur", 8, "quer"],
  ["isateur", 9, "is"],
  ["atrice", 8, "er"],
  ["ateur", 7, "er"],
  ["teuse", 7, "ter"],
  ["teur", 6, "ter"],
  ["trice", 6, "teur"],
  ["ieme", 5, ""],
  ["euse", 5, "eu"],
  ["ere", 8, "er"],
  ["ive", 7, "if"],
  ["nnelle", 9, "n"],
  ["nnel", 9, "n"],
  ["ique", 8, ""],
  ["esse", 8, "e"],
  ["inage", 7, "in"],
  ["isation", 9, "is"],
  ["ation", 8, ""],
  ["ition", 8, ""],
];

const singular = (word) => {
  if (word.length > 5 && word.endsWith("x")) {
    word = word.endsWith("aux") && word.at(-4) !== "e" ? `${word.slice(0, -2)}l` : word.slice(0, -1);
  } else if (word.length > 3 && word.endsWith("x")) word = word.slice(0, -1);
  return word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : word;
};

const ending = (word) => {
  for (const [end, longer, instead] of ENDINGS) {
    if (word.length > longer && word.endsWith(end)) return word.slice(0, -end.length) + instead;
  }
  return word;
};

const norm = (word) => {
  if (word.length <= 4) return word;
  word = word.replace(/(.)\1+/g, "$1");
  if (word.length > 4 && word.endsWith("ie")) word = word.slice(0, -2);
  for (const letter of "ree") if (word.length > 4 && word.endsWith(letter)) word = word.slice(0, -1);
  return word;
};

export const stem = (word) => (/^[a-z]+$/.test(word) ? norm(ending(singular(word))) : word);
