const u = new URL("https://user:p%40ss@Example.com:8080/a/b/../c%20d?q=1&q=2&x=y%20z#frag");
console.log(["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"].map((k) => k + "=" + u[k]).join("\n"));
console.log(u.searchParams.get("q"), u.searchParams.getAll("q").join(), u.searchParams.get("x"), String(u.searchParams.get("none")), String(u), JSON.stringify({ u }), Object.prototype.toString.call(u));
console.log(new URL("../x?y", "http://a/b/c/d").href, new URL("//h/p", "https://a").href, new URL("#z", "http://a/b?c").href, String(URL.canParse("nope")), String(URL.canParse("/x", "http://a")));
