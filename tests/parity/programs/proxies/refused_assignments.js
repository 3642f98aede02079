// What an assignment or a deletion says that went through proxies without the trap; what a defineProperty trap is given.
const attempt = (name, action) => {
  try {
    action()
    console.log(name, 'done')
  } catch (e) {
    console.log(name, e.name, e.message)
  }
}
const log = (target, key, descriptor) => {
  console.log('define', key, JSON.stringify(descriptor))
  return Reflect.defineProperty(target, key, descriptor)
}
const shown = new Proxy({}, { defineProperty: log })
shown.a = 1
shown.a = 2
Reflect.set({}, 'b', 3, shown)
Reflect.set({ b: 0 }, 'b', 4, shown)

attempt('define trap', () => (new Proxy({}, { defineProperty: () => false }).a = 1))
attempt('define trap inside', () => (new Proxy(new Proxy({}, { defineProperty: () => false }), {}).a = 1))
attempt('set trap', () => (new Proxy({}, { set: () => false }).a = 1))
attempt('set trap inside', () => (new Proxy(new Proxy({}, { set: () => false }), {}).a = 1))
attempt('set trap inherited', () => (Object.create(new Proxy({}, { set: () => false })).a = 1))
attempt('frozen', () => (new Proxy(Object.freeze({}), {}).a = 1))
attempt('read only', () => (new Proxy(Object.freeze({ a: 1 }), {}).a = 1))
attempt('getter', () => (new Proxy({ get a() { return 1 } }, {}).a = 1))
attempt('sealed receiver', () => (Object.freeze(Object.create(new Proxy({}, {}))).a = 1))
attempt('element', () => (new Proxy(Object.freeze([1]), {})[0] = 2))
attempt('push', () => new Proxy(Object.freeze([1]), {}).push(2))
attempt('delete', () => delete new Proxy(Object.freeze([1]), {})[0])
attempt('delete trap', () => delete new Proxy({ a: 1 }, { deleteProperty: () => false }).a)
attempt('define', () => Object.defineProperty(new Proxy(Object.freeze({}), {}), 'a', { value: 1 }))
