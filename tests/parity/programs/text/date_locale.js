const d = new Date("2024-01-05T15:04:05.067Z");
console.log(d.toLocaleString("en-US", { timeZone: "UTC" }), d.toLocaleDateString("en-US"), d.toLocaleTimeString("en-US"), d.toLocaleDateString("en-US", { weekday: "long", year: "numeric", month: "long", day: "numeric" }));
console.log(d.toLocaleDateString("en-US", { month: "short", day: "numeric" }), d.toLocaleTimeString("en-US", { hour: "2-digit", minute: "2-digit" }), d.toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" }), d.toLocaleTimeString("en-US", { hour12: false }));
console.log(d.toLocaleDateString(undefined, { year: "numeric", month: "2-digit", day: "2-digit" }), d.toLocaleDateString("en-US", { month: "long" }), d.toLocaleString("en-US", { weekday: "short" }), new Date(NaN).toLocaleDateString());
