// Writes the Unicode tables of odw/ecma/regexp, as Node's own regular expressions know them:
//   node tools/unicode_tables.mjs TEST262 odw/ecma/regexp
// TEST262 is a checkout of tc39/test262, which lists the emoji sequences to ask Node about; nothing else is taken from it.
import fs from "node:fs";
import path from "node:path";

const [checkout, target] = process.argv.slice(2);

const CATEGORIES = `Lu Uppercase_Letter|Ll Lowercase_Letter|Lt Titlecase_Letter|LC Cased_Letter|Lm Modifier_Letter|Lo Other_Letter|
L Letter|Mn Nonspacing_Mark|Mc Spacing_Mark|Me Enclosing_Mark|M Mark Combining_Mark|Nd Decimal_Number digit|Nl Letter_Number|
No Other_Number|N Number|Pc Connector_Punctuation|Pd Dash_Punctuation|Ps Open_Punctuation|Pe Close_Punctuation|
Pi Initial_Punctuation|Pf Final_Punctuation|Po Other_Punctuation|P Punctuation punct|Sm Math_Symbol|Sc Currency_Symbol|
Sk Modifier_Symbol|So Other_Symbol|S Symbol|Zs Space_Separator|Zl Line_Separator|Zp Paragraph_Separator|Z Separator|
Cc Control cntrl|Cf Format|Cs Surrogate|Co Private_Use|Cn Unassigned|C Other`;
const UNIONS = new Set(["LC", "L", "M", "N", "P", "S", "Z", "C"]); // made of the others when they are read

const BINARY = `ASCII_Hex_Digit AHex|Alphabetic Alpha|Bidi_Control Bidi_C|Bidi_Mirrored Bidi_M|Case_Ignorable CI|Cased|
Changes_When_Casefolded CWCF|Changes_When_Casemapped CWCM|Changes_When_Lowercased CWL|Changes_When_NFKC_Casefolded CWKCF|
Changes_When_Titlecased CWT|Changes_When_Uppercased CWU|Dash|Default_Ignorable_Code_Point DI|Deprecated Dep|Diacritic Dia|
Emoji|Emoji_Component EComp|Emoji_Modifier EMod|Emoji_Modifier_Base EBase|Emoji_Presentation EPres|
Extended_Pictographic ExtPict|Extender Ext|Grapheme_Base Gr_Base|Grapheme_Extend Gr_Ext|Hex_Digit Hex|ID_Continue IDC|
ID_Start IDS|IDS_Binary_Operator IDSB|IDS_Trinary_Operator IDST|Ideographic Ideo|Join_Control Join_C|
Logical_Order_Exception LOE|Lowercase Lower|Math|Noncharacter_Code_Point NChar|Pattern_Syntax Pat_Syn|
Pattern_White_Space Pat_WS|Quotation_Mark QMark|Radical|Regional_Indicator RI|Sentence_Terminal STerm|Soft_Dotted SD|
Terminal_Punctuation Term|Unified_Ideograph UIdeo|Uppercase Upper|Variation_Selector VS|White_Space space|
XID_Continue XIDC|XID_Start XIDS`;

