const made = [];
for (let i = 0; i < 2; i++) made.push(/x/g);
console.log(String(made[0] === made[1]));
const f = () => /a/g.test("a");
console.log(String([f(), f(), f()]));
made[0].lastIndex = 7;
console.log(String(made[1].lastIndex));
