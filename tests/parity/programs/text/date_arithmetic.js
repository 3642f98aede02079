const a = new Date("2024-02-28T00:00:00Z"), b = new Date("2024-03-01T12:00:00Z");
console.log(String(b - a), String((b - a) / 86400000), String(a < b), String(a + 1), String(Math.max(a, b)), `${a}`, String(a == a.getTime()));
const c = new Date(a);
c.setUTCDate(c.getUTCDate() + 2);
console.log(c.toISOString(), a.toISOString(), c.toISOString().slice(0, 10), c.toISOString().split("T")[0]);
console.log(["2024-03-01", "2023-01-01", "2025-06-01"].map((s) => new Date(s)).sort((x, y) => x - y).map((d) => d.getUTCFullYear()).join());
