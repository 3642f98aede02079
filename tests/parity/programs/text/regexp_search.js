console.log(String("abc".search(/c/)), String("abc".search(/z/)), String("abc".search("b")));
const re = /b/g;
re.lastIndex = 2;
console.log(String("abc".search(re)), String(re.lastIndex), String("abc".search(/b/y)), String("abc".search(/a/y)));
