// Large texts lie deflated in chunks; one is inflated when somebody looks at something in it.

let chunkCache = new Map();

function forgetChunks() {
  chunkCache = new Map();
}

function inflated(name, packed) {
  if (!chunkCache.has(name)) {
    chunkCache.set(
      name,
      (async () => {
        const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
        const inflater = new DecompressionStream('deflate');
        const writer = inflater.writable.getWriter();
        writer
          .write(bytes)
          .then(() => writer.close())
          .catch(() => {}); // what is wrong, the reader is told
        return JSON.parse(await new Response(inflater.readable).text());
      })(),
    );
  }
  return chunkCache.get(name);
}

// What is not in a call's row: prompt, result, schema, attempts …
async function detailOf(call) {
  const starts = D.chunkStarts;
  let chunk = starts.length - 1;
  while (chunk > 0 && starts[chunk] > call.position) chunk -= 1;
  return (await inflated(chunk, D.chunks[chunk]))[call.position - starts[chunk]];
}

// { result, script, args }
const wholeRun = async () => (await inflated('run', D.whole[0]))[0];

// The calls whose prompt or result contains the word; gives way to the page between chunks.
async function searchTexts(word, going) {
  const found = new Set();
  for (let chunk = 0; chunk < D.chunks.length && going(); chunk += 1) {
    const details = await inflated(chunk, D.chunks[chunk]);
    details.forEach((detail, n) => {
      const result = typeof detail.result === 'string' ? detail.result : JSON.stringify(detail.result || '');
      const prompt = typeof detail.prompt === 'string' ? detail.prompt : (detail.prompt || {}).cut || '';
      if (`${prompt}\n${result}`.toLowerCase().includes(word)) found.add(D.chunkStarts[chunk] + n);
    });
  }
  return found;
}
