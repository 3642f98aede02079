// Intl.DateTimeFormat in UTC over the options that programs use.
const long = { weekday: "long", year: "numeric", month: "long", day: "numeric" };
const time = { hour: "numeric", minute: "2-digit" };
const table = [{}, long, { ...long, ...time }, { ...long, weekday: undefined }, { year: "numeric", month: "short", day: "2-digit" }, { month: "short", day: "numeric" },
  { year: "numeric", month: "2-digit", day: "2-digit" }, { year: "2-digit", month: "numeric", day: "numeric" }, { year: "numeric" }, { month: "long" }, { month: "narrow" },
  { weekday: "short" }, { day: "2-digit" }, { year: "numeric", month: "long" }, { month: "2-digit", year: "numeric" }, time, { ...time, hour12: false }, { ...time, second: "2-digit" },
  { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }, { hour: "numeric" }, { hour: "2-digit", hour12: false }, { weekday: "short", ...time },
  { weekday: "long", hour: "numeric", hour12: false }, { ...time, timeZoneName: "short" }, { ...time, second: "2-digit", fractionalSecondDigits: 3 }, { timeZone: "UTC", timeZoneName: "long" },
  { year: "numeric", month: "numeric", day: "numeric", ...time }, { month: "short", day: "numeric", ...time, hour12: true }, { minute: "numeric", second: "numeric" }, { era: "short" },
  { dateStyle: "short", month: "long" }, { hourCycle: "h30" }, { timeZone: "Nowhere" }];
const styles = ["full", "long", "medium", "short", undefined];
for (const dateStyle of styles) for (const timeStyle of styles) table.push({ dateStyle, timeStyle });
const moments = [0, 1e12, 1.6e12, -1e12, -7e13, 1709210096789, 951782400000, 1704067199999];
for (const options of table) {
  for (const moment of moments) {
    const date = new Date(moment);
    log(JSON.stringify(options), moment, attempt(() => new Intl.DateTimeFormat("en-US", options).format(date)),
      attempt(() => date.toLocaleDateString("en-US", options)), attempt(() => date.toLocaleTimeString("en-US", options)));
  }
  log(attempt(() => JSON.stringify(new Intl.DateTimeFormat("en-US", options).formatToParts(0))));
}
