// Reads {name: source} as JSON on stdin, runs each source as a module of its own, writes {name: [lines]}.
import { readFileSync } from 'node:fs'

const programs = JSON.parse(readFileSync(0, 'utf8'))
const results = {}
let lines = []
const show = (e) => (e instanceof Error ? `${e.name}: ${e.message}` : String(e))
console.log = (...values) => lines.push(values.map(String).join(' '))
process.on('unhandledRejection', (e) => lines.push(`Unhandled ${show(e)}`))

for (const [name, source] of Object.entries(programs)) {
  lines = []
  try {
    await import('data:text/javascript;base64,' + Buffer.from(source).toString('base64'))
  } catch (e) {
    lines.push(`Uncaught ${show(e)}`)
  }
  await new Promise((resolve) => setImmediate(resolve))
  await new Promise((resolve) => setImmediate(resolve))
  results[name] = lines
}
process.stdout.write(JSON.stringify(results))
