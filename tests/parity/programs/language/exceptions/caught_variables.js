// `var` of a caught name assigns to the caught one; the variable of the function stays as it was (B.3.4).
function plain() {
  try { throw 'thrown'; } catch (e) {
    var e = 'assigned';
    console.log(e);
  }
  return e;
}
console.log(plain());

function declared() {
  const seen = () => kept;
  kept = 'before';
  try { throw 1; } catch (kept) { var kept = 'in catch'; for (var i = 0; i < 2; i += 1); }
  return [seen(), kept, i];
}
console.log(declared().join());

function loops() {
  const out = [];
  for (const round of [1, 2]) {
    try { throw round; } catch (e) {
      for (var e = 10; e < 11; e += 1) out.push(e);
      for (var e in { key: 1 }) out.push(e);
      out.push(e);
    }
    out.push(String(e));
  }
  return out.join(' ');
}
console.log(loops());

function nested() {
  try { throw 'outer'; } catch (e) {
    try { throw 'inner'; } catch (f) { var e = f; }
    return e;
  }
}
console.log(nested());
