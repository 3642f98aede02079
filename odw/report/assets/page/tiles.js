// The figures at the head of the overview.

function tile(title, value, ...below) {
  return el(
    'div',
    { class: 'tile' },
    el('dt', {}, title),
    el(
      'dd',
      {},
      el('span', { class: 'figure' }, value),
      below.map((line) => line && el('span', { class: 'below' }, line)),
    ),
  );
}

function tiles() {
  const { run } = D;
  const [input, output, cacheRead, cacheWrite] = run.usage;
  const retries = calls.reduce((sum, call) => sum + Math.max(0, call.attempts.length - 1), 0);
  const box = el('dl', { class: 'tiles' });
  append(box, [
    tile('Calls', whole(calls.length), calls.length ? stateBar(calls) : 'no agent was asked', censusText(calls)),
    !run.planned &&
      tile(
        'Wall time',
        duration(run.wallMs),
        run.busyMs > run.wallMs * 1.05 &&
          `${duration(run.busyMs)} of agents, ×${(run.busyMs / Math.max(1, run.wallMs)).toFixed(1)}`,
      ),
    !run.planned &&
      run.critical.length > 0 &&
      tile(
        'Critical path',
        duration(run.criticalMs),
        link({ view: 'timeline', critical: '1' }, plural(run.critical.length, 'call')),
      ),
    !run.planned &&
      tile(
        'Output tokens',
        count(output),
        `${count(input)} in`,
        cacheRead + cacheWrite > 0 && `${count(cacheRead + cacheWrite)} cached`,
      ),
    !run.planned &&
      run.cost !== null &&
      tile('Cost', money(run.cost), calls.length > 0 && `${money(run.cost / calls.length)} a call`),
    run.budget && run.budget.total !== null && budgetTile(run.budget),
    retries > 0 &&
      tile('Retries', whole(retries), D.sums.retried.map((cause) => `${cause.category} ${whole(cause.count)}`).join(', ')),
  ]);
  return box;
}

function budgetTile(budget) {
  const dollars = budget.unit === 'cost' || budget.unit === 'usd';
  const show = (amount) => (dollars ? money(amount) : count(amount));
  const part = budget.total ? budget.spent / budget.total : 0;
  return tile(
    'Budget',
    `${Math.round(part * 100)} %`,
    shareBar(part),
    `${show(budget.spent)} of ${show(budget.total)}${dollars ? '' : ` ${budget.unit.replaceAll('-', ' ')}`}${budget.approx ? ', about' : ''}`,
  );
}
