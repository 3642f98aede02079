// Top-level returns inside blocks, and functions that are used before they are declared.
export const meta = { name: 'early-returns', description: 'Return at the top level, from within' }

const { mode = 'none', items } = args || {}
if (!items?.length) {
  log('nothing to do')
  return { status: 'empty' }
}
const checked = check(items)
async function check(list) {
  const out = []
  for (const item of list) out.push(await verdict(item))
  return out
}
async function verdict(item) {
  const { verdict: v } = (await agent(`Judge ${item}`, { schema: { type: 'object', required: ['verdict'], properties: { verdict: { enum: ['yes', 'no'] } } }, label: item })) ?? { verdict: 'no' }
  return `${item}=${v}`
}
switch (mode) {
  case 'quick':
    return { status: 'quick' }
  case 'full': {
    const list = await checked
    if (list.length > 1) {
      for (const entry of list) {
        try {
          if (entry.startsWith('b')) return { status: 'found', entry, list }
        } finally {
          log(`looked at ${entry}`)
        }
      }
    }
    return { status: 'all', list }
  }
}
return { status: 'unknown' }
