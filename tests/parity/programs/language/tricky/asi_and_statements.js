let a = 1
let b = a
++a
console.log(a, b)
const f = function () { return 'f' }
;[1, 2].forEach(x => console.log(x))
;(() => console.log('iife'))()
const r = (() => {
  return
  'unreached'
})()
console.log(r)
if (a) ; else console.log('no')
for (let i = 0; i < 2; i++) ;
{ } { ; }
var x = 5
/re/g.test('re') && console.log('regex')
const g = a
  ? b
    ? 'bb'
    : 'nb'
  : 'na'
console.log(g)
do console.log('once'); while (false) console.log('after do')
if (true) function_(); function function_() { console.log('declared') }
label: console.log('labelled')
'use strict'
debugger
void 0; typeof 0; -0; !0
console.log(((a, b)), (a, b) => 1) || console.log('comma')
let yield_ = 1, await_ = 2, of = 3, get = 4, set = 5, async = 6, from = 7, as = 8, target = 9, eval_ = 10, type = 11, declare = 12
console.log(yield_ + await_ + of + get + set + async + from + as + target + type + declare)
async: for (const of of [of]) { console.log('of', of === undefined); break async }
