// Intl.NumberFormat over its options.
const options = {
  style: [0.7, ["decimal", "percent", "currency", "unit"]], currency: [1, ["USD", "EUR", "JPY", "GBP", "INR", "CNY", "KRW", "BRL", "XXX", "CHF", "usd", "KWD"]],
  currencyDisplay: [0.3, ["symbol", "narrowSymbol", "code"]], unit: [1, ["kilobyte", "second", "meter", "byte", "percent", "day", "celsius", "liter", "mile", "hour"]],
  unitDisplay: [0.4, ["short", "long", "narrow"]], notation: [0.4, ["standard", "compact"]], compactDisplay: [0.4, ["short", "long"]],
  signDisplay: [0.3, ["auto", "always", "never", "exceptZero", "negative"]], useGrouping: [0.3, [true, false, "always", "auto", "min2"]],
  minimumIntegerDigits: [0.1, [1, 2, 5]], minimumFractionDigits: [0.3, [0, 1, 2, 3]], maximumFractionDigits: [0.3, [0, 1, 2, 3, 20]],
  minimumSignificantDigits: [0.15, [1, 2, 5]], maximumSignificantDigits: [0.15, [1, 2, 3, 5, 21]],
  roundingMode: [0.15, ["ceil", "floor", "expand", "trunc", "halfCeil", "halfFloor", "halfExpand", "halfTrunc", "halfEven"]],
  roundingPriority: [0.15, ["auto", "morePrecision", "lessPrecision"]], trailingZeroDisplay: [0.1, ["auto", "stripIfInteger"]], roundingIncrement: [0.1, [1, 5, 25, 3]],
};
const values = [0, -0, 1, -1, 0.5, 1.005, 2.5, -2.5, 0.001, 0.00001234, 123456.789, -123456.789, 1e6, 1.5e6, 999999, 999.5, 1e9, 1e12, 1e21, 1e-7, NaN, Infinity, -Infinity,
  12, 1234, 99.95, 0.1 + 0.2, 12345678901234567890n, -5n, "1234.5"];
for (let i = 0; i < CASES; i++) {
  const chosen = {};
  for (const [name, [share, among]] of Object.entries(options)) if (random() < share) chosen[name] = pick(among);
  const value = random() < 0.3 ? random() * 10 ** below(8) : pick(values);
  log(JSON.stringify(chosen), value, attempt(() => new Intl.NumberFormat("en-US", chosen).format(value)));
}
for (const value of values) log(value.toLocaleString(), Number(value).toLocaleString("en-US", { style: "percent", minimumFractionDigits: 1 }));
