const t = (f) => console.log(String(f()))
t(() => { const out = []; for (let i = 0; i < 4; i++) out.push(i % 2 || 'even', i % 2 && 'odd', `${i}` && i, '' || i, (i > 1) || i, (i & 2) && -i, -i || 'zero', 0 * -1 || 'nz'); return out.join() })
t(() => { let s = ''; for (let i = 0; i < 3; i++) { s = s || 'first'; s += i; s = s && s + '.' } return s })
