const t = (f) => { try { console.log(f()) } catch (e) { console.log(`${e.name}: ${e.message}`) } }
const all = Array.from({ length: 128 }, (_, i) => String.fromCharCode(i)).join('')
console.log(encodeURIComponent(all)); console.log(encodeURI(all)); console.log(decodeURIComponent(encodeURIComponent(all)) === all)
console.log(encodeURIComponent('é漢😀 &=?#/'), encodeURI('http://x.y/ü?q=a b&c=é#frag'), decodeURI('%E2%82%AC%20%2F%3F%23'), decodeURIComponent('%E2%82%AC%20%2F%3F%23'))
console.log(decodeURIComponent('%F0%9F%98%80').codePointAt(0), decodeURIComponent('a+b'), decodeURIComponent(''), decodeURI('%41%42'), decodeURI('%25'), decodeURI('%2525'), encodeURIComponent('%'))
t(() => encodeURIComponent('\ud800')); t(() => encodeURI('a\udc00b')); t(() => encodeURIComponent('\ud83d\ude00'))
for (const s of ['%', '%4', '%zz', '%E2%82', '%C0%80', '%ED%A0%80', '%F5%80%80%80', '%80', '%E2%82%zz', 'ok%', '%u0041']) { t(() => decodeURIComponent(s)); t(() => decodeURI(s)) }
t(() => encodeURIComponent(undefined)); t(() => encodeURIComponent(null)); t(() => encodeURIComponent({ toString: () => 'a b' })); t(() => encodeURIComponent(Symbol())); t(() => encodeURIComponent([1, 'x y'])); t(() => decodeURIComponent(12))
console.log(encodeURI.length, encodeURI.name, decodeURIComponent.name)
