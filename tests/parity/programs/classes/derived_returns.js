// What a derived constructor returns is judged when its code has ended: 10.2.2.
const attempt = (name, make) => {
  try {
    console.log(name, typeof make());
  } catch (error) {
    console.log(name, `${error.name}: ${error.message}`);
  }
};
const Empty = class {};

attempt('number in try', () => new (class extends Empty {
  constructor() { super(); try { return 0; } catch { return {}; } }
})());
attempt('number in catch', () => new (class extends Empty {
  constructor() { super(); try { throw 1; } catch { return 'no'; } }
})());
attempt('undefined in try', () => new (class extends Empty {
  constructor() { super(); try { return; } finally { console.log('  finally'); } }
})());
attempt('object before super', () => new (class extends Empty {
  constructor() { return { mine: true }; }
})());
attempt('the iterator fails to close', () => new (class extends Empty {
  constructor() {
    super();
    const endless = { [Symbol.iterator]() { return this; }, next: () => ({ done: false }), return() { throw new Error('closing'); } };
    for (const _ of endless) return 0;
  }
})());
attempt('super in an arrow', () => {
  let looked;
  return new (class extends Empty {
    field = looked();
    constructor() {
      looked = () => { console.log('  this is', typeof this); return 1; };
      try { looked(); } catch (error) { console.log('  ', error.name); }
      (() => super())();
    }
  })();
});
