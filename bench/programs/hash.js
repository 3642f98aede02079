function main() { let h = 2166136261; for (let i = 0; i < 60000; i++) { h ^= i & 255; h = Math.imul(h, 16777619) >>> 0 } return h }
