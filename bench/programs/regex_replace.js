function main() { let n = 0; for (let i = 0; i < 3000; i++) n += `file-${i}.test.ts: error at ${i}:12`.replace(/(\w+)-(\d+)\.(\w+)/g, (m, a, b) => b + a).match(/\d+/g).length; return n }
