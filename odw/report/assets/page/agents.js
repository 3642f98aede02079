// The table of calls: only the rows in sight are drawn.

function agentsView() {
  if (!calls.length) return el('p', { class: 'empty' }, 'No agent was asked.');
  const count_ = el('span', { class: 'muted counted', role: 'status' });
  const bar = el('div', {});
  const inner = el('div', { class: 'grid-inner', role: 'rowgroup' });
  const body = el(
    'div',
    { class: 'grid-body', tabindex: '0', role: 'grid', 'aria-label': 'Calls', 'aria-describedby': 'grid-help' },
    inner,
  );
  const head = el('div', { class: 'grid-head' });
  const page = el(
    'div',
    { class: 'agents' },
    bar,
    el('p', { id: 'grid-help', class: 'offscreen' }, 'Arrow keys move, Enter opens.'),
    el('div', { class: 'grid' }, head, body),
  );
  let found = [];
  let active = -1;
  let height = 34;
  let drawn = '';
  let searching = 0;
  let inTexts = null;

  function rows(all) {
    const first = all ? 0 : Math.max(0, Math.floor(body.scrollTop / height) - 6);
    const last = all
      ? Math.min(found.length, 3000)
      : Math.min(found.length, Math.ceil((body.scrollTop + body.clientHeight) / height) + 6);
    const now = `${first}-${last}-${active}-${drawerCall ? drawerCall.index : ''}`;
    if (now === drawn) return;
    drawn = now;
    inner.style.setProperty('height', all ? 'auto' : `${found.length * height}px`);
    clear(
      inner,
      found.slice(first, last).map((call, n) => row(call, first + n, all)),
    );
    if (active >= 0) body.setAttribute('aria-activedescendant', `row-${active}`);
    else body.removeAttribute('aria-activedescendant');
  }

  function row(call, n, all) {
    return el(
      'div',
      {
        class: `row${n === active ? ' active' : ''}${drawerCall === call ? ' open' : ''}`,
        role: 'row',
        id: `row-${n}`,
        'aria-rowindex': n + 2,
        'aria-selected': String(n === active),
        style: all ? {} : { transform: `translateY(${n * height}px)` },
        onclick: () => {
          active = n;
          openCall(call);
        },
      },
      COLUMNS.map((column) => el('div', { class: `cell ${column.kind}`, role: 'gridcell' }, column.show(call))),
    );
  }

  function headings(values) {
    clear(
      head,
      el(
        'div',
        { class: 'row', role: 'row' },
        COLUMNS.map((column) => {
          const sorted = values.get('sort') === column.id;
          const down = values.get('way') === 'down';
          const first = column.kind.startsWith('number') && column.id !== 'index' ? 'down' : null;
          return el(
            'div',
            {
              class: `cell ${column.kind}`,
              role: 'columnheader',
              'aria-sort': sorted ? (down ? 'descending' : 'ascending') : 'none',
            },
            el(
              'button',
              {
                type: 'button',
                onclick: () =>
                  go({
                    sort: sorted && down !== (first === 'down') ? null : column.id,
                    way: sorted ? (down === (first === 'down') ? (down ? null : 'down') : null) : first,
                  }),
              },
              column.title,
              sorted ? (down ? ' ↓' : ' ↑') : '',
            ),
          );
        }),
      ),
    );
  }

  function draw() {
    const values = address();
    found = wantedCalls(values, inTexts);
    active = Math.min(active, found.length - 1);
    headings(values);
    count_.textContent =
      found.length === calls.length ? plural(calls.length, 'call') : `${whole(found.length)} of ${plural(calls.length, 'call')}`;
    body.setAttribute('aria-rowcount', found.length + 1);
    drawn = '';
    if (!found.length) clear(inner, el('p', { class: 'empty' }, 'No call is like that.'));
    else rows();
  }

  function move(by) {
    if (!found.length) return;
    active = Math.max(0, Math.min(found.length - 1, active + by));
    const top = active * height;
    if (top < body.scrollTop) body.scrollTop = top;
    else if (top + height > body.scrollTop + body.clientHeight) body.scrollTop = top + height - body.clientHeight;
    rows();
    if (drawerCall) go({ agent: found[active].index }, true);
  }

  body.addEventListener('scroll', () => rows());
  body.addEventListener('keydown', (event) => {
    const page_ = Math.max(1, Math.floor(body.clientHeight / height) - 1);
    const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: page_, PageUp: -page_, Home: -1e9, End: 1e9 }[event.key];
    if (by) {
      event.preventDefault();
      event.stopPropagation();
      move(by);
    }
    if (event.key === 'Enter' && found[active]) openCall(found[active]);
  });
  page.shown = (changed) => {
    height = parseFloat(getComputedStyle(body).getPropertyValue('--row')) || 34;
    const values = address();
    const word = (values.get('q') || '').trim().toLowerCase();
    const wish = values.get('in') === 'texts' && word.length > 1 ? word : '';
    if (wish !== page.wish) {
      page.wish = wish;
      const turn = (searching += 1);
      inTexts = null;
      if (wish)
        searchTexts(wish, () => turn === searching).then((positions) => {
          if (turn === searching) {
            inTexts = positions;
            draw();
          }
        });
    }
    if (document.activeElement?.type !== 'search' || !bar.contains(document.activeElement)) clear(bar, filterBar(count_));
    if (changed === 'agent') {
      drawn = '';
      rows();
    } else draw();
  };
  page.step = move;
  page.printed = () => {
    drawn = '';
    rows(true);
  };
  new ResizeObserver(() => {
    drawn = '';
    rows();
  }).observe(body);
  return page;
}
