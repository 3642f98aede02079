// Methods of String on surrogates, combining marks, special casings and white space.
const pieces = ["a", "A", "b", "\u00e9", "e\u0301", "\ud83d\ude00", "\ud83d", "\ude00", "\u0130", "\u0131", "\u00df", "\ufb03", "\u03a3", "\u03c3", "\u03c2", " ", "\t", "\u00a0",
  "\u2028", "\ufeff", "\u180e", "\u0345", "\u1fb3", "\u01c5", "\u0149", "ab", "$", "$&", "$1", "$<x>", "-", "\u1e9e", "\u212b", "\uac00", "\u1100\u1161", "\ud801\udc00",
  "\ud801\udc28", "z", "0", "\u0307", "\u1f80", "\u03b1\u0345", "\u2160", "\u24b6"];
const index = () => pick([0, 1, 2, -1, -2, NaN, Infinity, -Infinity, 1.7, undefined, "1", null, 100, -100]);
for (let i = 0; i < CASES; i++) {
  const s = joined(pieces, 5), t = joined(pieces, 5);
  const template = pick(["$&", "$1", "$$", "$`", "$'", "$0", "$10", "$01", "$<n>", "x", "$", "$<", ""]);
  log(s, t, s.toUpperCase(), s.toLowerCase(), s.trim(), s.trimStart(), s.trimEnd(), s.isWellFormed(), s.toWellFormed());
  log(...["NFC", "NFD", "NFKC", "NFKD"].map((form) => s.normalize(form)), s.at(index()), s.charAt(index()), s.charCodeAt(index()), s.codePointAt(index()));
  log(s.slice(index(), index()), s.substring(index(), index()), s.substr(index(), index()), s.indexOf(t, index()), s.lastIndexOf(t, index()), s.includes(t, index()),
    s.startsWith(t, index()), s.endsWith(t, index()), s.padStart(7, t), s.padEnd(9, t), s < t, s.concat(t, 1, null));
  log(s.split(t).length, s.split("").length, [...s].length, s.split(pick(pieces), pick([undefined, 0, 1, 2, -1, 2 ** 32, 2 ** 32 + 1])).join("|"));
  log(template, s.replace(pick(pieces), template), s.replaceAll(pick(pieces), template), s.replaceAll("", template), s.replace(/(a)|(b)/, template),
    s.replace(/(?<n>a)|(b)/g, template), s.replaceAll(/./gsu, (match) => match.length), s.search(/\s/), s.match(/\w/g));
  log(encodeURIComponent(s.toWellFormed()), attempt(() => encodeURI(s)), attempt(() => decodeURIComponent(encodeURI(t.toWellFormed()) + pick(["", "%", "%e9", "%C3%A9", "%2f"]))));
  log(attempt(() => decodeURI("%2f%3B" + encodeURIComponent(t.toWellFormed()) + pick(["", "%24%e9", "%C3%A9%2C", "%F0%9F%98%80"]))));
  log(s.toWellFormed().localeCompare(t.toWellFormed()));
}
