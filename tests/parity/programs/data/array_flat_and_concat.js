const j = (v) => console.log(JSON.stringify(v))
j([1, [2, [3, [4, [5]]]]].flat(2)); j([[], [[]], [[[]]]].flat()); j([1, [2, [3]]].flat(0)); j([1, [2]].flat(-1)); j([[1], [2, [3]]].flat('1')); j([[1, [2]]].flat(NaN)); j([1, [2, [3, [4]]]].flat(Infinity)); j([, [1, , 2]].flat())
j(['a b', 'c'].flatMap((s) => s.split(' '))); j([1, 2, 3].flatMap((x) => (x % 2 ? [] : [x, [x]]))); j([1, 2].flatMap((x, i, a) => [x, i, a.length])); j(['x'].flatMap((c) => 'yz')); j([[1], [2]].flatMap((x) => x)); j([1, , 3].flatMap((x) => [x])); j([1].flatMap(function () { return [this.k] }, { k: 'ctx' }))
j([1].concat(2, [3], [[4]], null, undefined, 'ab', [, 5])); j([].concat()); j([].concat('x', { a: 1 })); j([1, 2].concat(new Set([3]))); j([[1]].concat([[2]])); j([].concat(...[[1, 2], [3]])); j([].concat.apply([], [[1], [2, [3]]]))
const nested = [1, [2]]; const copy = [].concat(nested); copy[1].push(3); j(nested); j(nested.slice()[1] === nested[1])
j(Array.from({ length: 3 }, (_, i) => Array.from({ length: i }, (_, k) => k)).flat()); j([[['deep']]].flat(1)[0][0]); j([[0, 1], [2]].reduce((a, b) => a.concat(b), [])); j([3, [1, [2]]].flat(2).sort()); j([['a', 1], ['b', 2]].flat().join(''))
const cyc = [1]; cyc.push(cyc); j(cyc.flat().length); j([1, 2, 3].flatMap((x) => Array(x).fill(x))); j([[undefined], [null], [NaN]].flat()); j(['1,2', '3'].flatMap((s) => s.split(',').map(Number)))
try { cyc.flat(Infinity) } catch (e) { console.log(e.name) }
try { [1].flatMap() } catch (e) { console.log(e.message) }
try { [1].flatMap({}) } catch (e) { console.log(e.message) }
