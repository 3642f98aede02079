class Day extends Date {
  iso() { return this.toISOString().slice(0, 10); }
}
const day = new Day("2024-05-06");
console.log(day.iso(), String(day instanceof Day), String(new Date(day).getTime() === day.getTime()), String(structuredClone(day).getTime() === day.getTime()), String(structuredClone(day) instanceof Day));
const range = [];
for (let d = new Day("2024-02-27"); d < new Day("2024-03-02"); d.setUTCDate(d.getUTCDate() + 1)) range.push(d.iso());
console.log(range.join());
