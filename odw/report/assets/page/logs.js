// What the workflow and odw said.

const KINDS = {
  log: 'log',
  note: 'odw',
  checkpoint: 'checkpoint',
  control: 'control',
  parallel_item_error: 'failed',
  pipeline_item_error: 'failed',
};
const LOG_PAGE = 1000;

function logsView() {
  if (!D.logs.length) return el('p', { class: 'empty' }, 'Nothing was logged. A workflow does that with log("…").');
  const list = el('ol', { class: 'logs' });
  const input = el('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter log lines', class: 'search' });
  const draw = () => {
    const word = input.value.trim().toLowerCase();
    const found = word ? D.logs.filter((line) => line[2].toLowerCase().includes(word)) : D.logs;
    let drawn = 0;
    const more = () => {
      list.querySelector(':scope > .more')?.remove();
      for (const [at, kind, text] of found.slice(drawn, drawn + LOG_PAGE)) {
        list.append(
          el(
            'li',
            { class: `log-${KINDS[kind] || 'log'}` },
            el('time', { class: 'mono' }, D.run.planned ? '' : clock(at)),
            el('span', { class: 'log-kind' }, KINDS[kind] || kind),
            el('span', { class: 'log-text' }, text),
          ),
        );
      }
      drawn += LOG_PAGE;
      if (drawn < found.length) list.append(el('li', { class: 'more' }, button(`${whole(found.length - drawn)} more`, more)));
    };
    clear(list);
    if (found.length) more();
    else list.append(el('li', { class: 'empty' }, 'No line holds that.'));
  };
  input.addEventListener('input', draw);
  draw();
  return el(
    'div',
    { class: 'log-view' },
    el('div', { class: 'toolbar' }, input, el('span', { class: 'muted' }, plural(D.logs.length, 'line'))),
    list,
  );
}
