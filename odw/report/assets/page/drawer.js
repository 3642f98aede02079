// Everything about one call, beside whatever is shown.

let drawerCall = null;
let drawerFrom = null; // what had the focus before

function drawer(call) {
  const box = document.getElementById('drawer');
  if (!call) {
    if (box.hidden) return;
    box.hidden = true;
    document.body.classList.remove('with-drawer');
    drawerCall = null;
    if (drawerFrom?.isConnected) drawerFrom.focus();
    return;
  }
  if (drawerCall === call && !box.hidden) return;
  if (box.hidden) drawerFrom = document.activeElement;
  drawerCall = call;
  box.hidden = false;
  document.body.classList.add('with-drawer');
  const body = el('div', { class: 'drawer-body' }, el('p', { class: 'muted' }, '…'));
  clear(box, drawerHead(call), body);
  box.querySelector('h2').focus({ preventScroll: true });
  detailOf(call).then((detail) => {
    if (drawerCall === call) clear(body, drawerParts(call, detail));
  });
}

function drawerHead(call) {
  const step = (by) => {
    const next = calls[call.position + by];
    return button(by < 0 ? '↑' : '↓', () => openCall(next), {
      'aria-label': by < 0 ? 'Previous call' : 'Next call',
      title: by < 0 ? 'Previous call (k)' : 'Next call (j)',
      disabled: !next,
      class: 'button icon',
    });
  };
  return el(
    'header',
    { class: 'drawer-head' },
    el(
      'div',
      { class: 'drawer-title' },
      stateSign(call.status),
      el('h2', { tabindex: '-1' }, call.label || `call ${call.index}`),
      el(
        'div',
        { class: 'buttons' },
        step(-1),
        step(1),
        button('✕', () => go({ agent: null }), { 'aria-label': 'Close', title: 'Close (Esc)', class: 'button icon' }),
      ),
    ),
    el('p', { class: 'muted mono place' }, `#${call.index} · ${call.path}`, call.phase && ` · ${call.phase}`),
  );
}

function drawerParts(call, detail) {
  const site = call.site === null ? null : D.sites[call.site];
  const facts = [
    ['State', state(call.status).name + (call.session > 0 && call.status === 'replayed' ? ` from session ${call.session}` : '')],
    ['Executor', call.executor],
    ['Model', call.model],
    ['Took', duration(call.duration)],
    call.waited > 0 && ['Waited', duration(call.waited)],
    [
      'Tokens',
      `${whole(call.input)} in, ${whole(call.output)} out${call.cacheRead + call.cacheWrite ? `, ${count(call.cacheRead + call.cacheWrite)} cached` : ''}${call.reasoning ? `, ${count(call.reasoning)} reasoning` : ''}`,
    ],
    call.cost !== null && ['Cost', money(call.cost)],
    call.attempts.length > 1 && ['Attempts', whole(call.attempts.length)],
    site && [
      'Written at',
      site.length > 2 ? `${site[2]}:${site[0]}` : link({ view: 'script', line: site[0] }, `line ${site[0]}`),
    ],
    call.critical && ['Critical path', 'yes'],
  ].filter((fact) => fact && fact[1] !== null && fact[1] !== '');
  const config = { ...detail.config };
  delete config.label;
  return [
    el(
      'dl',
      { class: 'facts' },
      facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
    ),
    detail.error &&
      part(
        'Error',
        el(
          'div',
          { class: 'error-box' },
          el('strong', {}, detail.error.category),
          el('pre', {}, String(detail.error.message || '')),
          detail.error.retryable === false && el('p', { class: 'muted' }, 'Not retried: trying again would not help.'),
        ),
      ),
    detail.worktree && worktreePart(detail.worktree),
    detail.result !== undefined && part('Result', valueView(detail.result), rawText(detail.result)),
    part(
      'Prompt',
      detail.prompt === undefined
        ? el('p', { class: 'muted' }, 'Not in this run: the result was copied from the run that this is a fork of.')
        : textView(detail.prompt),
      detail.prompt,
    ),
    detail.attempts &&
      (detail.attempts.length > 1 || detail.attempts[0].text || detail.attempts[0].problems) &&
      part(
        'Attempts',
        el(
          'ol',
          { class: 'attempts' },
          detail.attempts.map((attempt, n) => attemptView(attempt, call.attempts[n])),
        ),
        null,
        call.attempts.length > 1,
      ),
    detail.tools &&
      part(
        `Tools (${whole(call.tools)})`,
        el(
          'ol',
          { class: 'tools' },
          detail.tools.map((tool) => el('li', {}, tool)),
        ),
        null,
        false,
      ),
    detail.said && part('Last words', el('pre', { class: 'text' }, detail.said), null, false),
    detail.schema !== undefined && part('Schema', jsonTree(detail.schema, 3), JSON.stringify(detail.schema, null, 2), false),
    Object.keys(config).length > 0 && part('Options', jsonTree(config, 2), JSON.stringify(config, null, 2), false),
    el('p', { class: 'muted mono key' }, `key ${detail.key || ''}`),
  ];
}

function part(title, body, copied, open = true) {
  return el(
    'details',
    { class: 'part', open },
    el(
      'summary',
      {},
      el('h3', {}, title),
      copied && el('span', { class: 'buttons' }, copyButton(typeof copied === 'string' ? copied : rawText(copied))),
    ),
    body,
  );
}

function attemptView(attempt, span) {
  const how = span ? span[2] : attempt.error ? 'failed' : 'ok';
  const sign = { ok: 'done', failed: 'failed', invalid: 'failed', cut: 'cut', running: 'running' }[how] || 'cut';
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'attempt' },
      stateSign(sign),
      el('strong', {}, `Attempt ${attempt.n}`),
      span && el('span', { class: 'muted' }, ` at ${clock(span[0])}, ${duration(span[1] - span[0])}`),
      attempt.tokens && el('span', { class: 'muted' }, `, ${whole(attempt.tokens[1])} out`),
    ),
    attempt.error && el('p', { class: 'message' }, `${attempt.error.category}: ${attempt.error.message}`),
    attempt.problems &&
      el(
        'ul',
        { class: 'problems' },
        attempt.problems.map((problem) => el('li', {}, problem)),
      ),
    attempt.text !== undefined && el('details', {}, el('summary', {}, 'Raw answer'), textView(attempt.text)),
  );
}

function worktreePart(tree) {
  if (!tree.changed) return part('Worktree', el('p', { class: 'muted' }, 'Nothing was changed in it.'));
  const diff = typeof tree.diff === 'string' ? tree.diff : (tree.diff || {}).cut || '';
  const [added, removed] = diffCounts(diff);
  return part(
    'Changes',
    [
      el(
        'p',
        { class: 'diff-sum' },
        el('span', {}, plural((tree.files || []).length, 'file')),
        el('span', { class: 'tone-ok' }, `+${whole(added)}`),
        el('span', { class: 'tone-bad' }, `−${whole(removed)}`),
        el('span', { class: 'mono muted' }, tree.branch || ''),
      ),
      (tree.files || []).length > 0 &&
        el(
          'ul',
          { class: 'files' },
          tree.files.map((file) =>
            el('li', { class: 'mono' }, typeof file === 'string' ? file : `${file.status || ' '} ${file.path}`),
          ),
        ),
      diff ? diffView(diff) : el('p', { class: 'muted' }, 'The patch is not there any more.'),
      tree.diff && tree.diff.length && typeof tree.diff !== 'string' && cutNote(tree.diff),
    ],
    diff,
  );
}
