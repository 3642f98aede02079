let total = 10
function run() {
  const seen = []
  seen.push(total)
  {
    let total = 5
    seen.push(total)
    total++
    seen.push(total)
  }
  total++
  seen.push(total)
  return seen.join()
}
console.log(run())
console.log(String(total))
