for (const f of [() => new Date(NaN).toISOString(), () => Date.prototype.getTime.call({}), () => new Date(Symbol()), () => new Date(1n), () => new Date(0)[Symbol.toPrimitive]("x"), () => JSON.stringify(new Date(NaN)), () => Date.prototype.toJSON.call({ toISOString: () => "iso" }), () => Date.UTC(), () => new Date(8.64e15 + 1).getTime()]) {
  try { console.log(String(f())); } catch (e) { console.log(e.name + ": " + e.message); }
}
console.log(new Date(0)[Symbol.toPrimitive]("number") + "", new Date(0)[Symbol.toPrimitive]("default"), String(new Date(undefined)), new Date(null).toISOString(), new Date(true).toISOString(), new Date([2020, 1]).toISOString(), new Date({ valueOf: () => 5 }).toISOString());
