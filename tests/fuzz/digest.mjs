// Shows a value so that every difference is seen: kinds, -0, holes, the order of keys, attributes, prototypes.
// Runs before each program, in the program's realm, and defines its one hook: log(...values).
{
  const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf, isExtensible } = Reflect
  const { isArray } = Array
  const tagOf = Function.prototype.call.bind(Object.prototype.toString)
  const quote = JSON.stringify
  const nameOf = (key) => (typeof key === 'symbol' ? `[${String(key)}]` : /^[\w$]+$/.test(key) ? key : quote(key))

  function primitive(value) {
    if (typeof value === 'string') return quote(value)
    if (typeof value === 'bigint') return `${value}n`
    if (Object.is(value, -0)) return '-0'
    return String(value)
  }

  function attempt(action) {
    try {
      return action()
    } catch (e) {
      return e instanceof Error ? `!${e.name}: ${quote(e.message)}` : `!${primitive(Object(e) === e ? 'object' : e)}`
    }
  }

  function property(object, key, seen, depth) {
    const d = getOwnPropertyDescriptor(object, key)
    if (d === undefined) return `${nameOf(key)}: <gone>`
    const marks = `${d.enumerable ? '' : '~'}${d.configurable ? '' : '!'}`
    if (!('value' in d)) return `${marks}${d.get ? 'get ' : ''}${d.set ? 'set ' : ''}${nameOf(key)}`
    return `${marks}${d.writable ? '' : '='}${nameOf(key)}: ${digest(d.value, seen, depth + 1)}`
  }

  function contents(value, seen, depth) {
    const inner = (v) => digest(v, seen, depth + 1)
    if (value instanceof Map && tagOf(value) === '[object Map]') return [...Map.prototype.entries.call(value)].map(([k, v]) => `${inner(k)} => ${inner(v)}`)
    if (value instanceof Set && tagOf(value) === '[object Set]') return [...Set.prototype.values.call(value)].map(inner)
    if (value instanceof Date) return [primitive(Date.prototype.getTime.call(value))]
    if (value instanceof RegExp) return [RegExp.prototype.toString.call(value)]
    if (value instanceof Error) return [attempt(() => `${inner(value.name)}, ${inner(value.message)}`)]
    if (value instanceof Number || value instanceof String || value instanceof Boolean) return [attempt(() => inner(value.valueOf()))]
    return []
  }

  function digest(value, seen, depth) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return primitive(value)
    if (seen.has(value)) return `#${seen.get(value)}`
    seen.set(value, seen.size)
    if (typeof value === 'function') {
      const extra = ownKeys(value).filter((key) => !['length', 'name', 'prototype'].includes(key))
      const shown = depth > 3 ? [] : extra.map((key) => property(value, key, seen, depth))
      return `<function ${attempt(() => quote(value.name))} ${attempt(() => primitive(value.length))}${shown.length ? ` ${shown}` : ''}>`
    }
    if (depth > 4) return '<deep>'
    const hidden = isArray(value) ? ['length'] : value instanceof Error ? ['stack', 'message'] : ['stack']
    const parts = attempt(() => contents(value, seen, depth))
    const keys = attempt(() => ownKeys(value))
    if (typeof keys === 'string') return `<keys ${keys}>`
    const shown = keys.filter((key) => !hidden.includes(key)).map((key) => attempt(() => property(value, key, seen, depth)))
    const proto = attempt(() => getPrototypeOf(value))
    const kind = proto === null ? 'null' : attempt(() => getOwnPropertyDescriptor(proto, 'constructor')?.value?.name ?? '?')
    const size = isArray(value) ? `(${value.length})` : ''
    return `${attempt(() => tagOf(value).slice(8, -1))}:${kind}${size}${isExtensible(value) ? '' : '!'}{${[].concat(parts, shown).join(', ')}}`
  }

  const print = console.log
  globalThis.log = (...values) => print(...values.map((value) => attempt(() => digest(value, new Map(), 0))))
}
