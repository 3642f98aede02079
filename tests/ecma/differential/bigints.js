// Operators and methods of BigInt on operands of many sizes.
const big = () => {
  let value = BigInt(below(20));
  for (let i = below(5); i > 0; i--) value = (value << 40n) + BigInt(below(2 ** 40));
  return random() < 0.5 ? -value : value;
};
for (let i = 0; i < CASES; i++) {
  const a = big(), b = big(), bits = pick([0, 1, 2, 7, 8, 31, 32, 63, 64, 65, 100]), shift = BigInt(bits);
  log(a, b, bits, a + b, a - b, a * b, attempt(() => a / b), attempt(() => a % b), a & b, a | b, a ^ b, ~a, a << shift, a >> shift,
    a ** BigInt(bits % 8), BigInt.asIntN(bits, a), BigInt.asUintN(bits, a), Number(a), a < b, a == b, a > 1.5, a == Number(a),
    a < Number(b), a.toString(2 + below(35)), a.toLocaleString());
}
for (const value of [0.5, "1n", "", " ", null, true, undefined, {}, [], [5], 1e21, 1e300, NaN, -0, "0x", "-0x1", "+5", "1e3"]) {
  log(attempt(() => BigInt(value)));
}
for (const bits of [-1, 2 ** 53, 2 ** 53 - 1, 1.5, NaN, "3", null]) log(attempt(() => BigInt.asIntN(bits, 5n)), attempt(() => BigInt.asUintN(bits, 5n)));
