// Reads a JSON array of sources from stdin; writes one JSON array: {tree} or {error} each. Acorn is the judge.
'use strict'
const acorn = require(process.argv[2])

const options = {
  ecmaVersion: 2025, // the sources are ES2023; import attributes are in since 2025
  sourceType: 'module',
  allowReturnOutsideFunction: true,
  allowHashBang: true,
}
const sources = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const results = sources.map((source) => {
  try {
    const comments = []
    const tree = acorn.parse(source, { ...options, onComment: comments })
    return { tree, comments: comments.map(({ type, value, start, end }) => ({ type, value, start, end })) }
  } catch (error) {
    return { error: String(error.message) }
  }
})
process.stdout.write(
  JSON.stringify(results, (key, value) => {
    if (typeof value === 'bigint') return null
    if (value instanceof RegExp) return null
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
    if (Object.is(value, -0)) return 0
    return value
  }),
)
