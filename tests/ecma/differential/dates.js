// Dates from fields, their texts, and what the setters make of them.
const field = () => pick([0, 1, -1, 12, 30, 99, 100, 1970, 2020, 275760, 1e9, -1e9, NaN, 1.9, -0.5, undefined, null, "7", random() * 3000, 1e300, Infinity]);
for (let i = 0; i < CASES; i++) {
  const fields = Array.from({ length: 1 + below(7) }, field);
  const date = fields.length > 1 ? new Date(...fields) : new Date(Number(fields[0]));
  log(fields.join(), Date.UTC(...fields), +date, String(date), JSON.stringify(date), date.toUTCString(), date.toDateString(), date.toTimeString(), date.getDay());
  const setter = pick(["setFullYear", "setMonth", "setDate", "setHours", "setMinutes", "setSeconds", "setMilliseconds", "setYear", "setTime", "setUTCHours", "setUTCMonth", "setUTCFullYear"]);
  const changed = new Date(1e12 + i);
  log(setter, changed[setter](...fields.slice(0, 2)), +changed);
}
