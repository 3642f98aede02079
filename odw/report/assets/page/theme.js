// Light or dark.

const darkness = matchMedia('(prefers-color-scheme: dark)');

// The one that was chosen here before, else the system's
function keepTheme() {
  let chosen = null;
  try {
    chosen = localStorage.getItem('odw-theme');
  } catch {
    /* files may keep nothing */
  }
  document.documentElement.dataset.theme = ['light', 'dark'].includes(chosen) ? chosen : darkness.matches ? 'dark' : 'light';
}

function theme() {
  document.documentElement.dataset.theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem('odw-theme', document.documentElement.dataset.theme);
  } catch {
    /* not kept then */
  }
  window.dispatchEvent(new Event('themechange'));
}
