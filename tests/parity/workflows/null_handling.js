// Agents that fail give null; everything downstream must cope.
export const meta = { name: 'null-handling', description: 'Nulls through parallel and pipeline' }

const tasks = [{ id: 1 }, { id: 2, mockFail: 'broken' }, { id: 3 }, { id: 4, boom: true }]
const results = await parallel(tasks.map(({ id, boom, ...extra }) => async () => {
  const text = await agent(`Task ${id}`, { label: `task-${id}`, ...extra })
  if (boom) throw new Error(`boom ${id}`)
  return text && { id, words: text.split(' ').length > 2 }
}))
const piped = await pipeline(
  tasks,
  (task) => agent(`Stage one of ${task.id}`, { label: `one-${task.id}`, ...(task.mockFail && { mockFail: task.mockFail }) }),
  (text, task, index) => (task.boom ? null.length : { index, id: task.id, ok: typeof text }),
  (prev, task, index) => (index === 2 ? undefined : prev),
  (prev) => prev?.id ?? 'was undefined',
)
const holes = await parallel([() => undefined, () => null, () => 0, async () => '', () => Promise.reject('text'), () => { throw { code: 5 } }, (i) => i, () => ({ then: (ok) => ok('thenable') })])
const alive = results.filter(Boolean)
const { a: { b: deep } = { b: 'default' }, list: [, second = 2, ...more] = [1] } = {}
const optional = [results[1]?.id, results.at(9)?.id.x.y, tasks[0]?.['id'], tasks.find((t) => t.id > 9)?.go?.(), (null ?? undefined) ?? 'fallback']
let settings = null
settings ??= { retries: 0 }
settings.retries ||= 3
settings.retries &&= settings.retries + 1
const errors = []
for (const bad of [() => parallel('x'), () => parallel([agent('eager', { label: 'eager' })]), () => pipeline({}), () => pipeline([], 5)]) {
  try { await bad() } catch (e) { errors.push(`${e.name}: ${e.message}`) }
}
log(`${alive.length}/${results.length}`)
return { results, piped, holes, alive: alive.length, deep, second, more, optional, settings, errors, empty: [await parallel([]), await pipeline([], (x) => x), await pipeline([1, 2])] }
