const d = new Date(0);
console.log(String(d.setUTCFullYear(2024, 1, 31)), d.toISOString());
d.setUTCHours(25, 61, 61, 1001);
console.log(d.toISOString());
d.setUTCMonth(-1);
console.log(d.toISOString(), String(d.setTime(NaN)), String(d.getDate()), String(d.setMonth(1)), String(d.setFullYear(2000)), d.toISOString());
console.log(String(d.setHours()), String(d), String(new Date(0).setSeconds("5")), String(new Date(0).setDate(null)));
