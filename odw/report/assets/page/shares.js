// Tables of what went where.

function shareTable(title, rows, field) {
  if (!rows.length || (rows.length === 1 && !rows[0].name)) return null;
  const costs = !D.run.planned && rows.some((row) => row.cost !== null);
  const sum = (name) => rows.reduce((total, row) => total + (row[name] || 0), 0) || 1;
  const whole_ = costs ? sum('cost') : sum('output');
  const head = ['calls', 'failed', 'in', 'out', 'cached', 'agent time', costs && 'cost', 'share'].filter(Boolean);
  return el(
    'div',
    { class: 'scroll' },
    el(
      'table',
      { class: 'sums' },
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col' }, title),
          head.map((name) => el('th', { scope: 'col', class: 'number' }, name)),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map((row) => {
          const part = (costs ? row.cost || 0 : row.output) / whole_;
          return el(
            'tr',
            {},
            el(
              'th',
              { scope: 'row' },
              row.name
                ? link({ view: 'agents', [field]: row.name }, row.name)
                : el('span', { class: 'muted' }, field === 'model' ? 'not told' : `no ${field}`),
            ),
            [
              whole(row.calls),
              row.states.failed
                ? el('span', { class: 'tone-bad' }, whole(row.states.failed))
                : el('span', { class: 'muted' }, '0'),
              count(row.input),
              count(row.output),
              count(row.cached),
              brief(row.ms),
            ].map((cell) => el('td', { class: 'number' }, cell)),
            costs && el('td', { class: 'number' }, money(row.cost)),
            el('td', { class: 'number wide' }, shareBar(part), el('span', { class: 'percent' }, `${Math.round(part * 100)} %`)),
          );
        }),
      ),
    ),
  );
}
