// Final sigma comes after the capital; halves of pairs come by their code, after every letter.
console.log([...'ßſΣςσ'].toSorted((a, b) => a.localeCompare(b)))
const halves = ['\ud83d', '\udfff', '\udbff', '\ude00', 'a', '😀']
console.log(halves.toSorted((a, b) => a.localeCompare(b)).map((c) => c.charCodeAt(0).toString(16)))
console.log('\ud83d'.localeCompare('\ude00'), 'Σ'.localeCompare('ς'), 'σ'.localeCompare('Σ'))
