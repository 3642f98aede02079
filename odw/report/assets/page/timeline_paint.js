// How the timeline looks, on a canvas.

function paintTimeline(pen, { w, h, top, x, from, to, rows, mode, chosen, onlyCritical }) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const tones = {
    ok: colour('--ok-fill'),
    failed: colour('--bad-fill'),
    invalid: colour('--warn-fill'),
    cut: colour('--warn-fill'),
    running: colour('--open-fill'),
    again: colour('--again-fill'),
    waited: colour('--wait-fill'),
  };
  const [text, muted, line, ground, accent] = ['--text', '--muted', '--line', '--ground', '--accent'].map(colour);
  const font = getComputedStyle(document.body).fontFamily;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, w, h);
  const step = timeStep((to - from) / Math.max(2, w / 110));
  pen.strokeStyle = line;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    pen.moveTo(Math.round(x(at)) + 0.5, AXIS);
    pen.lineTo(Math.round(x(at)) + 0.5, h);
  }
  pen.stroke();

  pen.save();
  pen.beginPath();
  pen.rect(0, AXIS, w, h - AXIS);
  pen.clip();
  pen.textBaseline = 'middle';
  for (const row of rows) {
    const y = row.y - top + AXIS;
    if (y + row.h < AXIS) continue;
    if (y > h) break;
    if (row.title) {
      pen.font = `600 12px ${font}`;
      pen.fillStyle = text;
      const title = short(row.title, 60);
      pen.fillText(title, GUTTER, y + row.h / 2 + 2);
      const along = GUTTER + pen.measureText(title).width + 10;
      pen.font = `12px ${font}`;
      pen.fillStyle = muted;
      pen.fillText(censusText(row.list), along, y + row.h / 2 + 2);
      continue;
    }
    for (const bar of barsBetween(row.bars, from, to))
      paintBar(pen, bar, y, row.h, { x, w, tones, text, accent, font, mode, chosen, onlyCritical });
  }
  for (const session of D.run.sessions.slice(1)) {
    const sx = Math.round(x(session.at)) + 0.5;
    pen.strokeStyle = accent;
    pen.setLineDash([4, 3]);
    pen.beginPath();
    pen.moveTo(sx, AXIS);
    pen.lineTo(sx, h);
    pen.stroke();
    pen.setLineDash([]);
    pen.font = `11px ${font}`;
    pen.fillStyle = accent;
    pen.fillText(`resumed ${session.number - 1}`, sx + 4, h - 8);
  }
  pen.restore();

  pen.font = `11px ${font}`;
  pen.fillStyle = muted;
  pen.textBaseline = 'middle';
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const label = tick(Math.round(at * 1000) / 1000, step);
    pen.fillText(
      label,
      Math.max(2, Math.min(w - pen.measureText(label).width - 2, x(at) - pen.measureText(label).width / 2)),
      AXIS / 2,
    );
  }
}

function paintBar(pen, bar, y, h, { x, w, tones, text, accent, font, mode, chosen, onlyCritical }) {
  const left = Math.max(-2, x(bar.from));
  const size = Math.max(1, Math.min(w + 2, x(bar.to)) - left);
  if (left > w || left + size < 0) return;
  const thin = bar.how === 'waited';
  pen.globalAlpha = onlyCritical && !bar.call.critical ? 0.2 : 1;
  pen.fillStyle = tones[bar.how] || tones.ok;
  pen.beginPath();
  if (thin) pen.rect(left, y + h / 2 - 1.5, size, 3);
  else pen.roundRect(left, y + 2, size, h - 4, Math.min(3, size / 2));
  pen.fill();
  if (!thin && bar.call.critical) {
    pen.fillStyle = text;
    pen.fillRect(left, y + h - 4, size, 2);
  }
  if (chosen === bar.call && !thin) {
    pen.strokeStyle = accent;
    pen.lineWidth = 2;
    pen.strokeRect(left - 1, y + 1, size + 2, h - 2);
    pen.lineWidth = 1;
  }
  if (!thin && bar.n === 0 && (mode === 'calls' || size > 50)) labelBar(pen, bar, left, size, y, h, w, { text, font, mode });
  pen.globalAlpha = 1;
}

// Inside the bar where it fits, else beside it if each call has a row of its own
function labelBar(pen, bar, left, size, y, h, w, { text, font, mode }) {
  pen.font = `11px ${font}`;
  const shown = Math.max(left, GUTTER);
  const room = left + size - shown - 8;
  const label = short(bar.call.label, 60);
  const wide = pen.measureText(label).width;
  pen.fillStyle = text;
  if (wide <= room) pen.fillText(label, shown + 5, y + h / 2 + 0.5);
  else if (mode === 'calls') {
    const all = bar.call.attempts[bar.call.attempts.length - 1];
    const end =
      left + size + (bar.call.attempts.length > 1 ? ((all[1] - bar.to) / Math.max(1, bar.to - bar.from)) * size : 0) + 6;
    if (end + wide < w) pen.fillText(label, end, y + h / 2 + 0.5);
    else if (left - wide - 6 > 0 && !bar.call.waited) pen.fillText(label, left - wide - 6, y + h / 2 + 0.5);
  } else if (room > 40) pen.fillText(short(label, Math.floor(room / 6.2)), shown + 5, y + h / 2 + 0.5);
}
