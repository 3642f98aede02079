// What became of the run, on one screen.

function overview() {
  const { run, sums } = D;
  const page = el('div', { class: 'overview' });
  append(page, [
    banner(),
    tiles(),
    causesBox(),
    calls.length > 0 &&
      !run.planned &&
      el(
        'section',
        { class: 'panel', 'aria-labelledby': 'h-parallel' },
        el(
          'h2',
          { id: 'h-parallel' },
          'Calls at once',
          el('span', { class: 'aside' }, `at most ${D.parallel.peak}${run.concurrency ? ` of ${run.concurrency} slots` : ''}`),
        ),
        parallelChart(),
        queueChart(),
      ),
    calls.length > 0 &&
      el(
        'section',
        { class: 'panel', 'aria-labelledby': 'h-cost' },
        el('h2', { id: 'h-cost' }, 'Where it went'),
        shareTable('Phase', sums.phases, 'phase'),
        shareTable('Model', sums.models, 'model'),
        shareTable('Executor', sums.executors, 'executor'),
      ),
    sessionsBox(),
    resultBox(),
    el('footer', { class: 'panel muted made' }, `Made by odw ${D.odw}, ${date(D.made)}`),
  ]);
  return page;
}

function banner() {
  const { run } = D;
  const [name, tone] = run.planned ? ['Planned', 'open'] : ENDINGS[run.status] || [run.status, 'off'];
  const told = run.planned
    ? 'A dry run on the mock: nothing was asked, no tokens were spent. Answers, and what follows from them, are made up.'
    : run.status === 'completed'
      ? ''
      : run.message ||
        {
          dead: 'The process that drove the run is gone without a last word. The run can be resumed.',
          running: 'The run goes on.',
        }[run.status] ||
        '';
  if (!told && !run.damage) return null;
  return el(
    'div',
    { class: `banner tone-${tone}`, role: 'note' },
    el('strong', {}, name),
    told && el('p', {}, told),
    run.damage && el('p', {}, `The journal is damaged at ${run.damage}. What comes after is not in this report.`),
  );
}

function causesBox() {
  const { causes } = D.sums;
  if (!causes.length) return null;
  const bad = causes.reduce((sum, cause) => sum + cause.count, 0);
  return el(
    'section',
    { class: 'panel causes', 'aria-labelledby': 'h-causes' },
    el(
      'h2',
      { id: 'h-causes' },
      `${plural(bad, 'call')} without a result`,
      link({ view: 'agents', status: causes[0].status }, 'show', { class: 'aside' }),
    ),
    el(
      'ul',
      {},
      causes.map((cause) => {
        const named = cause.calls
          .slice(0, 6)
          .map((index) => callByIndex.get(index))
          .filter(Boolean);
        return el(
          'li',
          {},
          el(
            'div',
            { class: 'cause' },
            stateSign(cause.status),
            el('span', { class: 'times' }, `×${whole(cause.count)}`),
            el('strong', {}, cause.category || state(cause.status).name),
            el('span', { class: 'message' }, short(cause.message, 400)),
          ),
          el(
            'div',
            { class: 'named' },
            named.map((call) => callLink(call)),
            cause.count > named.length && el('span', { class: 'muted' }, `and ${whole(cause.count - named.length)} more`),
          ),
        );
      }),
    ),
  );
}

function sessionsBox() {
  const { sessions, forkOf } = D.run;
  if (sessions.length < 2 && !forkOf) return null;
  const from = typeof forkOf === 'object' && forkOf ? forkOf.runId || forkOf.run || '' : forkOf;
  return el(
    'section',
    { class: 'panel', 'aria-labelledby': 'h-sessions' },
    el('h2', { id: 'h-sessions' }, 'Sessions'),
    forkOf && el('p', {}, `A fork of ${from}: the results it kept were copied.`),
    el(
      'ol',
      { class: 'sessions' },
      sessions.map((session) =>
        el(
          'li',
          {},
          el('span', { class: 'mono' }, date(session.started)),
          ` ${session.number === 1 ? 'started' : 'resumed'}, ${session.status || 'no ending'}`,
          session.changed.length > 0 && `; changed: ${session.changed.join(', ').replaceAll('Sha256', '')}`,
        ),
      ),
    ),
  );
}

function resultBox() {
  if (D.run.status !== 'completed') return null;
  const body = el('div', {}, el('p', { class: 'muted' }, '…'));
  const box = el('section', { class: 'panel', 'aria-labelledby': 'h-result' }, el('h2', { id: 'h-result' }, 'Result'), body);
  wholeRun().then(({ result }) =>
    clear(
      body,
      result === null || result === undefined ? el('p', { class: 'muted' }, 'The workflow returned nothing.') : valueView(result),
    ),
  );
  return box;
}
