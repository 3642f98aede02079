const re = /(\w)(\d+)/g;
let m;
const text = "a1 b22 c333";
while ((m = re.exec(text)) !== null) {
  console.log(`${m[0]} ${m[1]} ${m[2]} @${m.index} last=${re.lastIndex} in=${m.input.length}`);
}
console.log(String(re.lastIndex));
