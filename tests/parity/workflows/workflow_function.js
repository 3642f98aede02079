export const meta = { name: 'workflow-function', description: 'An exported function named workflow' }
export async function workflow(input) {
  const answer = await agent(`Do something with ${input}`, { label: `${typeof input}` })
  return { input, ok: Boolean(answer), upper: input?.toUpperCase() }
}
