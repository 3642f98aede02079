const r = await Promise.allSettled([1, Promise.reject(new Error('no')), Promise.resolve('yes'), { then(f, r) { r('thenable') } }])
for (const x of r) console.log(x.status + ' ' + ('value' in x ? 'value ' + x.value : 'reason ' + (x.reason.message ?? x.reason)))
console.log(Object.keys(r[0]).join() + ' ' + Object.keys(r[1]).join())
console.log(JSON.stringify(await Promise.allSettled([])))
