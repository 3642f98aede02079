console.log("1");
queueMicrotask(() => console.log("4"));
Promise.resolve().then(() => console.log("5"));
queueMicrotask(() => { console.log("6"); queueMicrotask(() => console.log("8")); });
Promise.resolve().then(() => console.log("7"));
console.log("2");
for (const v of [1, undefined, "f", {}]) try { queueMicrotask(v); } catch (e) { console.log(e.name + ": " + e.code); }
console.log("3");
await null;
