// Small drawings: a bar of states, a bar of shares, and how many calls ran at once.

function stateBar(list, props) {
  const parts = census(list);
  return el(
    'div',
    { class: 'state-bar', role: 'img', 'aria-label': censusText(list) || 'no calls', ...props },
    parts.map(([name, number]) =>
      el('span', {
        class: `fill-${state(name).tone}`,
        style: { 'flex-grow': number },
        title: `${whole(number)} ${state(name).name}`,
      }),
    ),
  );
}

function shareBar(part) {
  return el(
    'span',
    { class: 'share', 'aria-hidden': 'true' },
    el('span', { style: { width: `${Math.min(100, part * 100).toFixed(1)}%` } }),
  );
}

const CHART = { width: 1000, height: 150, top: 8 };

function parallelChart() {
  const { running, waiting, step, peak } = D.parallel;
  const { width, height, top } = CHART;
  const most = Math.max(1, peak, ...running);
  const queued = Math.max(...waiting);
  const x = (n) => (n / running.length) * width;
  const y = (value) => height - (value / most) * (height - top);
  const area = (values) =>
    `M${x(0)},${y(0)}${values.map((value, n) => `L${x(n).toFixed(1)},${y(Math.min(value, most)).toFixed(1)}L${x(n + 1).toFixed(1)},${y(Math.min(value, most)).toFixed(1)}`).join('')}L${x(values.length)},${y(0)}Z`;
  const levels = [...new Set([1, Math.round(most / 2), Math.round(most)])].filter((level) => level > 0);
  const length = step * running.length;
  const every = timeStep(length / 7);
  const chart = svg('svg', {
    viewBox: `0 0 ${width} ${height}`,
    class: 'chart',
    role: 'img',
    preserveAspectRatio: 'none',
    'aria-label': `At most ${plural(peak, 'call')} at once${queued >= 1 ? `, up to ${whole(queued)} waiting` : ''}`,
  });
  for (const level of levels) chart.append(svg('line', { x1: 0, x2: width, y1: y(level), y2: y(level), class: 'grid' }));
  chart.append(svg('path', { d: area(running), class: 'area-running' }));
  const marks = el('div', { class: 'chart-marks', 'aria-hidden': 'true' });
  for (const level of levels)
    marks.append(el('span', { class: 'level', style: { top: `${(y(level) / height) * 100}%` } }, whole(level)));
  for (let at = 0; at <= length; at += every)
    marks.append(el('span', { class: at ? 'when' : 'when first', style: { left: `${(at / length) * 100}%` } }, tick(at, every)));
  return el('div', { class: 'chart-box' }, chart, marks);
}

// A few bars that say how many waited, only where some did
function queueChart() {
  const { waiting } = D.parallel;
  const most = Math.max(...waiting);
  if (most < 1) return null;
  const path = waiting.map((value, n) => `M${n},20V${(20 - (value / most) * 20).toFixed(2)}`).join('');
  return el(
    'div',
    { class: 'queue-box' },
    el('span', { class: 'queue-name' }, `in the queue, up to ${whole(most)}`),
    svg(
      'svg',
      {
        viewBox: `-0.5 0 ${waiting.length} 20`,
        preserveAspectRatio: 'none',
        class: 'queue',
        role: 'img',
        'aria-label': `Up to ${whole(most)} calls waited for a slot`,
      },
      svg('path', { d: path }),
    ),
  );
}
