// Writes what node says of regular expressions, dates, numbers, lists and URLs to cases/*.json:
//   TZ=UTC node tests/ecma/generate_text_cases.mjs
import { readFileSync, writeFileSync } from "node:fs";

const write = (name, rows) => {
  const text = "[\n" + rows.map((row) => JSON.stringify(row)).join(",\n") + "\n]\n";
  writeFileSync(new URL(`cases/${name}.json`, import.meta.url), text);
};
const input = (name) => JSON.parse(readFileSync(new URL(`cases/${name}.in.json`, import.meta.url), "utf8"));
const attempt = (f) => { try { return f(); } catch (error) { return "!" + error.message; } };

// --- regular expressions ---------------------------------------------------------------------------------------------
let seed = 20241105;
const random = (n) => { seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff; return (seed >>> 8) % n; };
const pick = (list) => list[random(list.length)];
const { atoms, quantifiers, lookarounds, characters, flags, chosen } = input("regexp");

function pattern(depth) {
  const kind = random(12);
  if (depth <= 0 || kind < 4) return pick(atoms);
  if (kind < 6) return pattern(depth - 1) + pattern(depth - 1);
  if (kind < 7) return `(?:${pattern(depth - 1)}|${pattern(depth - 1)})`;
  if (kind < 8) return `(${pattern(depth - 1)})`;
  if (kind < 10) return (random(2) ? "(" : "(?:") + pattern(depth - 1) + ")" + pick(quantifiers);
  if (kind < 11) return pick(lookarounds) + pattern(depth - 1) + ")";
  return pick(["\\1", "\\2", `(${pattern(depth - 1)}|${pattern(depth - 1)})`]);
}

// V8 matches assertions in the middle of a surrogate pair and mistakes some negated classes of the v mode.
const trusted = (source, flag, text, match) =>
  !(flag.includes("v") && source.includes("[^")) &&
  !(/[uv]/.test(flag) && /[\ud800-\udfff]/.test(text) && (!match || match[0] === ""));

function regexpRow(source, flag, text) {
  const compiled = attempt(() => new RegExp(source, flag));
  if (typeof compiled === "string") return [source, flag, text, compiled];
  const match = new RegExp(source, flag.replace(/[dg]/g, "") + "d").exec(text);
  if (!trusted(source, flag, text, match)) return null;
  const every = new RegExp(source, flag.replace("g", "") + "g");
  return [
    source, flag, text,
    match && [...match.indices].map((pair) => pair ?? null),
    match && (match.groups ? Object.entries(match.groups).map(([k, v]) => [k, v ?? null]) : null),
    attempt(() => text.replace(every, "<$&|$1|$`>")),
    attempt(() => text.replace(every, (...all) => `{${all.map((x) => (typeof x === "object" ? Object.keys(x) : x)).join("|")}}`)),
    text.split(compiled).map((part) => part ?? null),
    text.match(every),
    text.search(compiled),
  ];
}

const regexps = chosen.map(([source, flag, text]) => regexpRow(source, flag, text)).filter(Boolean);
while (regexps.length < 900) {
  const source = pattern(4), flag = pick(flags);
  let text = "";
  for (let n = random(9); n > 0; n--) text += pick(characters);
  const row = regexpRow(source, flag, text);
  if (row && !(typeof row[3] === "string" && random(4))) regexps.push(row);
}
write("regexp", regexps);

// --- dates -----------------------------------------------------------------------------------------------------------
const number = (x) => (Number.isNaN(x) ? null : x);
const dates = input("dates");
write("dates", [
  ...dates.parse.map((text) => ["parse", text, number(Date.parse(text))]),
  ...dates.components.map((args) => ["UTC", args, number(Date.UTC(...args))]),
  ...dates.components.map((args) => ["new", args, number(args.length ? new Date(...args).getTime() : NaN)]),
  ...dates.values.flatMap((value) =>
    dates.methods.map((name) => [name, value, attempt(() => { const r = new Date(value)[name](); return typeof r === "number" ? number(r) : r; })])),
  ...dates.setters.flatMap(([name, args]) =>
    dates.values.map((value) => [name, [value, ...args], number(new Date(value)[name](...args))])),
]);

// --- Intl ------------------------------------------------------------------------------------------------------------
const intl = input("intl");
const revive = (n) => (typeof n !== "string" ? n : n.endsWith("n") && n !== "NaN" ? BigInt(n.slice(0, -1)) : Number(n));
const made = (kind, options, f) => attempt(() => f(new Intl[kind]("en-US", options)));
write("intl", [
  ...intl.numberOptions.flatMap((o) => intl.numbers.map((n) => ["NumberFormat", o, n, made("NumberFormat", o, (f) => f.format(revive(n)))])),
  ...intl.dateOptions.flatMap((o) => intl.dates.map((d) => ["DateTimeFormat", o, d, made("DateTimeFormat", o, (f) => f.format(d))])),
  ...["cardinal", "ordinal"].flatMap((type) => intl.plurals.map((n) => ["PluralRules", { type }, n, made("PluralRules", { type }, (f) => f.select(n))])),
  ...intl.listOptions.flatMap((o) => intl.lists.map((l) => ["ListFormat", o, l, made("ListFormat", o, (f) => f.format(l))])),
  ...intl.relativeOptions.flatMap((o) => intl.relative.map((r) => ["RelativeTimeFormat", o, r, made("RelativeTimeFormat", o, (f) => f.format(...r))])),
]);

// --- URLs ------------------------------------------------------------------------------------------------------------
const urls = input("urls");
const parts = ["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"];
const shown = (url) => parts.map((part) => url[part]);
write("urls", [
  ...urls.parse.map(([url, base]) => ["new", url, base, attempt(() => shown(base === null ? new URL(url) : new URL(url, base)))]),
  ...urls.bases.flatMap((base) => urls.set.map(([part, value]) => [part, value, base, attempt(() => {
    const url = new URL(base);
    url[part] = value;
    return shown(url);
  })])),
]);
