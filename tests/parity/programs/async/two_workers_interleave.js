const queue = [1, 2, 3, 4, 5, 6, 7]
const worker = async (name) => { while (queue.length) { const job = queue.shift(); console.log(name + ' takes ' + job); for (let i = 0; i < job % 3; i++) await null; await null; console.log(name + ' done ' + job) } return name }
console.log((await Promise.all([worker('A'), worker('B'), worker('C')])).join())
