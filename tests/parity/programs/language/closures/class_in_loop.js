const classes = []
for (const n of [1, 2, 3]) classes.push(class { static #c = n; static get c() { return this.#c } v = n * 2; m() { return () => this.v + n } })
console.log(classes.map(C => C.c + ':' + new C().m()()).join())
console.log(classes[0] === classes[1])
