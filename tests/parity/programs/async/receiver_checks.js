for (const f of [
  () => Promise.prototype.then.call(1), () => Promise.prototype.then.call({}), () => Promise.prototype.catch.call({}),
  () => Promise.prototype.finally.call(1), () => Promise.resolve.call(1), () => Promise.all.call(undefined),
  () => Promise.resolve.call({}), () => Promise.resolve.call(function (executor) {}), () => Promise.reject.call(5),
  () => Promise.resolve.call(function (executor) { executor(() => {}, 1); executor(1, () => {}) }),
]) { try { f(); console.log('fine') } catch (e) { console.log(e.name + ': ' + e.message) } }
