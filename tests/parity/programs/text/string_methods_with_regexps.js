console.log("aXbX".replaceAll(/x/gi, "-"), "a.b.c".replaceAll(".", "$&$&"), "abc".replaceAll(/(?<l>[ac])/g, "<$<l>>"));
try { "a".replaceAll(/a/, ""); } catch (e) { console.log(e.message); }
console.log("aaa".replaceAll("a", (m, at) => at), "x".replaceAll("", "-"), "abc".at(-1), "a-b_c d".split(/[-_ ]/).map((w, i) => (i ? w[0].toUpperCase() + w.slice(1) : w)).join(""));
console.log("someVariableName".replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase(), "snake_case_name".replace(/_(\w)/g, (_, c) => c.toUpperCase()), "  trim  me ".trim().replace(/\s+/g, " "), "tel: 555-1234".replace(/\D/g, ""));
