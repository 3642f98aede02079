import { x } from './x.js' //~ ODW203: cannot import './x.js'
export const meta = { name: 'case', description: 'A case.' } //~ ODW206: must be the first statement
export * from 'y' //~ ODW203: cannot re-export 'y'
const z = await import('z') //~ ODW207: import()
log(import.meta.url, x, z) //~ ODW207: import.meta
log('import("fs")')
export const fine = 1
