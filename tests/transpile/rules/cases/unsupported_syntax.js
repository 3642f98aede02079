export const meta = { name: 'case', description: 'A case.' }
export default { ok: true } //~ ODW210: should be a function
