// Read before every program of this folder, in Node and here. The harness declares CASES and SEED first.
let state = SEED;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const below = (limit) => Math.floor(random() * limit);
const pick = (values) => values[below(values.length)];
const joined = (pieces, most) => Array.from({ length: below(most + 1) }, () => pick(pieces)).join("");
const attempt = (act) => { try { return act(); } catch (error) { return `${error.name}: ${error.message}`; } };
const shown = (value) => {
  if (typeof value === "string") return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
  return Object.is(value, -0) ? "-0" : typeof value === "bigint" ? `${value}n` : String(value);
};
const log = (...values) => console.log(values.map(shown).join(" "));
