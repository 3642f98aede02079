export const meta = { name: 'case', description: 'A case.' }
const ref = new WeakRef({}) //~ ODW208: WeakRef is not available
log(ref, Atomics.add, WebAssembly.compile) //~ ODW208, ODW208
const weak = typeof WeakRef === 'undefined' ? null : new WeakRef({})
log(weak, new WeakMap(), typeof SharedArrayBuffer)
