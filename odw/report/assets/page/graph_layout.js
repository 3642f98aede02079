// Where the parts of the graph go. A graph of sequences and forks needs no general layout: each part is a box that holds its own,
// along the flow (main) or across it. Boxes are { w, h, draw(x, y), enter, leave }, points relative to the box.

const GAP = 34; // between the steps of a sequence
const SIDE = 14; // between branches
const CARD = { w: 196, h: 44, many: 62 };
const CELL = 13; // of the squares that stand for calls
const MOST_CELLS = 2000;

function layout(node, down, open, paint) {
  const main = (box) => (down ? box.h : box.w);
  const cross = (box) => (down ? box.w : box.h);
  const at = (alongMain, alongCross) => (down ? [alongCross, alongMain] : [alongMain, alongCross]);
  const box = (mainSize, crossSize, draw) => {
    const [w, h] = at(mainSize, crossSize);
    return { w, h, draw, enter: [at(0, crossSize / 2)], leave: [at(mainSize, crossSize / 2)] };
  };

  function place(part, id) {
    if (part.kind === 'call') return card(part, id);
    if (part.kind === 'seq') return sequence(part.children, id);
    if (part.kind === 'fork') return fork(part, id);
    const inside = part.kind === 'pipe' && part.children.length > 1 ? stack(part.children, id) : sequence(part.children, id);
    return inside && framed(part, inside);
  }

  function card(part, id) {
    const list = part.calls.map((index) => callByIndex.get(index)).filter(Boolean);
    let w = CARD.w;
    let h = list.length > 1 ? CARD.many : CARD.h;
    let columns = 0;
    if (open.has(id)) {
      const shown = Math.min(list.length, MOST_CELLS);
      columns = Math.max(Math.floor((CARD.w - 20) / CELL), Math.ceil(Math.sqrt(shown * 2.2)));
      w = columns * CELL + 20;
      h = CARD.many + Math.ceil(shown / columns) * CELL + 10;
    }
    return {
      w,
      h,
      enter: [down ? [w / 2, 0] : [0, h / 2]],
      leave: [down ? [w / 2, h] : [w, h / 2]],
      draw: (x, y) => paint.card(part, id, list, x, y, w, h, columns),
    };
  }

  function sequence(parts, id) {
    const boxes = parts.map((part, n) => place(part, `${id}.${n}`)).filter(Boolean);
    if (!boxes.length) return null;
    if (boxes.length === 1) return boxes[0];
    const size = Math.max(...boxes.map(cross));
    let along = 0;
    const spots = boxes.map((inner) => {
      const spot = at(along, (size - cross(inner)) / 2);
      along += main(inner) + GAP;
      return spot;
    });
    const whole_ = box(along - GAP, size, (x, y) => {
      boxes.forEach((inner, n) => inner.draw(x + spots[n][0], y + spots[n][1]));
      for (let n = 1; n < boxes.length; n += 1)
        paint.edges(moved(boxes[n - 1].leave, x, y, spots[n - 1]), moved(boxes[n].enter, x, y, spots[n]), down);
    });
    whole_.enter = moved(boxes[0].enter, 0, 0, spots[0]);
    whole_.leave = moved(boxes[boxes.length - 1].leave, 0, 0, spots[boxes.length - 1]);
    return whole_;
  }

  function fork(part, id) {
    const inside = part.children.length === 1 ? place(part.children[0], `${id}.0`) : stack(part.children, id);
    if (!inside || part.children.length === 1) return inside;
    const middle = cross(inside) / 2;
    const length = main(inside) + 2 * GAP;
    return box(length, cross(inside), (x, y) => {
      const spot = at(GAP, 0);
      inside.draw(x + spot[0], y + spot[1]);
      const [fx, fy] = at(0, middle);
      const [jx, jy] = at(length, middle);
      paint.edges([[x + fx, y + fy]], moved(inside.enter, x, y, spot), down, true);
      paint.edges(moved(inside.leave, x, y, spot), [[x + jx, y + jy]], down, true);
      paint.point(x + fx, y + fy, part);
      paint.point(x + jx, y + jy, null);
    });
  }

  // branches beside each other
  function stack(parts, id) {
    const boxes = parts.map((part, n) => place(part, `${id}.${n}`)).filter(Boolean);
    if (!boxes.length) return null;
    const length = Math.max(...boxes.map(main));
    let across = 0;
    const spots = boxes.map((inner) => {
      const spot = at((length - main(inner)) / 2, across);
      across += cross(inner) + SIDE;
      return spot;
    });
    const whole_ = box(length, across - SIDE, (x, y) =>
      boxes.forEach((inner, n) => inner.draw(x + spots[n][0], y + spots[n][1])),
    );
    whole_.enter = boxes.flatMap((inner, n) => moved(inner.enter, 0, 0, spots[n]));
    whole_.leave = boxes.flatMap((inner, n) => moved(inner.leave, 0, 0, spots[n]));
    return whole_;
  }

  function framed(part, inside) {
    const pad = 14;
    const top = 30;
    const extra = part.kind === 'loop' ? 14 : 0; // for the way back
    const spot = [pad, top];
    const title = frameTitle(part);
    const w = Math.max(inside.w + 2 * pad + (down ? extra : 0), Math.min(title.length, 34) * 7.4 + 2 * pad);
    const h = inside.h + top + pad + (down ? 0 : extra);
    spot[0] = (w - (down ? extra : 0) - inside.w) / 2;
    return {
      w,
      h,
      enter: moved(inside.enter, 0, 0, spot),
      leave: moved(inside.leave, 0, 0, spot),
      draw: (x, y) => {
        paint.frame(part, title, x, y, w, h);
        inside.draw(x + spot[0], y + spot[1]);
        if (part.kind === 'loop') paint.back(x, y, w, h, down);
      },
    };
  }

  return place(node, 'g');
}

const moved = (points, x, y, spot) => points.map(([px, py]) => [px + x + spot[0], py + y + spot[1]]);

function frameTitle(part) {
  if (part.kind === 'pipe') return `${part.title ? `${part.title} · ` : ''}pipeline, ${plural(part.count || 0, 'item')}`;
  if (part.kind === 'loop') return `loop, ${plural(part.count, 'turn')}`;
  return part.kind === 'sub' ? `▸ ${part.title}` : part.title;
}