const SCRIPTS = `Adlam Adlm|Ahom|Anatolian_Hieroglyphs Hluw|Arabic Arab|Armenian Armn|Avestan Avst|Balinese Bali|Bamum Bamu|
Bassa_Vah Bass|Batak Batk|Bengali Beng|Beria_Erfe Berf|Bhaiksuki Bhks|Bopomofo Bopo|Brahmi Brah|Braille Brai|Buginese Bugi|
Buhid Buhd|Canadian_Aboriginal Cans|Carian Cari|Caucasian_Albanian Aghb|Chakma Cakm|Cham|Cherokee Cher|Chorasmian Chrs|
Common Zyyy|Coptic Copt Qaac|Cuneiform Xsux|Cypriot Cprt|Cypro_Minoan Cpmn|Cyrillic Cyrl|Deseret Dsrt|Devanagari Deva|
Dives_Akuru Diak|Dogra Dogr|Duployan Dupl|Egyptian_Hieroglyphs Egyp|Elbasan Elba|Elymaic Elym|Ethiopic Ethi|Garay Gara|
Georgian Geor|Glagolitic Glag|Gothic Goth|Grantha Gran|Greek Grek|Gujarati Gujr|Gunjala_Gondi Gong|Gurmukhi Guru|
Gurung_Khema Gukh|Han Hani|Hangul Hang|Hanifi_Rohingya Rohg|Hanunoo Hano|Hatran Hatr|Hebrew Hebr|Hiragana Hira|
Imperial_Aramaic Armi|Inherited Zinh Qaai|Inscriptional_Pahlavi Phli|Inscriptional_Parthian Prti|Javanese Java|Kaithi Kthi|
Kannada Knda|Katakana Kana|Kawi|Kayah_Li Kali|Kharoshthi Khar|Khitan_Small_Script Kits|Khmer Khmr|Khojki Khoj|
Khudawadi Sind|Kirat_Rai Krai|Lao Laoo|Latin Latn|Lepcha Lepc|Limbu Limb|Linear_A Lina|Linear_B Linb|Lisu|Lycian Lyci|
Lydian Lydi|Mahajani Mahj|Makasar Maka|Malayalam Mlym|Mandaic Mand|Manichaean Mani|Marchen Marc|Masaram_Gondi Gonm|
Medefaidrin Medf|Meetei_Mayek Mtei|Mende_Kikakui Mend|Meroitic_Cursive Merc|Meroitic_Hieroglyphs Mero|Miao Plrd|Modi|
Mongolian Mong|Mro Mroo|Multani Mult|Myanmar Mymr|Nabataean Nbat|Nag_Mundari Nagm|Nandinagari Nand|New_Tai_Lue Talu|Newa|
Nko Nkoo|Nushu Nshu|Nyiakeng_Puachue_Hmong Hmnp|Ogham Ogam|Ol_Chiki Olck|Ol_Onal Onao|Old_Hungarian Hung|Old_Italic Ital|
Old_North_Arabian Narb|Old_Permic Perm|Old_Persian Xpeo|Old_Sogdian Sogo|Old_South_Arabian Sarb|Old_Turkic Orkh|
Old_Uyghur Ougr|Oriya Orya|Osage Osge|Osmanya Osma|Pahawh_Hmong Hmng|Palmyrene Palm|Pau_Cin_Hau Pauc|Phags_Pa Phag|
Phoenician Phnx|Psalter_Pahlavi Phlp|Rejang Rjng|Runic Runr|Samaritan Samr|Saurashtra Saur|Sharada Shrd|Shavian Shaw|
Siddham Sidd|Sidetic Sidt|SignWriting Sgnw|Sinhala Sinh|Sogdian Sogd|Sora_Sompeng Sora|Soyombo Soyo|Sundanese Sund|
Sunuwar Sunu|Syloti_Nagri Sylo|Syriac Syrc|Tagalog Tglg|Tagbanwa Tagb|Tai_Le Tale|Tai_Tham Lana|Tai_Viet Tavt|Tai_Yo Tayo|
Takri Takr|Tamil Taml|Tangsa Tnsa|Tangut Tang|Telugu Telu|Thaana Thaa|Thai|Tibetan Tibt|Tifinagh Tfng|Tirhuta Tirh|
Todhri Todr|Tolong_Siki Tols|Toto|Tulu_Tigalari Tutg|Ugaritic Ugar|Unknown Zzzz|Vai Vaii|Vithkuqi Vith|Wancho Wcho|
Warang_Citi Wara|Yezidi Yezi|Yi Yiii|Zanabazar_Square Zanb`;

const STRING_PROPERTIES = ["Basic_Emoji", "Emoji_Keycap_Sequence", "RGI_Emoji_Flag_Sequence", "RGI_Emoji_Modifier_Sequence",
  "RGI_Emoji_Tag_Sequence", "RGI_Emoji_ZWJ_Sequence"];

const names = (text) => text.split(/\|\s*/).map((row) => row.split(" "));

function stringOf(low, high) {
  const parts = [];
  for (let code = low; code <= high; code++) parts.push(String.fromCodePoint(code));
  return parts.join("");
}
const BEFORE = stringOf(0, 0xd7ff);
const AFTER = stringOf(0xe000, 0x10ffff);

