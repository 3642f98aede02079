// Intl.ListFormat, PluralRules, RelativeTimeFormat and Segmenter for English.
const words = ["a", "b", "c", "d", "e f"];
for (const type of ["conjunction", "disjunction", "unit"]) {
  for (const style of ["long", "short", "narrow"]) {
    const format = new Intl.ListFormat("en", { type, style });
    for (let count = 0; count <= words.length; count++) log(format.format(words.slice(0, count)), JSON.stringify(format.formatToParts(words.slice(0, count))));
  }
}
for (const type of ["cardinal", "ordinal"]) {
  for (const minimumFractionDigits of [0, 2]) {
    const rules = new Intl.PluralRules("en", { type, minimumFractionDigits });
    for (const n of [0, 1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111, 112, 1.5, 0.5, -1, 1e6, NaN, Infinity]) log(type, n, rules.select(n));
    log(attempt(() => rules.selectRange(1, 2)), attempt(() => rules.selectRange(NaN, 2)), attempt(() => rules.selectRange(1)), JSON.stringify(rules.resolvedOptions()));
  }
}
for (const numeric of ["auto", "always"]) {
  for (const style of ["long", "short", "narrow"]) {
    const format = new Intl.RelativeTimeFormat("en", { numeric, style });
    for (const unit of ["second", "seconds", "minute", "hour", "day", "week", "month", "quarter", "year", "x"]) {
      for (const n of [0, -0, 1, -1, 2, -2, 1.5, 1000, 12345.678, NaN]) log(n, attempt(() => format.format(n, unit)), attempt(() => JSON.stringify(format.formatToParts(n, unit))));
    }
  }
}
const text = "The quick (“brown”) fox can’t jump 32.3 feet, right? e\u0301 \u{1F468}\u200d\u{1F469}\u200d\u{1F467} x\r\ny foo_bar a.b 1,000 U.S.A. Hi!";
for (const granularity of ["grapheme", "word"]) {
  for (const { segment, index, isWordLike } of new Intl.Segmenter("en", { granularity }).segment(text)) log(segment, index, isWordLike);
}
