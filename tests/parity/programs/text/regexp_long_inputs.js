const long = "ab".repeat(20000);
console.log(String(/^(?:ab)*$/.test(long)), String(/^(?:(a)(b))*$/.exec(long)[0].length), String(long.replace(/a/g, "").length), String(long.split(/b/).length));
console.log(String(/^(a|b|ab)*c?$/.test("ab".repeat(3000))), String(("x".repeat(5000) + "y").match(/x*?y/)[0].length));