// The code points that a pattern matches, as "gap length gap length …" in hexadecimal: so many out, so many in.
function encode(pattern, alias) {
  const ranges = [];
  const add = (low, high) => {
    if (ranges.length && ranges.at(-1)[1] === low - 1) ranges.at(-1)[1] = high;
    else ranges.push([low, high]);
  };
  const scan = (text, first) => {
    let index = 0, code = first;
    const advance = (until) => {
      for (; index < until; code++) index += code > 0xffff ? 2 : 1;
    };
    for (const match of text.matchAll(new RegExp(`${pattern}+`, "gu"))) {
      advance(match.index);
      const low = code;
      advance(match.index + match[0].length);
      add(low, code - 1);
    }
  };
  scan(BEFORE, 0);
  const one = new RegExp(`^${pattern}$`, "u");
  for (let code = 0xd800; code < 0xe000; code++) if (one.test(String.fromCharCode(code))) add(code, code);
  scan(AFTER, 0xe000);
  for (const name of alias) new RegExp(name, "u"); // every spelling must be one that Node takes
  let following = 0;
  const words = [];
  for (const [low, high] of ranges) {
    words.push((low - following).toString(16), (high - low + 1).toString(16));
    following = high + 1;
  }
  return words.join(" ");
}

// Sets of characters that the flag i takes for one another, each as hexadecimal numbers; sets are separated by commas.
function foldings(flags, last) {
  const cased = [];
  for (let code = 0; code <= last; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const text = String.fromCodePoint(code);
    if (text.toLowerCase() !== text || text.toUpperCase() !== text || /\p{CWCM}|\p{CWCF}|\p{CWKCF}/u.test(text)) cased.push(text);
  }
  const all = cased.join("");
  const seen = new Set();
  const sets = [];
  for (const text of cased) {
    if (seen.has(text)) continue;
    const escape = flags === "u" ? `\\u{${text.codePointAt(0).toString(16)}}` : `\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}`;
    const equal = all.match(new RegExp(escape, `gi${flags}`)) ?? [];
    equal.forEach((other) => seen.add(other));
    if (equal.length > 1) sets.push(equal.map((other) => other.codePointAt(0).toString(16)).join(" "));
  }
  return sets.join(",");
}

const lines = [`version: ${process.versions.unicode}`];
for (const alias of names(CATEGORIES)) {
  const data = UNIONS.has(alias[0]) ? "" : encode(`\\p{gc=${alias[0]}}`, alias.map((name) => `\\p{${name}}`));
  lines.push(`gc ${alias.join(" ")}: ${data}`);
}
for (const alias of names(BINARY)) lines.push(`is ${alias.join(" ")}: ${encode(`\\p{${alias[0]}}`, alias.map((name) => `\\p{${name}}`))}`);
for (const alias of names(SCRIPTS)) {
  const own = encode(`\\p{sc=${alias[0]}}`, alias.map((name) => `\\p{sc=${name}}`));
  const wide = encode(`\\p{scx=${alias[0]}}`, alias.map((name) => `\\p{scx=${name}}`));
  lines.push(`sc ${alias.join(" ")}: ${own}`);
  if (wide !== own) lines.push(`scx ${alias.join(" ")}: ${wide}`);
}
lines.push(`fold u: ${foldings("u", 0x1ffff)}`, `fold i: ${foldings("", 0xffff)}`);
fs.writeFileSync(path.join(target, "unicode.txt"), lines.join("\n") + "\n");

const sequences = [];
for (const name of STRING_PROPERTIES) {
  const file = path.join(checkout, "test/built-ins/RegExp/property-escapes/generated/strings", `${name}.js`);
  const listed = fs.readFileSync(file, "utf8").match(/matchStrings: (\[[^]*?\])/)[1].replace(/,\s*\]/, "]");
  const strings = JSON.parse(listed.replace(/\\x([0-9a-f]{2})/gi, "\\u00$1").replace(/\\u\{([0-9a-f]+)\}/gi,
    (_, digits) => String.fromCodePoint(parseInt(digits, 16))).replace(/'/g, '"'));
  const known = new RegExp(`^\\p{${name}}$`, "v");
  const kept = strings.filter((text) => known.test(text));
  if (kept.length !== strings.length) console.error(`${name}: Node knows ${kept.length} of ${strings.length}`);
  sequences.push(`${name}: ${kept.join(" ")}`);
}
fs.writeFileSync(path.join(target, "emoji.txt"), sequences.join("\n") + "\n");
