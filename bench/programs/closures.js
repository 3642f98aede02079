function main() { const fns = []; for (let i = 0; i < 20000; i++) fns.push((x) => x + i); let s = 0; for (const f of fns) s += f(1); return s }
