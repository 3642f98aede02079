function main() { const by = {}; for (let i = 0; i < 40000; i++) { const k = 'k' + (i % 50); (by[k] ??= []).push(i) } return Object.entries(by).map(([k, v]) => k + v.length).join() }
