// The execution graph: drawn here, and as Mermaid text to be taken along.

function graphView() {
  if (!calls.length) return el('p', { class: 'empty' }, 'No agent was asked: there is nothing to draw.');
  const open = new Set();
  const holder = el('div', {
    class: 'canvas',
    tabindex: '0',
    role: 'group',
    'aria-label': 'Execution graph. Tab moves between its parts; plus, minus and 0 change the size.',
  });
  const page = el('div', { class: 'graph' });
  let direction = null; // true: from top to bottom
  let drawing = null;
  let size = { w: 1, h: 1 };
  let view = { x: 0, y: 0, scale: 1 };

  function draw(keep) {
    const layer = { frames: svg('g', {}), edges: svg('g', {}), cards: svg('g', {}) };
    const measure = (down) => layout(D.graph, down, open, painter(layer, open, toggle));
    if (direction === null) {
      const fitting = (box) => Math.min(1, holder.clientWidth / (box.w + 60), holder.clientHeight / (box.h + 60));
      direction = holder.clientWidth < 700 || fitting(measure(true)) >= fitting(measure(false));
    }
    const box = measure(direction);
    box.draw(0, 0);
    size = box;
    drawing = svg(
      'svg',
      { class: 'graph-drawing', width: '100%', height: '100%' },
      arrowHead(),
      svg('g', { class: 'world' }, layer.frames, layer.edges, layer.cards),
    );
    clear(holder, drawing);
    if (keep) move(0, 0);
    else fit();
  }

  function toggle(id) {
    if (open.has(id)) open.delete(id);
    else open.add(id);
    draw(true);
    holder.querySelector(`[data-id="${id}"]`)?.focus({ preventScroll: true });
  }

  function fit() {
    const { clientWidth: w, clientHeight: h } = holder;
    const scale = Math.min(1, Math.max(direction ? 0.55 : 0.4, Math.min((w - 40) / size.w, (h - 40) / size.h)));
    view = { scale, x: Math.max(20, (w - size.w * scale) / 2), y: Math.max(20, (h - size.h * scale) / 2) };
    if (direction && size.w * scale > w) view.x = (w - size.w * scale) / 2;
    move(0, 0);
  }

  function move(dx, dy) {
    view.x += dx;
    view.y += dy;
    drawing
      .querySelector('.world')
      .setAttribute('transform', `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(4)})`);
  }

  function zoom(factor, cx = holder.clientWidth / 2, cy = holder.clientHeight / 2) {
    const scale = Math.min(2.5, Math.max(0.05, view.scale * factor));
    view.x = cx - ((cx - view.x) * scale) / view.scale;
    view.y = cy - ((cy - view.y) * scale) / view.scale;
    view.scale = scale;
    move(0, 0);
  }

  dragging(holder, { move, zoom });
  holder.addEventListener('keydown', (event) => {
    const act = {
      '+': () => zoom(1.25),
      '=': () => zoom(1.25),
      '-': () => zoom(0.8),
      0: fit,
      ArrowLeft: () => move(60, 0),
      ArrowRight: () => move(-60, 0),
      ArrowUp: () => move(0, 60),
      ArrowDown: () => move(0, -60),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  append(page, [
    el(
      'div',
      { class: 'toolbar' },
      button('−', () => zoom(0.8), { class: 'button icon', 'aria-label': 'Smaller' }),
      button('+', () => zoom(1.25), { class: 'button icon', 'aria-label': 'Larger' }),
      button('Fit', fit),
      button(
        'Turn',
        () => {
          direction = !direction;
          draw();
        },
        { title: 'From left to right, or from top to bottom' },
      ),
      legend(),
      el('span', { class: 'spacer' }),
      copyButton(() => D.mermaid, 'Copy Mermaid'),
    ),
    holder,
  ]);
  page.shown = () => {
    if (!drawing) draw();
  };
  page.printed = () => {
    fit();
  };
  let width = 0;
  new ResizeObserver(() => {
    if (drawing && holder.clientWidth && Math.abs(holder.clientWidth - width) > 40) fit();
    width = holder.clientWidth;
  }).observe(holder);
  return page;
}

function legend() {
  return el(
    'span',
    { class: 'legend' },
    census(calls).map(([name]) => el('span', {}, stateSign(name), state(name).name)),
  );
}

// One finger or the mouse moves, two fingers or ctrl and the wheel change the size.
function dragging(holder, { move, zoom }) {
  const fingers = new Map();
  let far = 0;
  holder.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    fingers.set(event.pointerId, event);
    far = 0;
  });
  holder.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    const box = holder.getBoundingClientRect();
    if (other) {
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      zoom(
        apart(event) / Math.max(1, apart(before)),
        (event.clientX + other.clientX) / 2 - box.left,
        (event.clientY + other.clientY) / 2 - box.top,
      );
    } else {
      far += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
      if (far > 4) {
        holder.setPointerCapture(event.pointerId);
        holder.classList.add('dragged');
      }
      move(event.clientX - before.clientX, event.clientY - before.clientY);
    }
    fingers.set(event.pointerId, event);
  });
  for (const kind of ['pointerup', 'pointercancel']) {
    holder.addEventListener(kind, (event) => {
      fingers.delete(event.pointerId);
      setTimeout(() => holder.classList.remove('dragged'));
    });
  }
  holder.addEventListener(
    'click',
    (event) => {
      if (far > 4) {
        event.stopPropagation();
        event.preventDefault();
      }
    },
    true,
  );
  holder.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const box = holder.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
      else move(-event.deltaX, -event.deltaY);
    },
    { passive: false },
  );
}
