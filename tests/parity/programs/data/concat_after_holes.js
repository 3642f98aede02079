// What concat appends stands after the length of what came before, holes at its end included.
const sparse = { [Symbol.isConcatSpreadable]: true, length: 3, 0: 'x' }
for (const made of [[].concat(sparse, [1]), [0].concat(sparse, sparse, [1, 2], 3), [].concat([, 1, ,], [2]), [,].concat([,], [5])]) {
  console.log(made.length, JSON.stringify(Object.entries(made)))
}
