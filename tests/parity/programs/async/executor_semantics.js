const p = new Promise((resolve, reject) => {
  console.log('executor runs')
  resolve('first')
  resolve('second')
  reject(new Error('third'))
  throw new Error('ignored')
})
console.log('after')
console.log(await p)
try { await new Promise(() => { throw new TypeError('thrown') }) } catch (e) { console.log(e.name + ' ' + e.message) }
for (const bad of [undefined, null, 1, 's', {}, [], /x/]) {
  try { new Promise(bad) } catch (e) { console.log(e.name + ': ' + e.message) }
}
try { Promise(() => {}) } catch (e) { console.log(e.message) }
