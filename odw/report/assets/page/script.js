// The script, with what each of its calls came to beside its line.

function scriptView() {
  const box = el('div', { class: 'code', role: 'region', 'aria-label': 'Script', tabindex: '0' });
  const page = el('div', { class: 'script' }, box);
  const marks = new Map();
  for (const mark of D.marks) if (!mark.file) marks.set(mark.line, [...(marks.get(mark.line) || []), mark]);
  const elsewhere = D.marks.filter((mark) => mark.file);
  wholeRun().then(({ script }) => {
    if (!script) return void clear(box, el('p', { class: 'empty' }, 'The script is not in the run’s directory.'));
    tokenLines(script).forEach((line, n) => {
      const here = marks.get(n + 1);
      box.append(
        el(
          'div',
          { class: `line${here ? ' marked' : ''}`, id: `L${n + 1}` },
          el('span', { class: 'line-number', 'aria-hidden': 'true' }, n + 1),
          el(
            'code',
            {},
            line.map(([kind, text]) => (kind && kind !== 'name' ? el('span', { class: `js-${kind}` }, text) : text)),
            !line.length && ' ',
          ),
          here && el('span', { class: 'marks' }, here.map(markLink)),
        ),
      );
    });
    showLine();
  });
  if (elsewhere.length) {
    page.append(
      el(
        'section',
        { class: 'panel' },
        el('h2', {}, 'In sub-workflows'),
        el(
          'ul',
          { class: 'plain' },
          elsewhere.map((mark) => el('li', {}, el('span', { class: 'mono' }, `${mark.file}:${mark.line} `), markLink(mark))),
        ),
      ),
    );
  }
  page.shown = showLine;
  return page;
}

function markLink(mark) {
  const position = D.sites.findIndex(
    ([line, column, file]) => line === mark.line && column === mark.column && (file || '') === mark.file,
  );
  const text = [`×${whole(mark.calls)}`, mark.cost !== null && money(mark.cost)].filter(Boolean).join(' · ');
  return link(
    { view: 'agents', site: position },
    [text, mark.failed > 0 && el('span', { class: 'tone-bad' }, ` ✗ ${whole(mark.failed)}`)],
    {
      class: `mark${mark.failed ? ' bad' : ''}`,
      title: `${plural(mark.calls, 'call')}, ${whole(mark.ok)} with a result, ${whole(mark.failed)} failed, ${count(mark.output)} output tokens`,
    },
  );
}

function showLine() {
  const number = address().get('line');
  document.querySelector('.line.shown')?.classList.remove('shown');
  const line = number && document.getElementById(`L${number}`);
  if (!line) return;
  line.classList.add('shown');
  line.scrollIntoView({ block: 'center' });
}
