// Rows of the timeline: a call each, or as many lanes as ran at once, by phase.

const ROW = { calls: 18, lanes: 16, head: 26 };

// { rows: [{ y, h, title } | { y, h, bars }], height }; a bar is { call, from, to, how, waits }
function timelineRows(mode) {
  const groups = new Map();
  for (const call of calls) {
    if (call.started === null && call.queued === null) continue;
    const title = call.phase || '';
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(call);
  }
  const rows = [];
  let y = 0;
  for (const [title, list] of groups) {
    rows.push({ y, h: ROW.head, title: title || 'no phase', list });
    y += ROW.head;
    const lanes = mode === 'calls' ? list.map((call) => barsOf(call, true)) : packed(list);
    for (const bars of lanes) {
      rows.push({ y, h: ROW[mode], bars });
      y += ROW[mode];
    }
    y += 8;
  }
  return { rows, height: y };
}

function barsOf(call, waits) {
  const bars = [];
  if (waits && call.waited > 0) bars.push({ call, from: call.queued, to: call.started, how: 'waited' });
  call.attempts.forEach(([from, to, how], n) =>
    bars.push({ call, from, to, how: how === 'ok' && call.status === 'replayed' ? 'again' : how, n }),
  );
  return bars;
}

// Each call in the first lane that is free: what one slot did, more or less
function packed(list) {
  const ends = [];
  const lanes = [];
  for (const call of [...list].sort((a, b) => a.started - b.started || a.index - b.index)) {
    if (!call.attempts.length) continue;
    let lane = ends.findIndex((end) => end <= call.started);
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane].push(...barsOf(call, false));
    ends[lane] = call.attempts[call.attempts.length - 1][1];
  }
  return lanes;
}

// Those of a row's bars that lie between two moments; they are in order of time
function barsBetween(bars, from, to) {
  if (bars.length < 40) return bars;
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bars[middle].to < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < bars.length && bars[end].from <= to) end += 1;
  return bars.slice(low, end);
}
