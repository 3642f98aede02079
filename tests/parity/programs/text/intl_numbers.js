const f = (o, ...ns) => console.log(ns.map((n) => new Intl.NumberFormat("en-US", o).format(n)).join(" | "));
f({}, 1234567.891, -0, 0.5, 1e21, NaN, -Infinity, 12n);
f({ style: "currency", currency: "USD" }, 1234.5, -3, 0.005, 1e6);
f({ style: "percent", maximumFractionDigits: 1 }, 0.1234, 1, -0.5);
f({ notation: "compact" }, 999, 1234, 15300, 1e6, 2.5e9);
f({ minimumFractionDigits: 2, maximumFractionDigits: 2 }, 1, 1.005, 2.675);
f({ style: "unit", unit: "megabyte" }, 1, 2.5);
console.log((1234.5).toLocaleString(), (0.256).toLocaleString("en-US", { style: "percent" }), (5).toLocaleString("en-US", { minimumIntegerDigits: 2 }), (1e6).toLocaleString("en-US", { maximumSignificantDigits: 3 }), 123456789n.toLocaleString());
console.log(JSON.stringify(new Intl.NumberFormat("en-US", { style: "currency", currency: "EUR" }).formatToParts(-1234.5)), [3, 1, 2].map(new Intl.NumberFormat("en-US").format).join());
