const log = "2024-11-05T10:00:00Z [INFO] started\n2024-11-05T10:00:01Z [ERROR] boom: x=1\n";
const rows = [...log.matchAll(/^(?<at>\S+) \[(?<level>\w+)\] (?<message>.*)$/gm)].map((m) => ({ ...m.groups }));
console.log(JSON.stringify(rows));
const score = "Score: 8.5/10 (high)";
const [, value, of] = score.match(/(\d+(?:\.\d+)?)\s*\/\s*(\d+)/) ?? [];
console.log(value, of, String(Number(value) / Number(of)));
console.log(String(/\b(yes|no)\b/i.exec("I think YES.")?.[1].toLowerCase()), String("none".match(/\d+/)?.[0]), JSON.stringify("k1=v1&k2=&k3".split("&").map((p) => p.match(/^([^=]+)(?:=(.*))?$/).slice(1).map(String))));
