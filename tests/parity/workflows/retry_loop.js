// Retries by hand, with every kind of completion through finally.
export const meta = { name: 'retry-loop', description: 'try, catch, finally, continue, break and return in loops' }

const trail = []
async function withRetry(name, attempts, work) {
  let last
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      if (attempt === 1) throw new TypeError(`${name} first`)
      const value = await work(attempt)
      if (value === 'skip') continue
      return { value, attempt }
    } catch (error) {
      last = error
      trail.push(`${name}#${attempt} ${error.name}`)
    } finally {
      trail.push(`end ${name}#${attempt}`)
    }
  }
  throw new Error(`${name} gave up`, { cause: last })
}
const ok = await withRetry('ok', 3, (n) => agent(`Try ${n}`, { label: `try-${n}` }).then((t) => t.length > 0))
const skipped = await withRetry('skip', 2, async () => 'skip').catch((e) => [e.message, e.cause?.message])
const overridden = (() => { try { return 'try' } finally { trail.push('over') } })()
const swallowed = (() => { for (;;) { try { throw 1 } finally { break } } return 'after' })()
const nested = await (async () => {
  try {
    try { await Promise.reject(new Error('deep')) } finally { await null; trail.push('inner') }
  } catch ({ message, stack }) { return `${message}:${typeof stack}` } finally { trail.push('outer') }
})()
outer: for (const a of [1, 2, 3]) {
  for (const b of [1, 2, 3]) {
    if (b === 2) continue outer
    if (a === 3) break outer
    trail.push(`${a}${b}`)
  }
}
do { trail.push('once') } while (trail.length < 3)
class AgentError extends Error { constructor(m, code) { super(m); this.name = 'AgentError'; this.code = code } get short() { return `${this.code}!` } }
let custom
try { throw new AgentError('custom', 7) } catch (e) { custom = [e instanceof AgentError, e instanceof Error, String(e), e.short, Object.keys(e)] }
log(trail.join(','))
return { ok, skipped, overridden, swallowed, nested, custom, trail }
