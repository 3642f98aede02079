// A report that is served while the run goes on asks for newer data when the server says that there is some.

let liveWord = 'live';

function tellLive(word) {
  liveWord = word;
  document.getElementById('live').textContent = word;
}

function followLive(redraw) {
  let asking = false;
  let again = false;
  async function ask() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const answer = await fetch('data.json', { cache: 'no-store' });
      if (answer.ok) redraw(await answer.json());
    } catch {
      /* the server is gone: the source says so, too */
    }
    asking = false;
    if (again) {
      again = false;
      ask();
    }
  }
  const source = new EventSource('events');
  source.addEventListener('changed', ask);
  source.addEventListener('ended', () => {
    source.close();
    tellLive('ended');
    ask();
  });
  source.addEventListener('open', () => {
    tellLive('live');
  });
  source.addEventListener('error', () => {
    tellLive('not connected');
  });
}
