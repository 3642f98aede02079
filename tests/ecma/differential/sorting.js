// Array.prototype.sort: stable, undefined last, holes after it; comparators that throw, lie or return odd values.
for (let i = 0; i < CASES; i++) {
  const records = Array.from({ length: below(60) }, (_, order) => ({ key: below(8), order }));
  log(records.sort((a, b) => a.key - b.key).map((record) => `${record.key}.${record.order}`).join());
  const mixed = Array.from({ length: below(12) }, () => pick([undefined, null, 3, 10, "b", "a", "\ud83d\ude00", "\uffff", 2, -1, true, [1], ""]));
  if (random() < 0.5) mixed.length += 2;
  log(mixed.toSorted().map(shown).join(), mixed.sort().map(shown).join(), mixed.length, Object.keys(mixed).length);
  log(Array.from({ length: 9 }, () => below(20)).sort((a, b) => pick([{ valueOf: () => a - b }, String(a - b), BigInt(a - b) > 0n, a - b])).length);
  log(attempt(() => [3, 1, 2].sort(() => { throw new RangeError("stop"); })), attempt(() => [1].sort(null)));
}
