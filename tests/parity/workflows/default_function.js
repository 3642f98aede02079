export const meta = { name: 'default-function', description: 'The workflow as a default export' }

const double = (n) => n * 2
export default async function main(input) {
  const { n = 1 } = input ?? {}
  phase('Work')
  const texts = await pipeline(Array.from({ length: n }, (_, i) => i), (i) => agent(`Number ${i}`, { label: `n${i}` }), (text, i, at) => `${double(i)}/${at}/${text.length > 3}`)
  log(helper(texts))
  return { texts, same: input === args }
}
function helper(list) {
  return list.join('|')
}
