function main() { let s = 0; for (let i = 0; i < 20000; i++) { const { a, b: [c, ...d], ...rest } = { a: i, b: [1, 2, 3], e: 4 }; s += a + c + d.length + rest.e } return s }
