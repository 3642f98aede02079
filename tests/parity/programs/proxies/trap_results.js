const log = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
{
  const r = Proxy.revocable({a: 1}, { get get() { r.revoke(); return undefined } })
  log(() => r.proxy.a); log(() => r.proxy.a)
}
for (const name of ['get','set','has','deleteProperty','ownKeys','getOwnPropertyDescriptor','defineProperty','getPrototypeOf','setPrototypeOf','isExtensible','preventExtensions','apply','construct']) {
  for (const result of [undefined, null, 1, 'x', true, false, {}, [], ['length', 'a']]) {
    const target = Object.assign(function () {}, { a: 1 })
    Object.defineProperty(target, 'fixed', { value: 5 })
    const handler = { [name]: () => result }
    const p = new Proxy(target, handler)
    const acts = {
      get: () => [p.a, p.fixed], set: () => { p.a = 3; p.fixed = 4 }, has: () => ['a' in p, 'fixed' in p], deleteProperty: () => delete p.fixed,
      ownKeys: () => Reflect.ownKeys(p).join(), getOwnPropertyDescriptor: () => JSON.stringify(Object.getOwnPropertyDescriptor(p, 'fixed')),
      defineProperty: () => { Object.defineProperty(p, 'zz', { value: 1 }); return 'ok' }, getPrototypeOf: () => Object.getPrototypeOf(p),
      setPrototypeOf: () => { Object.setPrototypeOf(p, null); return 'ok' }, isExtensible: () => Object.isExtensible(p),
      preventExtensions: () => { Object.preventExtensions(p); return 'ok' }, apply: () => p(1, 2), construct: () => new p(1),
    }
    log(acts[name])
  }
}
