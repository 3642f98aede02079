// Every function of Math and the operators % and **, on all kinds of doubles (of a size that trigonometry reduces exactly).
const ONE = "abs acos acosh asin asinh atan atanh cbrt ceil clz32 cos cosh exp expm1 floor fround log log10 log1p log2 round sign sin sinh sqrt tan tanh trunc".split(" ");
const TWO = ["atan2", "pow", "hypot", "imul", "max", "min"];
const double = () => {
  switch (below(6)) {
    case 0: return random() * 2 - 1;
    case 1: return random() * 40 - 20;
    case 2: return random() * 2e5 - 1e5;
    case 3: return below(201) - 100;
    case 4: return pick([0, -0, Infinity, -Infinity, NaN, 0.5, -0.5, 2.5, -2.5, 0.49999999999999994, 4503599627370495.5, 2 ** 53, 5e-324]);
    default: return 10 ** (random() * 300 - 300);
  }
};
for (let i = 0; i < CASES; i++) {
  const x = double(), y = double();
  log(x, y, ...ONE.map((name) => Math[name](x)), ...TWO.map((name) => Math[name](x, y)), x % y, x ** y);
}
