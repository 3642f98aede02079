// Three designs, three judges, one refined winner.
//
// Why this shape: "the best design" from one agent is its first idea. Proposals from different angles cover more ground,
// and the judges' reasons, not only their scores, go into the last version.
export const meta = {
  name: 'pattern-judge-panel',
  description: 'Propose designs from different angles, let a panel judge them, and refine the winner',
  phases: ['Propose', 'Judge', 'Refine'],
}

const task = args?.task ?? 'Design the storage of an undo history for a drawing program.'

const panel = await workflow('judge-panel', {
  task,
  angles: ['the least memory', 'the simplest code', 'undo across sessions'],
  judge: { model: 'sonnet' },
  refiner: { effort: 'high' },
})
if (!panel.winner) throw new Error('no design was proposed and judged')
return {
  winner: panel.winner.angle,
  means: panel.ranking.map(({ angle, mean }) => ({ angle, mean })),
  missing: panel.abstained,
  design: panel.final,
}
