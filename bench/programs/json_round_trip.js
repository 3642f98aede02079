function main() { const xs = Array.from({ length: 2000 }, (_, i) => ({ id: i, name: 'item ' + i, tags: ['a', 'b'], ok: i % 2 === 0 })); return JSON.stringify(JSON.parse(JSON.stringify(xs))).length }
