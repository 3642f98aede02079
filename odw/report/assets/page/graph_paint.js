// How the parts of the graph look.

function arrowHead() {
  return svg(
    'defs',
    {},
    svg(
      'marker',
      {
        id: 'arrow',
        viewBox: '0 0 8 8',
        refX: '7',
        refY: '4',
        markerWidth: '7',
        markerHeight: '7',
        orient: 'auto-start-reverse',
      },
      svg('path', { d: 'M0,0.5L8,4L0,7.5Z', class: 'arrow' }),
    ),
  );
}

function painter(layer, open, toggle) {
  return {
    card(part, id, list, x, y, w, h, columns) {
      if (list.length > 1) manyCard(layer.cards, part, id, list, x, y, w, h, columns, open, toggle);
      else oneCard(layer.cards, list[0], id, x, y, w, h);
    },
    edges(from, to, down, plain) {
      for (const one of from)
        for (const other of to)
          layer.edges.append(
            svg('path', { d: curve(one, other, down), class: 'edge', 'marker-end': plain ? null : 'url(#arrow)' }),
          );
    },
    point(x, y, part) {
      layer.cards.append(
        svg(
          'circle',
          { cx: x, cy: y, r: 4.5, class: 'point' },
          part && part.count
            ? svg('title', {}, `${part.title || 'parallel'}: ${plural(part.count, 'branch', 'branches')}`)
            : null,
        ),
      );
    },
    frame(part, title, x, y, w, h) {
      layer.frames.append(svg('g', { class: `frame frame-${part.kind}` }, svg('rect', { x, y, width: w, height: h, rx: 10 })));
      layer.cards.append(
        svg(
          'text',
          { x: x + 14, y: y + 19, class: `frame-title frame-${part.kind}` },
          fitted(title, w - 26, '600 12px'),
          svg('title', {}, title),
        ),
      );
    },
    back(x, y, w, h, down) {
      const d = down
        ? `M${x + w - 16},${y + h - 20}H${x + w - 8}V${y + 30}H${x + w - 16}`
        : `M${x + w - 24},${y + h - 16}V${y + h - 8}H${x + 24}V${y + h - 16}`;
      layer.edges.append(svg('path', { d, class: 'edge back', 'marker-end': 'url(#arrow)' }));
    },
  };
}

function curve([x1, y1], [x2, y2], down) {
  if (down) {
    const bend = Math.max(10, (y2 - y1) / 2);
    return `M${x1},${y1}C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}`;
  }
  const bend = Math.max(10, (x2 - x1) / 2);
  return `M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
}

function acts(act) {
  return {
    onclick: act,
    onkeydown: (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        event.stopPropagation();
        act();
      }
    },
  };
}

function oneCard(layer, call, id, x, y, w, h) {
  const { tone, sign, name } = state(call.status);
  const told = [
    duration(call.duration),
    call.output ? `${count(call.output)} out` : '',
    call.cost === null ? '' : money(call.cost),
  ]
    .filter((text) => text && text !== '–')
    .join(' · ');
  layer.append(
    svg(
      'g',
      {
        class: `card tone-${tone}`,
        'data-id': id,
        tabindex: '0',
        role: 'button',
        'aria-label': `${call.label}, ${name}`,
        ...acts(() => openCall(call)),
      },
      svg('title', {}, call.label),
      svg('rect', { x, y, width: w, height: h, rx: 7, class: 'card-box' }),
      svg('rect', { x, y: y + 8, width: 3, height: h - 16, rx: 1.5, class: 'card-edge' }),
      svg('text', { x: x + 14, y: y + 18, class: 'card-sign' }, sign),
      svg('text', { x: x + 30, y: y + 18, class: 'card-title' }, fitted(call.label || call.path, w - 40)),
      svg('text', { x: x + 30, y: y + 34, class: 'card-told' }, told),
    ),
  );
}

function manyCard(layer, part, id, list, x, y, w, h, columns, open, toggle) {
  const total = list.reduce(
    (sum, call) => [sum[0] + call.output, call.cost === null ? sum[1] : (sum[1] || 0) + call.cost],
    [0, null],
  );
  const group = svg('g', { class: 'card many' });
  const head = svg('g', {
    'data-id': id,
    tabindex: '0',
    role: 'button',
    'aria-expanded': String(open.has(id)),
    'aria-label': `${part.title}, ${plural(list.length, 'call')}: ${censusText(list)}`,
    class: 'card-head',
    ...acts(() => toggle(id)),
  });
  for (const off of [6, 3])
    group.append(svg('rect', { x: x + off, y: y + off, width: w, height: h, rx: 7, class: 'card-box behind' }));
  append(head, [
    svg('title', {}, `${part.title}: ${censusText(list)}`),
    svg('rect', { x, y, width: w, height: h, rx: 7, class: 'card-box' }),
    svg('text', { x: x + 12, y: y + 18, class: 'card-title' }, fitted(part.title, w - 44 - 8 * String(list.length).length)),
    svg('text', { x: x + w - 10, y: y + 18, class: 'card-count', 'text-anchor': 'end' }, `×${whole(list.length)}`),
    svg(
      'text',
      { x: x + 12, y: y + 34, class: 'card-told' },
      [`${count(total[0])} out`, total[1] === null ? '' : money(total[1])].filter(Boolean).join(' · '),
    ),
    svg('text', { x: x + w - 10, y: y + 34, class: 'card-told', 'text-anchor': 'end' }, open.has(id) ? 'close' : 'open'),
  ]);
  let along = x + 12;
  const length = w - 24;
  for (const [name, number] of census(list)) {
    const part_ = Math.max(3, (number / list.length) * length);
    head.append(
      svg('rect', {
        x: along,
        y: y + 44,
        width: Math.min(part_, x + 12 + length - along),
        height: 6,
        class: `fill-${state(name).tone}`,
      }),
    );
    along += part_;
  }
  group.append(head);
  if (columns) cells(group, list, x + 10, y + CARD.many, columns);
  layer.append(group);
}

// A square for each call; the arrow keys go from one to the next.
function cells(group, list, x, y, columns) {
  const shown = list.slice(0, MOST_CELLS);
  const squares = shown.map((call, n) =>
    svg(
      'rect',
      {
        x: x + (n % columns) * CELL,
        y: y + Math.floor(n / columns) * CELL,
        width: CELL - 3,
        height: CELL - 3,
        rx: 2,
        tabindex: n ? '-1' : '0',
        role: 'button',
        class: `cell-call fill-${state(call.status).tone}`,
        'aria-label': `${call.label}, ${state(call.status).name}`,
        'data-index': call.index,
      },
      svg('title', {}, `${call.label}: ${state(call.status).name}`),
    ),
  );
  const grid = svg('g', { class: 'cells', role: 'group', 'aria-label': 'Calls' }, squares);
  grid.addEventListener('click', (event) => {
    const index = event.target.closest('[data-index]')?.getAttribute('data-index');
    if (index) openCall(callByIndex.get(Number(index)));
  });
  grid.addEventListener('keydown', (event) => {
    const at = squares.indexOf(event.target);
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (by && squares[at + by]) {
      event.preventDefault();
      event.stopPropagation();
      squares[at + by].focus();
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      openCall(shown[at]);
    }
  });
  group.append(grid);
}
