class StopError extends Error { get name() { return 'StopError' } }
console.log('before')
throw new StopError('halting here')
