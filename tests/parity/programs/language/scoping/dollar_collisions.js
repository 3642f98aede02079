const $a = 1, _a = 2, a$ = 3, a_ = 4, a = 5
const f = ($a, _a) => $a * 10 + _a
console.log([$a, _a, a$, a_, a, f(1, 2)].join())
const f1 = () => { const $x = 1; return () => { const _x = 2; return $x + '' + _x } }
console.log(f1()())
