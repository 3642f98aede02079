// What an array pattern asks of its iterator: an elision steps without reading the value, the end is asked for once.
const watched = (count, options = {}) => {
  const log = [];
  const iterable = {
    [Symbol.iterator]() {
      let step = 0;
      return {
        next() {
          const at = step++;
          if (options.throwAt === at) throw new Error("next");
          return {
            get done() { log.push("done"); return at >= count; },
            get value() { log.push("value"); if (options.valueAt === at) throw new Error("value"); return at; },
          };
        },
        return() { log.push("return"); return {}; },
      };
    },
  };
  return [iterable, log];
};
const forms = {
  elision: (it) => { const [, b] = it; return b; },
  onlyElision: (it) => { const [,] = it; },
  twoElisions: (it) => { const [, , c] = it; return c; },
  none: (it) => { const [] = it; },
  elisionAndRest: (it) => { const [, ...rest] = it; return rest; },
  nested: (it) => { const [, [x] = [9], , z = 8] = it; return [x, z]; },
  assigned: (it) => { let b; [, b, ,] = it; return b; },
  member: (it) => { const o = {}; [o.a, , o.b] = it; return o; },
  parameter: (it) => (([, b]) => b)(it),
  loop: (it) => { for (const [, b] of [it]) return b; },
};
for (const [name, form] of Object.entries(forms)) {
  for (const count of [0, 1, 2, 5]) {
    for (const options of [{}, { throwAt: 0 }, { throwAt: 1 }, { valueAt: 0 }]) {
      const [iterable, log] = watched(count, options);
      let result;
      try { result = JSON.stringify(form(iterable)); } catch (e) { result = `${e.name}: ${e.message}`; }
      console.log(`${name} ${count} ${JSON.stringify(options)}: ${log.join()} -> ${result}`);
    }
  }
}
