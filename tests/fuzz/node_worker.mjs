// Runs programs, each as a module of its own in a realm of its own. A line {id, source} on stdin gives a line {id, lines} on stdout.
// To be run with --experimental-vm-modules.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createContext, Script, SourceTextModule } from 'node:vm'

const digest = new Script(readFileSync(new URL('digest.mjs', import.meta.url), 'utf8'), { filename: 'digest.mjs' })
const isError = (e) => Object.prototype.toString.call(e) === '[object Error]'
const show = (e) => {
  try {
    return isError(e) ? `${e.name}: ${e.message}` : String(e)
  } catch {
    return 'what cannot be shown'
  }
}
let lines = []
process.on('unhandledRejection', (e) => lines.push(`Unhandled ${show(e)}`))
process.on('uncaughtException', (e) => lines.push(`Escaped ${show(e)}`))

const turn = () => new Promise((resolve) => setImmediate(resolve))
for await (const line of createInterface({ input: process.stdin })) {
  const { id, source } = JSON.parse(line)
  lines = []
  const own = lines
  const context = createContext({ console: { log: (...values) => void own.push(values.join(' ')) } })
  digest.runInContext(context)
  try {
    const module = new SourceTextModule(source, { context, identifier: 'program.mjs' })
    await module.link(() => {})
    await module.evaluate()
  } catch (e) {
    lines.push(`Uncaught ${show(e)}`)
  }
  await turn()
  await turn()
  process.stdout.write(`${JSON.stringify({ id, lines })}\n`)
}
