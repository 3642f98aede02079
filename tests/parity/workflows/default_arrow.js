export const meta = { name: 'default-arrow', description: 'The workflow as an arrow' }
const names = { 1: 'one', 2: 'two' }
export default async (list) => {
  const said = await Promise.all(list.map(async (n) => [names[n], await agent(`Say ${names[n]}`, { label: names[n] })]))
  const { one, two } = Object.fromEntries(said)
  log(`${typeof one} ${typeof two}`)
  return { lengths: [one, two].map((t) => t.length > 0), n: list.length }
}
