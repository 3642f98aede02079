const d = new Date("2024-01-05T15:04:05.067Z");
console.log(d.toISOString(), d.toJSON(), JSON.stringify({ d }), String(d), d.toDateString(), d.toUTCString(), String(+d), String(d.getTime() === d.valueOf()));
console.log([d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds()].join());
console.log(typeof d, Object.prototype.toString.call(d), String(d instanceof Date), String(Date.length), String(isNaN(new Date("nope"))), String(new Date(NaN)));
console.log(String(new Date(2020, 5).getMonth()), new Date(Date.UTC(2020, 1, 29)).toISOString(), String(Date.parse("2000-01-01")), new Date(0).toISOString());
