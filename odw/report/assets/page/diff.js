// A patch with colours: file by file, line by line.

const DIFF_LINES = 4000;

function diffView(text) {
  const lines = text.split('\n');
  const box = el('div', { class: 'diff', role: 'group', 'aria-label': 'Changes', tabindex: '0' });
  for (const line of lines.slice(0, DIFF_LINES)) {
    const kind = line.startsWith('diff --git')
      ? 'file'
      : /^(---|\+\+\+|index |odw-base:|new file|deleted file|similarity|rename |old mode|new mode)/.test(line)
        ? 'head'
        : line.startsWith('@@')
          ? 'hunk'
          : line.startsWith('+')
            ? 'add'
            : line.startsWith('-')
              ? 'del'
              : 'same';
    box.append(el('div', { class: `diff-${kind}` }, line || ' '));
  }
  if (lines.length > DIFF_LINES)
    box.append(el('div', { class: 'diff-head' }, `… ${whole(lines.length - DIFF_LINES)} more lines`));
  return box;
}

function diffCounts(text) {
  let added = 0;
  let removed = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith('+') && !line.startsWith('+++')) added += 1;
    else if (line.startsWith('-') && !line.startsWith('---')) removed += 1;
  }
  return [added, removed];
}
