// What Date.parse makes of well-formed texts, of damaged ones, and of pieces put together at random.
const words = ["Jan", "january", "Feb", "march", "Sept", "Dec", "Mon", "Monday", "Thu", "AM", "PM", "am", "pm", "T", "Z", "GMT", "UTC", "UT", "EST",
  "EDT", "PST", "CST", "MDT", "+0200", "-05:30", "+02", "-0", "(comment)", "(a(b)c)", "at", "of", "1st", "2nd", "-", ",", "/", ":", ".", " ", "  ",
  "+", "\u00a0", "z", "GMT+0100", "UTC-3", "noon", "J", "Ma", "marc", "xyz", "123456", "2020", "1999", "69", "49", "50", "12:30", "23:59:59", "24:00",
  "12:30:15.5", "10:00:00.123456", "2020-01-02", "2020-01-02T03:04", "2020-01-02T03:04:05Z", "+002020-01-01", "2020-1-2", "1/2/2020", "12/25",
  "Dec 25, 1995", "25 Dec 1995", "Thu, 01 Jan 1970 00:00:00 GMT", "Tue Mar 01 2022 10:20:30 GMT+0200 (CEST)"];
for (let i = 0; i < CASES; i++) {
  let text = "";
  for (let left = 1 + below(6); left > 0; left--) {
    text += random() < 0.5 ? String(below(pick([10, 32, 60, 100, 2030, 10000]))) : pick(words);
    if (random() < 0.5) text += pick([" ", "-", "/", ":", ",", ", "]);
  }
  log(text, Date.parse(text));
}
for (let i = 0; i < CASES; i++) {
  const date = new Date(Math.floor((random() - 0.5) * 8e12));
  const iso = date.toISOString();
  let text = pick([iso, date.toString(), date.toUTCString(), date.toLocaleString(), date.toDateString(), iso.replace("T", " "),
    date.toLocaleDateString("en-US", { dateStyle: "long" }), iso.slice(0, 10).replace(/-/g, "/"), iso.slice(0, 16) + "+05:30"]);
  if (random() < 0.6) {
    const at = below(text.length);
    text = text.slice(0, at) + (random() < 0.5 ? "" : pick([..."09:- TZa.+/"]) + text[at]) + text.slice(at + 1);
  }
  log(text, Date.parse(text));
}
