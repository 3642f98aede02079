// escape and unescape: annex B.2.1.
for (const text of ['', 'plain-text_1.2/@*+', 'a b&c', 'ü', 'ÿ', '\u0100', '日本', '😀', '\ud800', null, 12, [1, 2]]) {
  const escaped = escape(text);
  console.log(escaped, unescape(escaped) === String(text));
}
for (const text of ['%', '%4', '%41', '%u004', '%u0041', '%U0041', '%zz%41', '%u00zz', '%%41', '%25%34%31', '%uD83D%uDE00']) {
  console.log(JSON.stringify(unescape(text)));
}
console.log(unescape(encodeURIComponent('Grüße')).length, decodeURIComponent(escape(unescape(encodeURIComponent('Grüße')))));
try { escape(Symbol()); } catch (error) { console.log(error.message); }
console.log(escape.name, escape.length, unescape.name, unescape.length, escape(), unescape());
