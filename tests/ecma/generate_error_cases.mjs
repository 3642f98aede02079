// Writes what node says where each line of cases/errors.in.txt goes wrong to cases/errors.json, and the places that it names in
// the stacks of cases/stacks.in.js to cases/stacks.json:
//   node tests/ecma/generate_error_cases.mjs
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const file = (name) => new URL(`cases/${name}`, import.meta.url);
const AsyncFunction = (async () => {}).constructor;
const show = (error) => (error instanceof Error || error?.constructor?.name === "DOMException" ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`);

async function outcome(body) {
  try {
    await new AsyncFunction(`"use strict";\n${body}`)();
    return "nothing";
  } catch (error) {
    return show(error);
  }
}

const rows = [];
for (const body of readFileSync(file("errors.in.txt"), "utf8").split("\n").filter(Boolean)) {
  const text = await outcome(body);
  if (!/^SyntaxError: (?!.*(regular expression|JSON|BigInt))/.test(text)) rows.push([body, text]); // an early error: no text at run time
}
writeFileSync(file("errors.json"), `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`);

// [what, [[the function's name or "", line, column], …]]: frames of the script only
const module_ = file("stacks.out.mjs");
writeFileSync(module_, `${readFileSync(file("stacks.in.js"), "utf8")}\nexport { out };\n`);
const { out } = await import(module_);
rmSync(module_);
const frame = /^    at (?:(.*) \()?file:.*stacks\.out\.mjs:(\d+):(\d+)\)?$/;
const stacks = out.map((text) => {
  const [what, ...lines] = text.split("\n");
  return [what, lines.map((line) => frame.exec(line)).filter(Boolean).map(([, name, line, column]) => [name ?? "", +line, +column])];
});
writeFileSync(file("stacks.json"), `[\n${stacks.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`);
