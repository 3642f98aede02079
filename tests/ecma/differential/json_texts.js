// Texts that are nearly JSON: what JSON.parse gives, or its message.
const pieces = ["{", "}", "[", "]", ",", ":", '"a"', '"__proto__"', "1", "-", "-1", "0", "01", "1.", "1.5", "1e5", "1e", ".5", "true", "false", "null", "nul", "tru",
  "undefined", " ", "\n", "\t", '"', "\\", '"\\n"', '"\\u0041"', '"\\u00"', '"\\x"', '"\n"', "\u2028", '"\u2028"', "\u00a0", "\ufeff", '"\ud83d"', '"\ud83d\ude00"', "😀",
  "/", "//c", "'a'", "NaN", "Infinity", "+1", '"\u0007"', '"abc', "a", "1e400", "-0", "12345678901234567890", '"\\ud83d"', "{}", "[]", '"k":1', "\\u0041", "\r"];
for (let i = 0; i < CASES; i++) {
  let text = joined(pieces, 7);
  if (random() < 0.1) text += " ".repeat(30) + text;
  if (random() < 0.1) text = "[" + '"padding text here",'.repeat(below(4)) + text;
  log(text, attempt(() => JSON.stringify(JSON.parse(text))));
}
for (const text of ['[1,2,{"a":[3]}]', '{"a":{"b":1},"c":[1,2]}']) {
  const seen = [];
  const result = JSON.parse(text, function (key, value) {
    seen.push(`${key}:${JSON.stringify(value)}${JSON.stringify(this)}`);
    if (key === "1") delete this[2];
    return key === "a" ? undefined : value;
  });
  log(seen.join(";"), JSON.stringify(result));
}
log(JSON.parse("[".repeat(5000) + "]".repeat(5000)).length);
