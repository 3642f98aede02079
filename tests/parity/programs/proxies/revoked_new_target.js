// Without an object as "prototype", the constructor's realm is asked for, and a revoked proxy has none.
const attempt = (maker) => {
  const handle = Proxy.revocable(function () {}, { get() { handle.revoke() } })
  try { console.log(typeof Reflect.construct(maker, [], handle.proxy)) } catch (e) { console.log(e.name) }
}
for (const maker of [function () {}, class {}, Object, Array, Map, Error, TypeError, Promise.bind(null, () => {})]) attempt(maker)
const plain = (maker, args = []) => {
  const target = function () {}
  target.prototype = 3
  return Object.getPrototypeOf(Reflect.construct(maker, args, new Proxy(target.bind(), {})))
}
console.log(plain(Map) === Map.prototype, plain(class {}) === Object.prototype, plain(Set) === Set.prototype, plain(Error) === Error.prototype)
// A handler that revokes its proxy while the trap is looked up.
for (const act of ['get', 'has', 'deleteProperty', 'ownKeys', 'apply', 'construct']) {
  const handle = Proxy.revocable(function (a) { return a }, { get [act]() { handle.revoke() } })
  const p = handle.proxy
  console.log(act, { get: () => p.length, has: () => 'length' in p, deleteProperty: () => delete p.length, ownKeys: () => Reflect.ownKeys(p).length, apply: () => p(5), construct: () => typeof new p() }[act]())
}
