// The frame around the views, and the keys.

const MAKERS = {
  overview: ['Overview', overview],
  graph: ['Graph', graphView],
  timeline: ['Timeline', timelineView],
  agents: ['Agents', agentsView],
  script: ['Script', scriptView],
  logs: ['Logs', logsView],
};
let made = {};
let shown = null;

function heading() {
  const { run } = D;
  const [name, tone] = run.planned ? ['Planned', 'open'] : ENDINGS[run.status] || [run.status, 'off'];
  return el(
    'header',
    { class: 'top' },
    el(
      'div',
      { class: 'title' },
      el('h1', {}, run.name || 'workflow'),
      el('span', { class: `pill tone-${tone}` }, name),
      D.live && el('span', { class: 'pill tone-open', id: 'live', role: 'status' }, liveWord),
      el('span', { class: 'spacer' }),
      button('?', help, { class: 'button icon', 'aria-label': 'Keys', title: 'Keys (?)' }),
      button('◐', theme, { class: 'button icon', 'aria-label': 'Light or dark', title: 'Light or dark (t)' }),
    ),
    el(
      'p',
      { class: 'muted about' },
      [
        run.id && el('span', { class: 'mono' }, run.id),
        run.started && date(run.started),
        !run.planned && duration(run.wallMs),
        run.script && el('span', { class: 'mono' }, run.script),
        run.backend && `backend ${run.backend}`,
      ]
        .filter(Boolean)
        .map((fact) => el('span', { class: 'fact' }, fact)),
    ),
    el(
      'nav',
      { 'aria-label': 'Views' },
      VIEWS.map((view, n) =>
        link(
          { view, agent: null },
          [
            MAKERS[view][0],
            view === 'agents' && el('span', { class: 'badge' }, count(calls.length)),
            view === 'logs' && D.logs.length > 0 && el('span', { class: 'badge' }, count(D.logs.length)),
          ],
          { id: `tab-${view}`, title: `${MAKERS[view][0]} (${n + 1})` },
        ),
      ),
    ),
  );
}

function show() {
  const values = address();
  const view = values.get('view');
  const main = document.getElementById('main');
  if (!made[view]) made[view] = MAKERS[view][1]();
  const rest = new URLSearchParams(values);
  rest.delete('agent');
  const changed = shown === String(rest) ? 'agent' : 'view';
  if (!main.contains(made[view])) clear(main, made[view]);
  main.className = `view-${view}`;
  for (const name of VIEWS) {
    const tab = document.getElementById(`tab-${name}`);
    if (name === view) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
  }
  shown = String(rest);
  drawer(values.has('agent') ? findCall(values.get('agent')) : null);
  made[view].shown?.(changed);
}

function start(data) {
  take(data);
  made = {};
  shown = null;
  const app = document.getElementById('app');
  const before = drawerCall;
  drawerCall = null;
  clear(
    app,
    heading(),
    el(
      'div',
      { class: 'stage' },
      el('main', { id: 'main', tabindex: '-1' }),
      el('aside', { id: 'drawer', hidden: true, 'aria-label': 'Call' }),
    ),
  );
  show();
  if (before) document.activeElement?.blur?.();
}

// newer data of a run that goes on: everything is drawn anew, but what was scrolled stays where it was
function restart(data) {
  const spots = ['.grid-body', '.timeline-scroll', '#drawer', '#main'].map((name) => [
    name,
    document.querySelector(name)?.scrollTop || 0,
  ]);
  start({ ...data, live: true });
  for (const [name, top] of spots) {
    const box = document.querySelector(name);
    if (box) box.scrollTop = top;
  }
}

const KEYS = [
  ['1 – 6', 'the views'],
  ['/', 'search calls'],
  ['j  k', 'next and previous call'],
  ['Enter', 'open a call'],
  ['Esc', 'close it'],
  ['+  −  0', 'scale of graph and timeline'],
  ['t', 'light or dark'],
  ['?', 'this list'],
];

function help() {
  let box = document.getElementById('help');
  if (!box) {
    box = el(
      'dialog',
      { id: 'help', 'aria-label': 'Keys' },
      el('h2', {}, 'Keys'),
      el(
        'dl',
        { class: 'keys' },
        KEYS.map(([key, does]) => el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, does))),
      ),
      button('Close', () => box.close()),
    );
    document.body.append(box);
  }
  box.showModal();
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName || '');
  if (event.key === 'Escape') {
    if (typing) event.target.blur();
    else go({ agent: null });
  }
  if (typing) return;
  const act =
    {
      '/': () => {
        go({ view: 'agents' });
        requestAnimationFrame(() => document.querySelector('.agents .search')?.focus());
      },
      '?': help,
      t: theme,
      j: () => step(1),
      k: () => step(-1),
    }[event.key] ||
    (VIEWS[Number(event.key) - 1] && !event.target.closest?.('.canvas, .timeline-scroll')
      ? () => go({ view: VIEWS[Number(event.key) - 1], agent: null })
      : null);
  if (act) {
    event.preventDefault();
    act();
  }
}

function step(by) {
  const view = made[address().get('view')];
  if (view?.step) return view.step(by);
  const next = calls[drawerCall ? drawerCall.position + by : 0];
  return next && openCall(next);
}

keepTheme();
window.addEventListener('addresschange', show);
window.addEventListener('hashchange', show);
window.addEventListener('popstate', show);
window.addEventListener('keydown', key);
window.addEventListener('afterprint', () => made[address().get('view')]?.shown?.('view'));
window.addEventListener('beforeprint', () => made[address().get('view')]?.printed?.());
darkness.addEventListener('change', () => {
  keepTheme();
  window.dispatchEvent(new Event('themechange'));
});
start(JSON.parse(document.getElementById('data').textContent));
if (D.live) followLive(restart);
