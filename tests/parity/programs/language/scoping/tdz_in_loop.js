const log = []
for (let i = 0; i < 3; i++) {
  try { log.push(x) } catch (e) { log.push(e.name) }
  let x = i
  log.push(x)
}
for (let i = 0; i < 2; i++) {
  const read = () => y
  try { log.push(read()) } catch (e) { log.push(e.name) }
  const y = 'y' + i
  log.push(read())
}
for (let i = 0; i < 2; i++) {
  try { log.push(hoisted()) } catch (e) { log.push(e.name) }
  const z = 'z' + i
  function hoisted() { return z }
  log.push(hoisted())
}
let n = 0
while (n < 4) {
  switch (n++ % 2) {
    case 0: let s = 'set'; log.push(s); break
    case 1: try { log.push(s) } catch (e) { log.push(e.name) }
  }
}
for (let i = 0; i < 2; i++) {
  try { k = 5; log.push('assigned') } catch (e) { log.push(e.message) }
  let k
  log.push(String(k))
}
console.log(log.join('\n'))
