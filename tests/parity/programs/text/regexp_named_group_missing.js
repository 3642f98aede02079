console.log("xy".replace(/(?<a>x)(?<b>z)?/, "[$<a>|$<b>|$<c>]"));
console.log("xy".replace(/(x)(z)?/, "[$1|$2|$3|$<a>]"));
console.log("xy".replace(/(?<a>x)/, "$<a"));
