/* block */ const /* mid */ a = /* pre */ 1 /* post */ // trailing
const b = /* multi
line */ 2
console.log(a /*x*/ + /*y*/ b) // sum
// final comment \u{not an escape}
console.log("no // comment", 'no /* comment */', `no // ${'yes'/* in hole */}`)
const c = [ // array
  1, /* one */
  2, // two
] // end
console.log(c.length, c /* index */ [0], c. /* dot */ length)
