const words = ['banana', 'Apple', 'apple', 'Banana', 'cherry', 'Éclair', 'eclair', 'Zebra', 'zebra', 'äpfel', 'apfel', '_under', '-dash', '10', '9', '2', 'a b', 'ab', 'a-b', 'Ab', 'AB', 'aB', 'éa', 'eb', 'naïve', 'naive', 'co-op', 'coop', 'résumé', 'resume', 'Resume', '', ' ', '.', '!', '?', '#tag', '$5', '@x', 'ñ', 'n', 'o', 'ß', 'ss', 'st', 'æ', 'ae', 'af', 'œuvre', 'I', 'i', 'ı', 'L', 'ł', 'm']
console.log([...words].sort((a, b) => a.localeCompare(b)).join('|'))
console.log([...words].sort((a, b) => a.localeCompare(b, undefined, { numeric: true })).join('|'))
console.log([...words].sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })).join('|'))
console.log([...words].sort((a, b) => a.localeCompare(b, 'en-US', { caseFirst: 'upper' })).join('|'))
const files = ['file10.txt', 'file2.txt', 'File1.txt', 'file1.txt', 'file01.txt', 'file100.txt', 'v1.10.0', 'v1.9.0', 'v1.2.10']
console.log([...files].sort((a, b) => a.localeCompare(b, undefined, { numeric: true, sensitivity: 'base' })).join('|'))
console.log([...files].sort((a, b) => a.localeCompare(b)).join('|'))
for (const [a, b] of [['a', 'a'], ['a', 'b'], ['b', 'a'], ['a', 'A'], ['A', 'a'], ['a', 'á'], ['á', 'b'], ['résumé', 'Resume'], ['', 'a'], ['a ', 'a'], ['10', '9'], ['x-1', 'x1'], ['“q”', '"q"'], ['…', '...'], ['é', 'e\u0301'], ['Z', 'a'], ['_a', 'a'], ['a_b', 'ab'], ['a.b', 'a_b'], ['中', 'a'], ['я', 'z'], ['α', 'z'], ['😀', 'a'], ['1', 'a'], ['$', '1'], ['~', '-']]) console.log(JSON.stringify(a), JSON.stringify(b), a.localeCompare(b), a.localeCompare(b, 'en', { sensitivity: 'base' }), a.localeCompare(b, 'en', { sensitivity: 'accent' }), a.localeCompare(b, 'en', { sensitivity: 'case' }))
try { 'a'.localeCompare('b', 'en', { sensitivity: 'bogus' }) } catch (e) { console.log(e.name + ': ' + e.message) }
try { 'a'.localeCompare('b', 'not a locale') } catch (e) { console.log(e.name + ': ' + e.message) }
console.log('a'.localeCompare(), 'undefined'.localeCompare(undefined), 'null'.localeCompare(null))
