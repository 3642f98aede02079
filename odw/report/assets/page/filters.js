// Which calls the address asks for, and in which order.

const FILTERS = ['status', 'phase', 'model', 'executor'];

function wantedCalls(values, inTexts) {
  const word = (values.get('q') || '').trim().toLowerCase();
  const chosen = FILTERS.filter((name) => values.has(name)).map((name) => [name, values.get(name)]);
  const site = values.has('site') ? Number(values.get('site')) : null;
  const only = values.has('calls') ? new Set(values.get('calls').split(',').map(Number)) : null;
  let found = calls.filter(
    (call) =>
      chosen.every(([name, value]) => call[name] === value) &&
      (site === null || call.site === site) &&
      (!only || only.has(call.index)) &&
      (!word || call.text.includes(word) || (inTexts && inTexts.has(call.position))),
  );
  const column = COLUMNS.find((one) => one.id === values.get('sort'));
  if (column) {
    const way = values.get('way') === 'down' ? -1 : 1;
    const compare = (a, b) =>
      a === null
        ? 1
        : b === null
          ? -1
          : typeof a === 'string'
            ? way * a.localeCompare(b, 'en', { numeric: true })
            : way * (a - b);
    found = [...found].sort((a, b) => compare(column.of(a), column.of(b)) || a.index - b.index);
  }
  return found;
}

const COLUMNS = [
  { id: 'index', title: '#', of: (call) => call.index, show: (call) => String(call.index), kind: 'number' },
  {
    id: 'status',
    title: 'State',
    of: (call) => Object.keys(STATES).indexOf(call.status),
    show: (call) => stateSign(call.status),
    kind: 'sign',
  },
  {
    id: 'label',
    title: 'Call',
    of: (call) => call.label,
    show: (call) =>
      el('span', { class: 'call-name' }, call.label || call.path, call.message && el('span', { class: 'message' }, call.message)),
    kind: 'name',
  },
  { id: 'phase', title: 'Phase', of: (call) => call.phase, show: (call) => call.phase || '', kind: 'text' },
  {
    id: 'model',
    title: 'Model',
    of: (call) => call.model,
    show: (call) => call.model || call.executor || '',
    kind: 'text model',
  },
  {
    id: 'attempts',
    title: 'Tries',
    of: (call) => call.attempts.length,
    show: (call) => (call.attempts.length > 1 ? String(call.attempts.length) : ''),
    kind: 'number tries',
  },
  {
    id: 'waited',
    title: 'Waited',
    of: (call) => call.waited,
    show: (call) => (call.waited >= 1 ? brief(call.waited) : ''),
    kind: 'number waited',
  },
  { id: 'duration', title: 'Took', of: (call) => call.duration, show: (call) => brief(call.duration), kind: 'number' },
  { id: 'input', title: 'In', of: (call) => call.input, show: (call) => count(call.input), kind: 'number input' },
  { id: 'output', title: 'Out', of: (call) => call.output, show: (call) => count(call.output), kind: 'number' },
  { id: 'cost', title: 'Cost', of: (call) => call.cost, show: (call) => money(call.cost), kind: 'number cost' },
];

function filterBar(count_) {
  const values = address();
  const input = el('input', {
    type: 'search',
    class: 'search',
    placeholder: 'Search  ( / )',
    'aria-label': 'Search calls',
    value: values.get('q') || '',
  });
  input.addEventListener('input', () => go({ view: 'agents', q: input.value }, true));
  const texts = el('input', { type: 'checkbox' });
  texts.checked = values.get('in') === 'texts';
  texts.addEventListener('change', () => go({ in: texts.checked ? 'texts' : null }, true));
  const chooser = (name, title, options) => {
    if (options.length < 2 && !values.has(name)) return null;
    const select = el(
      'select',
      { 'aria-label': title, class: 'select' },
      el('option', { value: '' }, title),
      options.map((option) => el('option', { value: option }, short(option, 40))),
    );
    select.value = values.get(name) || '';
    select.addEventListener('change', () => go({ [name]: select.value || null }));
    return select;
  };
  const present = (name) => [...new Set(calls.map((call) => call[name]).filter(Boolean))];
  const chips = el(
    'div',
    { class: 'chips', role: 'group', 'aria-label': 'State' },
    census(calls).map(([name, number]) =>
      button(
        [stateSign(name), `${state(name).name} `, el('span', { class: 'muted' }, whole(number))],
        () => go({ status: address().get('status') === name ? null : name }),
        { class: 'chip', 'aria-pressed': String(values.get('status') === name) },
      ),
    ),
  );
  const others = ['site', 'calls']
    .filter((name) => values.has(name))
    .map((name) =>
      button(
        `${name === 'site' ? `from ${siteName(Number(values.get('site')))}` : 'chosen in the graph'} ✕`,
        () => go({ [name]: null }),
        { class: 'chip', 'aria-pressed': 'true' },
      ),
    );
  return el(
    'div',
    { class: 'toolbar' },
    input,
    el('label', { class: 'check' }, texts, 'in prompts and results'),
    chips,
    chooser('phase', 'All phases', present('phase')),
    chooser('model', 'All models', present('model')),
    chooser('executor', 'All executors', present('executor')),
    others,
    count_,
  );
}

function siteName(position) {
  const site = D.sites[position];
  return site ? `${site[2] ? `${site[2]} ` : ''}line ${site[0]}` : 'elsewhere';
}
