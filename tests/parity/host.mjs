// A reference host: runs workflow scripts in Node with recorded answers, to compare with what odw made of them.
//
// stdin: a JSON array of {id, source, args?, cwd?, answers: [{prompt, label, result | failed | unfinished, tokens?}], children?}.
// stdout: one JSON line per script: {id, result | error, logs, calls, unanswered}. It implements the hooks of the workflow
// contract in the most obvious way, so that a difference points at odw (or at this file). Answers are found by prompt and
// label, in recorded order. Like odw's inbox it has a time line of its own, on which agents take no time: what is due
// together is handed out one per macrotask, in the order of the calls.
import { readFileSync } from 'node:fs'
import { createContext, Script } from 'node:vm'

const jobs = JSON.parse(readFileSync(0, 'utf8'))
process.on('unhandledRejection', () => {})
process.on('uncaughtException', () => {}) // a timer's callback that throws; the run goes on

// The module body as the body of an async function: what `export` means is said in the text around it.
function toBody(source) {
  let body = source.replace(/^\uFEFF/, '').replace(/^#![^\n]*/, '')
  body = body.replace(/^(\s*)export\s+const\s+meta\b/m, '$1const meta')
  let tail = ''
  if (/^export\s+default\b/m.test(body)) {
    // a declaration keeps its name and is hoisted; an expression gets one
    const named = /^export\s+default\s+(?:async\s+)?(?:function\s*\*?|class)\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/mu.exec(body)
    const name = named ? named[1] : '__default'
    body = body.replace(/^export\s+default\b/m, named ? '' : 'const __default =')
    tail = `\n;return await (typeof ${name} === "function" ? ${name}(args) : ${name})`
  } else if (/^export\s+async\s+function\s+workflow\b/m.test(body)) {
    body = body.replace(/^export\s+async\s+function\s+workflow\b/m, 'async function workflow')
    tail = '\n;return await workflow(args)'
  }
  body = body.replace(/^export\s+(?=(const|let|var|function|async|class)\b)/gm, '')
  return { body, tail }
}

// What is due when: agents at once, timers after their delay. `idle` is called when nothing is left.
function timeLine(idle) {
  const waiting = []
  const ready = []
  let now = 0
  let serial = 0
  let active = false
  const step = () => {
    if (ready.length === 0 && waiting.length > 0) {
      waiting.sort((a, b) => a.due - b.due || a.serial - b.serial)
      now = Math.max(now, waiting[0].due)
      while (waiting.length > 0 && waiting[0].due <= now) {
        const entry = waiting.shift()
        entry.begin?.()
        ready.push(entry)
      }
    }
    if (ready.length === 0) {
      active = false
      idle()
      return
    }
    setImmediate(step)
    ready.shift().action()
  }
  const wake = () => {
    if (!active) {
      active = true
      setImmediate(step)
    }
  }
  return {
    wake,
    at(delay, action, begin) {
      const entry = { due: now + delay, serial: ++serial, action, begin }
      waiting.push(entry)
      wake()
      return entry.serial
    },
    cancel(number) {
      const index = waiting.findIndex((entry) => entry.serial === number)
      if (index >= 0) waiting.splice(index, 1)
    },
  }
}

// Runs inside the script's realm (its text is compiled there), so that arrays, errors and promises are the script's own.
function makeHooks(host) {
  'use strict'
  const copy = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))
  const message = (e) => (e !== null && typeof e === 'object' && typeof e.message === 'string' && e.message !== '' ? e.message : String(e))
  const all = Promise.all.bind(Promise)

  function show(value) {
    if (typeof value === 'string') return value
    if (typeof value === 'bigint') return `${value}n`
    if (Object.is(value, -0)) return '-0'
    if (typeof value === 'function') return value.name ? `[Function: ${value.name}]` : '[Function (anonymous)]'
    if (value === null || typeof value !== 'object') return String(value)
    if (value instanceof Error) return String(value)
    try {
      return JSON.stringify(value)
    } catch {
      return value.constructor?.name ? `#<${value.constructor.name}>` : Object.prototype.toString.call(value)
    }
  }

  function hooksFor(frame) {
    const hooks = {
      args: copy(frame.args),
      input: copy(frame.args),
      cwd: host.cwd,
      odw: { backend: 'mock', runId: '', runDir: '', statePath: '', resumeFrom: null },
      budget: { total: null, spent: () => host.spent(), remaining: () => Infinity, unit: 'output_tokens' },

      agent(prompt, options) {
        return new Promise((resolve, reject) => {
          const text = `${prompt}`
          const given = options !== null && typeof options === 'object' ? copy(options) : {}
          const label = given.label === null ? undefined : given.label
          host.call(text, label === undefined ? null : `${label}`, given.phase ?? frame.phase ?? null, (answer) => {
            if (answer.failed === undefined) return resolve(copy(answer.result))
            host.log(answer.failed)
            if ((given.onFailure ?? frame.meta?.onFailure) !== 'throw') return resolve(null)
            const error = new Error(answer.failed)
            error.name = 'WorkflowAgentError'
            reject(error)
          })
        })
      },

      async parallel(thunks, options) {
        if (!Array.isArray(thunks)) throw new TypeError('parallel() expects an array of functions')
        const calls = thunks.map((thunk) => {
          if (typeof thunk === 'function') return thunk
          if (thunk !== null && typeof thunk === 'object' && !(thunk instanceof Promise) && !Array.isArray(thunk) && thunk.prompt !== undefined) {
            const { prompt, ...rest } = thunk
            return () => hooks.agent(prompt, rest)
          }
          throw new TypeError('parallel() expects an array of functions, not promises. Wrap each call: () => agent(...)')
        })
        return all(Array.from(calls, async (call, i) => {
          try {
            const value = await call(i)
            return value === undefined ? null : value
          } catch (e) {
            host.log(`parallel[${i}] failed: ${message(e)}`)
            return null
          }
        }))
      },

      async pipeline(items, ...stages) {
        if (!Array.isArray(items)) throw new TypeError('pipeline() expects an array as the first argument')
        for (const stage of stages) {
          if (typeof stage !== 'function') {
            throw new TypeError('pipeline() stages must be functions: pipeline(items, item => ..., result => ...)')
          }
        }
        return all(Array.from(items, async (item, i) => {
          let previous = item
          try {
            for (const stage of stages) {
              previous = await stage(previous, item, i)
              if (previous === null) break
            }
          } catch (e) {
            host.log(`pipeline[${i}] failed: ${message(e)}`)
            return null
          }
          return previous
        }))
      },

      fanout: (items, mapper, options) => hooks.parallel(items.map((item, i) => () => mapper(item, i)), options),

      async workflow(target, args) {
        if (frame.child) throw new Error('workflow() cannot be called from inside a sub-workflow: one level is the limit')
        const name = typeof target === 'string' ? target : (target.scriptPath ?? target.name)
        if (!host.hasChild(name)) {
          throw new Error(`workflow(${name}): unknown workflow: ${name}. None is saved in .odw/workflows or .claude/workflows`)
        }
        return host.child(name, hooksFor, { args: copy(args === undefined ? target.args : args), child: true })
      },

      promptSlot(name, context, suggested) {
        const given = frame.args?.prompts?.[name] ?? (frame.args?.allowSuggestedPrompts === true ? suggested : undefined)
        if (given === undefined) throw new Error(`promptSlot("${name}") has no prompt`)
        const text = (value) => (value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2))
        return given.split('{{context}}').map((part) => part.split('{{input}}').join(text(frame.args))).join(text(context))
      },

      phase(title) {
        frame.phase = `${title}`
      },
      log(value) {
        host.log(show(value))
      },
      checkpoint() {},
      setTimeout: (callback, delay = 0, ...rest) => host.timer(() => callback(...rest), delay >= 1 && delay < 2 ** 31 ? Math.trunc(delay) : 1),
      clearTimeout: (number) => host.clearTimer(number),
      queueMicrotask: (callback) => host.microtask(() => callback()),
      structuredClone: (value) => clone(value, new Map()),
      URL: host.URL,
      URLSearchParams: host.URLSearchParams,
    }
    const line = (prefix) => (...values) => host.log(prefix + values.map(show).join(' '))
    hooks.console = { log: line(''), info: line(''), debug: line(''), warn: line('[warn] '), error: line('[error] ') }
    hooks.pandacode = { exec: hooks.agent }
    for (const runtime of ['codex', 'claude', 'bamboo']) hooks.pandacode[runtime] = (prompt, options) => hooks.agent(prompt, { ...options, runtime })
    return hooks
  }

  // Node's own gives objects of the outer realm
  function clone(value, seen) {
    if (typeof value === 'function' || typeof value === 'symbol') {
      const error = new Error(`${String(value)} could not be cloned.`)
      error.name = 'DataCloneError'
      throw error
    }
    if (value === null || typeof value !== 'object') return value
    if (seen.has(value)) return seen.get(value)
    const keep = (made) => (seen.set(value, made), made)
    if (value instanceof Date) return keep(new Date(value.getTime()))
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags))
    if (value instanceof Map) {
      const made = keep(new Map())
      for (const [k, v] of value) made.set(clone(k, seen), clone(v, seen))
      return made
    }
    if (value instanceof Set) {
      const made = keep(new Set())
      for (const v of value) made.add(clone(v, seen))
      return made
    }
    const made = keep(Array.isArray(value) ? new Array(value.length) : {})
    for (const key of Object.keys(value)) made[key] = clone(value[key], seen)
    return made
  }

  // What odw says of an error that nobody caught
  function uncaught(e) {
    if (e instanceof Error || (e !== null && typeof e === 'object' && 'stack' in e)) return String(e)
    return typeof e === 'string' ? `Uncaught '${e}'` : `Uncaught ${show(e)}`
  }

  return { hooksFor, uncaught, toJson: (value) => JSON.stringify(value) }
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
  const context = createContext({})
  let giveUp
  const never = new Promise((_, reject) => (giveUp = reject))
  const line = timeLine(() => giveUp(new Error('waiting for a promise that can never settle')))
  let spent = 0
  const host = {
    URL,
    URLSearchParams,
    cwd: job.cwd ?? '',
    log: (text) => logs.push(text),
    spent: () => spent,
    timer: (callback, delay) => line.at(delay, callback),
    clearTimer: (number) => line.cancel(number),
    microtask: (callback) => queueMicrotask(callback),
    call(...given) {
      // what leaves a script is Unicode text: half a surrogate pair becomes U+FFFD
      const [prompt, label, phase] = given.slice(0, 3).map((text) => (typeof text === 'string' ? text.toWellFormed() : text))
      const settle = given[3]
      calls.push({ prompt, label, phase })
      const answer = pool.get(`${prompt}\u0000${label ?? ''}`)?.shift()
      if (answer?.unfinished) return
      if (answer === undefined) unanswered.push(prompt.slice(0, 200))
      line.at(0, () => settle(answer ?? { result: null }), () => (spent += answer?.tokens ?? 0))
    },
    hasChild: (name) => job.children?.[name] !== undefined,
    child: (name, hooksFor, frame) => start(job.children[name], hooksFor(frame)),
  }
  const inside = new Script(`(${makeHooks})`, { filename: 'hooks.js' }).runInContext(context)(host)
  function start(source, hooks) {
    const { body, tail } = toBody(source)
    const names = Object.keys(hooks)
    // hooks are parameters of an outer function, so that the script may declare the same names
    const text = `(async (${names.join(', ')}) => { 'use strict'; return await (async () => {\n${body}\n${tail}\n})() })`
    const main = new Script(text, { filename: 'script.js' }).runInContext(context)
    return main(...names.map((name) => hooks[name]))
  }
  const out = { id: job.id, logs, calls, unanswered }
  let timer
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error('TIMEOUT')), 8000)))
  try {
    const done = start(job.source, inside.hooksFor({ args: job.args, meta: job.meta }))
    line.wake()
    const result = await Promise.race([done, never, late])
    out.result = result === undefined ? null : JSON.parse(inside.toJson(result) ?? 'null')
  } catch (e) {
    out.error = e instanceof Error ? e.message : inside.uncaught(e)
  }
  clearTimeout(timer)
  // what the script did after its end is no part of the run
  return { ...out, logs: [...logs], calls: [...calls] }
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
