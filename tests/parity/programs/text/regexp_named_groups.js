const { groups } = /(?<year>\d{4})-(?<month>\d{2})(?:-(?<day>\d{2}))?/.exec("due 2024-11");
console.log(JSON.stringify(groups), String(groups.day), String(Object.getPrototypeOf(groups)));
console.log("2024-11-05".replace(/(?<y>\d+)-(?<m>\d+)-(?<d>\d+)/, "$<d>.$<m>.$<y>"));
console.log("a-b".replace(/(?<l>\w)-(?<r>\w)/, (...args) => JSON.stringify(args.at(-1))));
for (const { groups: { key, value } } of "a=1;b=2".matchAll(/(?<key>\w)=(?<value>\d)/g)) console.log(key, value);
