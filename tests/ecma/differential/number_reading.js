// Texts that are nearly numbers, read by everything that reads numbers.
const pieces = ["0", "1", "9", ".", "e", "E", "+", "-", "x", "0x", "0b", "0o", "_", " ", "\n", "Infinity", "NaN", "inf", "00", "123",
  "\u00a0", "\ufeff", "\u180e", "n", "f", "1e", "5", "e400", "e-400", ".5", "5.", "0x1F", "1234567890123456789012", "\u0660"];
for (let i = 0; i < CASES; i++) {
  const text = joined(pieces, 4);
  const radix = pick([undefined, 0, 2, 8, 10, 16, 36, 37, 1]);
  log(text, radix, Number(text), parseFloat(text), parseInt(text), parseInt(text, radix), attempt(() => BigInt(text)), isNaN(text), isFinite(text));
}
