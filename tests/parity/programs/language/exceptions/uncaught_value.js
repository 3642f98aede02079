console.log('before')
await null
throw { toString() { return 'an object' } }
