// When each attempt ran: drawn on a canvas, only what is in sight.

const GUTTER = 24;
const AXIS = 24;

function timelineView() {
  if (D.run.planned) return el('p', { class: 'empty' }, 'A dry run takes no time: there is no timeline.');
  if (!calls.some((call) => call.attempts.length)) return el('p', { class: 'empty' }, 'No call ran in this run.');
  let mode = calls.length > 200 ? 'lanes' : 'calls';
  let rows = timelineRows(mode);
  const length = Math.max(1, D.run.wallMs);
  let from = 0;
  let to = length;
  let chosen = null;
  const canvas = el('canvas', { class: 'timeline-canvas' });
  const spacer = el('div', { class: 'timeline-spacer' });
  const scroller = el(
    'div',
    {
      class: 'timeline-scroll',
      tabindex: '0',
      role: 'application',
      'aria-label': 'Timeline. Arrow keys go from call to call, Enter opens one; plus, minus and 0 change the scale.',
    },
    canvas,
    spacer,
  );
  const tip = el('div', { class: 'tip', hidden: true });
  const onlyCritical = el('input', { type: 'checkbox' });
  const page = el('div', { class: 'timeline' });

  const width = () => scroller.clientWidth - 2 * GUTTER;
  const x = (moment) => GUTTER + ((moment - from) / (to - from)) * width();
  const when = (px) => from + ((px - GUTTER) / width()) * (to - from);

  // all of it for a printer, else what is in sight
  function draw(all = false) {
    const w = scroller.clientWidth;
    const h = all === true ? Math.min(rows.height + AXIS + 12, 8000) : scroller.clientHeight;
    if (!w || !h) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = w * ratio;
    canvas.height = h * ratio;
    canvas.style.setProperty('width', `${w}px`);
    canvas.style.setProperty('height', `${h}px`);
    spacer.style.setProperty('height', `${Math.max(0, rows.height + AXIS - h + 12)}px`);
    const pen = canvas.getContext('2d');
    pen.scale(ratio, ratio);
    paintTimeline(pen, {
      w,
      h,
      top: all === true ? 0 : scroller.scrollTop,
      x,
      from,
      to,
      rows: rows.rows,
      mode,
      chosen: drawerCall || chosen,
      onlyCritical: onlyCritical.checked,
    });
  }

  function scale(start, end) {
    const least = Math.min(length, Math.max(5, length / 20000));
    const span = Math.min(length * 1.02, Math.max(least, end - start));
    from = Math.max(-length * 0.01, Math.min(start, length * 1.01 - span));
    to = from + span;
    draw();
  }
  const zoom = (factor, px = scroller.clientWidth / 2) => {
    const middle = when(px);
    scale(middle - (middle - from) / factor, middle + (to - middle) / factor);
  };
  const fit = () => scale(0, length);

  function hit(event) {
    const box = canvas.getBoundingClientRect();
    const px = event.clientX - box.left;
    const py = event.clientY - box.top - AXIS + scroller.scrollTop;
    if (event.clientY - box.top < AXIS) return null;
    const row = rows.rows.find((one) => one.bars && py >= one.y && py < one.y + one.h);
    const slack = ((to - from) / width()) * 2;
    return row
      ? barsBetween(row.bars, when(px) - slack, when(px) + slack).findLast(
          (bar) => when(px) >= bar.from - slack && when(px) <= bar.to + slack,
        ) || null
      : null;
  }

  function choose(by) {
    const order = rows.rows.flatMap((row) =>
      row.bars ? row.bars.filter((bar) => bar.n === 0).map((bar) => [bar.call, row]) : [],
    );
    const at = order.findIndex(([call]) => call === chosen);
    const [call, row] = order[Math.max(0, Math.min(order.length - 1, at + by))];
    chosen = call;
    if (row.y < scroller.scrollTop) scroller.scrollTop = row.y;
    else if (row.y + row.h + AXIS > scroller.scrollTop + scroller.clientHeight)
      scroller.scrollTop = row.y + row.h + AXIS - scroller.clientHeight;
    if (call.started < from || call.started > to) scale(call.started - (to - from) / 4, call.started + ((to - from) * 3) / 4);
    announce(`${call.label}, ${state(call.status).name}, ${duration(call.duration)}`);
    draw();
  }

  function point(event) {
    const bar = hit(event);
    canvas.classList.toggle('over', Boolean(bar));
    tip.hidden = !bar;
    if (!bar) return;
    const { call } = bar;
    clear(
      tip,
      el('strong', {}, short(call.label, 80)),
      el(
        'div',
        {},
        stateSign(call.status),
        ` ${state(call.status).name}, ${duration(call.duration)}${call.waited > 0 ? `, waited ${duration(call.waited)}` : ''}`,
      ),
      call.attempts.length > 1 && el('div', {}, `${plural(call.attempts.length, 'attempt')}`),
      el(
        'div',
        { class: 'muted' },
        [`${count(call.output)} out`, call.cost === null ? '' : money(call.cost), call.critical ? 'on the critical path' : '']
          .filter(Boolean)
          .join(' · '),
      ),
    );
    const box = page.getBoundingClientRect();
    tip.style.setProperty('left', `${Math.min(event.clientX - box.left + 12, box.width - 270)}px`);
    tip.style.setProperty('top', `${event.clientY - box.top + 14}px`);
  }

  scroller.addEventListener('scroll', () => draw());
  canvas.addEventListener('pointermove', (event) => {
    if (!event.buttons) point(event);
  });
  canvas.addEventListener('pointerleave', () => {
    tip.hidden = true;
  });
  canvas.addEventListener('click', (event) => {
    const bar = hit(event);
    if (bar) {
      chosen = bar.call;
      openCall(bar.call);
    }
  });
  canvas.addEventListener('dblclick', (event) => zoom(2, event.clientX - canvas.getBoundingClientRect().left));
  dragging(scroller, {
    move: (dx, dy) => {
      tip.hidden = true;
      if (dx) scale(from - (dx / width()) * (to - from), to - (dx / width()) * (to - from));
      if (dy) scroller.scrollTop -= dy;
    },
    zoom: (factor, px) => zoom(factor, px),
  });
  scroller.addEventListener('keydown', (event) => {
    const act = {
      '+': () => zoom(1.5),
      '=': () => zoom(1.5),
      '-': () => zoom(1 / 1.5),
      0: fit,
      ArrowDown: () => choose(1),
      ArrowUp: () => choose(-1),
      ArrowRight: () => choose(1),
      ArrowLeft: () => choose(-1),
      Enter: () => chosen && openCall(chosen),
    }[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  });
  const modes = el(
    'div',
    { class: 'ways', role: 'group', 'aria-label': 'Rows' },
    [
      ['calls', 'Calls'],
      ['lanes', 'Lanes'],
    ].map(([name, title]) =>
      button(
        title,
        () => {
          mode = name;
          rows = timelineRows(mode);
          [...modes.children].forEach((tab, n) => tab.setAttribute('aria-pressed', String((n === 0) === (mode === 'calls'))));
          draw();
        },
        { class: 'button small', 'aria-pressed': String(mode === name) },
      ),
    ),
  );
  onlyCritical.addEventListener('change', () => go({ critical: onlyCritical.checked ? '1' : null }, true));
  append(page, [
    el(
      'div',
      { class: 'toolbar' },
      button('−', () => zoom(1 / 1.5), { class: 'button icon', 'aria-label': 'Smaller' }),
      button('+', () => zoom(1.5), { class: 'button icon', 'aria-label': 'Larger' }),
      button('Fit', fit),
      modes,
      el('label', { class: 'check' }, onlyCritical, 'critical path'),
      el(
        'span',
        { class: 'legend' },
        [
          ['ran', 'ok'],
          ['failed', 'bad'],
          ['not as its schema', 'warn'],
          ['waited for a slot', 'wait'],
          ...(calls.some((call) => call.status === 'replayed') ? [['replayed', 'again']] : []),
        ].map(([name, tone]) => el('span', {}, el('i', { class: `swatch fill-${tone}` }), name)),
      ),
    ),
    scroller,
    tip,
  ]);
  page.shown = () => {
    onlyCritical.checked = address().get('critical') === '1';
    draw();
  };
  page.printed = () => draw(true);
  new ResizeObserver(() => draw()).observe(scroller);
  window.addEventListener('themechange', () => {
    if (page.isConnected) draw();
  });
  return page;
}
