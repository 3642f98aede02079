const xs = [0, -0, 1, -1.5, 0.1, 0.1 + 0.2, 1 / 3, 100, 1e21, 123456789012345680000, 1e-6, 1e-7, 1.5e300, 5e-324, 1.7976931348623157e308, 2 ** 53, -(2 ** 31), 4.35, 1.005, 0.000001234, 123.456, 1e100, NaN, Infinity, -Infinity, 25, 255.5, 0.5]
for (const x of xs) console.log(String(x), x.toString(2).slice(0, 60), x.toString(16), x.toString(36), x.toFixed(2), x.toFixed(0), x.toPrecision(4), x.toExponential(3), x.toExponential())
for (const d of [0, 1, 5, 20, 50, 100]) console.log((1 / 3).toFixed(d), (1e20 / 7).toFixed(d).slice(0, 40))
console.log((1.45).toFixed(1), (2.5).toFixed(0), (-2.5).toFixed(0), (0.000001).toFixed(7), (1.255).toFixed(2), (10.235).toFixed(2), (-1e-10).toFixed(2), (-0).toFixed(1))
console.log((1e21).toFixed(2), (123.456).toPrecision(30), (0.00001).toPrecision(1), (1234567).toPrecision(2), (99.99).toPrecision(3), (0).toPrecision(3), (0).toExponential(2))
console.log((255).toString(16), (-255).toString(2), (0.5).toString(2), (1e21).toString(7), (3.14159).toString(8), (1 / 3).toString(3), (2 ** 60).toString(36), (0.1).toString(36))
console.log((1234567.891).toLocaleString(), (0).toLocaleString(), (-1234.5).toLocaleString(), (1e21).toLocaleString(), (0.0005).toLocaleString(), (1.0005).toLocaleString(), (999999.9995).toLocaleString(), NaN.toLocaleString(), (-0).toLocaleString())
console.log(`${1e3}`, 1e5 + '', 0xff, 0b11, 0o17, 1_000_000, .5, 5., 1.0, -0 + '', [-0] + '', `${-0}`, JSON.stringify(-0))
console.log(0.1 * 3, 0.7 + 0.1, 1.1 * 1.1, 9007199254740993, 123456789.123456789, 1e16 + 1, 5e-7, 1.0e-10, 100 / 3)
console.log(2 ** 0.5, 10 ** -5, 1.1 ** 10, 2 ** -1074, 2 ** 1024, (-8) ** (1 / 3), 0 ** 0, NaN ** 0, 7 % -3, -7 % 3, 5.5 % 2, -0 % 1, 1 % 0)
const t = (f) => { try { console.log(f()) } catch (e) { console.log(`${e.name}: ${e.message}`) } }
t(() => (1).toFixed(101)); t(() => (1).toFixed(-1)); t(() => (1).toPrecision(0)); t(() => (1).toPrecision(101)); t(() => (1).toExponential(-1)); t(() => (1).toString(1)); t(() => (1).toString(37))
t(() => Number.prototype.toFixed.call('1')); t(() => Number.prototype.toString.call({})); t(() => Infinity.toFixed(1000)); t(() => NaN.toPrecision(1000)); t(() => (1).toFixed(undefined) + (1).toPrecision(undefined))
