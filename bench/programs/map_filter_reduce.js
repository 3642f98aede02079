function main() { const xs = Array.from({ length: 20000 }, (_, i) => ({ id: i, n: i % 7 })); return xs.map((x) => ({ ...x, m: x.n * 2 })).filter((x) => x.m > 4).reduce((a, x) => a + x.m, 0) }
