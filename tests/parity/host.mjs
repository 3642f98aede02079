// A reference host: runs workflow scripts in Node with recorded answers, to compare with what odw made of them.
//
// stdin: a JSON array of {id, source, args, answers: [{prompt, label, schema: bool, result, failed}], children: {name: source}}.
// stdout: one JSON line per script: {id, result | error, logs, calls, unanswered}. It implements the hooks of the workflow
// contract in the most obvious way, so that a difference points at odw (or at this file). Answers are found by prompt,
// in recorded order; agents settle one per macrotask in call order, as odw's mock does.
import { readFileSync } from 'node:fs'
import { createContext, Script } from 'node:vm'

const jobs = JSON.parse(readFileSync(0, 'utf8'))
process.on('unhandledRejection', () => {})

function toBody(source) {
  let body = source.replace(/^\uFEFF/, '').replace(/^#![^\n]*/, '')
  body = body.replace(/^(\s*)export\s+const\s+meta\b/m, '$1const meta')
  let tail = ''
  if (/^export\s+default\b/m.test(body)) {
    body = body.replace(/^export\s+default\b/m, 'const __default =')
    tail = '\n;return await (typeof __default === "function" ? __default(args) : __default)'
  } else if (/^export\s+async\s+function\s+workflow\b/m.test(body)) {
    body = body.replace(/^export\s+async\s+function\s+workflow\b/m, 'async function workflow')
    tail = '\n;return await workflow(args)'
  }
  body = body.replace(/^export\s+(?=(const|let|var|function|async|class)\b)/gm, '')
  return { body, tail }
}

function show(value) {
  if (typeof value === 'string') return value
  if (value === undefined) return 'undefined'
  if (value instanceof Error || (value && typeof value === 'object' && 'stack' in value && 'message' in value)) {
    return `${value.name}: ${value.message}`
  }
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return String(value)
  }
}

async function run(job) {
  const logs = []
  const calls = []
  const unanswered = []
  const pool = new Map()
  for (const answer of job.answers) {
    const key = `${answer.prompt}\u0000${answer.label ?? ''}`
    if (!pool.has(key)) pool.set(key, [])
    pool.get(key).push(answer)
  }
  const queue = []
  let pumping = false
  const pump = () => {
    if (pumping) return
    pumping = true
    setImmediate(function next() {
      const settle = queue.shift()
      if (settle) settle()
      if (queue.length) setImmediate(next)
      else pumping = false
    })
  }
  const context = createContext({})
  const inside = new Script('({JSON, Error, TypeError, Promise, Object})').runInContext(context)
  const copy = (value) => (value === undefined ? undefined : inside.JSON.parse(JSON.stringify(value)))
  const message = (e) => (e !== null && typeof e === 'object' && 'message' in e ? String(e.message) : String(e))
  let phaseTitle

  const hooks = {
    agent(prompt, options = {}) {
      const text = `${prompt}`
      const label = options?.label === undefined ? undefined : `${options.label}`
      calls.push({ prompt: text, label: label ?? null, phase: options?.phase ?? phaseTitle ?? null })
      const key = `${text}\u0000${label ?? ''}`
      const answer = pool.get(key)?.shift()
      return new inside.Promise((resolve, reject) => {
        queue.push(() => {
          if (!answer) {
            unanswered.push(text.slice(0, 200))
            resolve(null)
          } else if (answer.failed !== undefined) {
            logs.push(answer.failed)
            resolve(null)
          } else resolve(copy(answer.result))
        })
        pump()
      })
    },
    parallel(thunks) {
      if (!Array.isArray(thunks)) throw new inside.TypeError('parallel() expects an array of functions')
      thunks = thunks.map((t) => {
        if (t !== null && typeof t === 'object' && 'prompt' in t) {
          const { prompt, ...options } = t
          return () => hooks.agent(prompt, options)
        }
        return t
      })
      for (const t of thunks) {
        if (typeof t !== 'function') {
          throw new inside.TypeError('parallel() expects an array of functions, not promises. Wrap each call: () => agent(...)')
        }
      }
      return hooks.__all(
        thunks.map(async (t, i) => {
          try {
            const value = await t(i)
            return value === undefined ? null : value
          } catch (e) {
            logs.push(`parallel[${i}] failed: ${message(e)}`)
            return null
          }
        }),
      )
    },
    pipeline(items, ...stages) {
      if (!Array.isArray(items)) throw new inside.TypeError('pipeline() expects an array as the first argument')
      for (const s of stages) {
        if (typeof s !== 'function') {
          throw new inside.TypeError('pipeline() stages must be functions: pipeline(items, item => ..., result => ...)')
        }
      }
      return hooks.__all(
        items.map(async (item, i) => {
          let previous = item
          try {
            for (const stage of stages) {
              previous = await stage(previous, item, i)
              if (previous === null) return null
            }
            return previous
          } catch (e) {
            logs.push(`pipeline[${i}] failed: ${message(e)}`)
            return null
          }
        }),
      )
    },
    __all: (promises) => Promise.all(promises),
    fanout: (items, mapper, options) => hooks.parallel(items.map((x, i) => () => mapper(x, i)), options),
    phase(title) {
      phaseTitle = `${title}`
    },
    log(value) {
      logs.push(show(value))
    },
    checkpoint() {},
    budget: { total: null, spent: () => 0, remaining: () => Infinity, unit: 'output_tokens' },
    args: copy(job.args),
    setTimeout,
    clearTimeout,
    structuredClone,
    URL,
    URLSearchParams,
    queueMicrotask,
    console: {
      log: (...v) => logs.push(v.map(show).join(' ')),
      info: (...v) => logs.push(v.map(show).join(' ')),
      warn: (...v) => logs.push(`[warn] ${v.map(show).join(' ')}`),
      error: (...v) => logs.push(`[error] ${v.map(show).join(' ')}`),
      debug: (...v) => logs.push(v.map(show).join(' ')),
    },
    workflow(target, args) {
      const name = typeof target === 'string' ? target : (target.scriptPath ?? target.name)
      const source = job.children?.[name]
      if (source === undefined) throw new inside.Error(`unknown workflow: ${name}`)
      const { body, tail } = toBody(source)
      return compile(body, tail, { ...hooks, args: copy(args ?? target.args) })
    },
  }
  const compile = (body, tail, scope) => {
    const names = Object.keys(scope).filter((n) => n !== '__all')
    // hooks are parameters of an outer function, so that the script may declare the same names
    const text = `(async (${names.join(', ')}) => { 'use strict'; return await (async () => {\n${body}\n${tail}\n})() })`
    const factory = new Script(text, { filename: 'script.js' }).runInContext(context)
    return factory(...names.map((n) => scope[n]))
  }
  const out = { id: job.id, logs, calls, unanswered }
  try {
    const { body, tail } = toBody(job.source)
    const done = compile(body, tail, hooks)
    const timeout = new Promise((_, reject) => setTimeout(() => reject(new Error('TIMEOUT')), 8000).unref())
    const result = await Promise.race([done, timeout])
    out.result = result === undefined ? null : JSON.parse(JSON.stringify(result) ?? 'null')
  } catch (e) {
    out.error = e !== null && typeof e === 'object' && 'message' in e ? `${e.name}: ${e.message}` : String(e)
  }
  return out
}

for (const job of jobs) {
  let out
  try {
    out = await run(job)
  } catch (e) {
    out = { id: job.id, hostError: String(e?.stack ?? e) }
  }
  process.stdout.write(`${JSON.stringify(out)}\n`)
}
process.exit(0)
