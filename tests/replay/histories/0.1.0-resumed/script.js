export const meta = { name: 'resumed', description: 'A history that is kept.' }

phase('Look')
const seen = await parallel(args.files.map((f) => () => agent(`look at ${f}`, { label: f })))
phase('Judge')
const judged = await pipeline(seen, (text) => agent(`judge ${text}`), (text, before, i) => agent(`sum ${i} ${text}`, { label: `sum-${i}` }))
log(`${judged.length} judged`)
checkpoint('judged', judged.length)
return { seen, judged }
