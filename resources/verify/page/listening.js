// What reaches the page by other ways than its buttons: a new fragment, keys of a scanner, pasting, dropping.

const CONTROLS = 'button, input, textarea, label, summary';

/** `doors` are functions, named for what comes in. */
export function listen(doors) {
  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => doors.language(button.dataset.language));
  }
  window.addEventListener('hashchange', doors.fragment);
  window.addEventListener('online', doors.online);
  window.addEventListener('keydown', (event) => onKey(event, doors));
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    onGiven(event.dataTransfer, doors);
  });
  window.addEventListener('paste', (event) => {
    if (event.target.id !== 'text' || event.clipboardData.files.length) onGiven(event.clipboardData, doors);
  });
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    doors.installable(() => event.prompt());
  });
}

/** A USB scanner types like a person: its first letter finds the box, its Enter sends it. */
function onKey(event, doors) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(CONTROLS)) return;
  if (event.key === 'Enter') doors.enter();
  if (event.key.length !== 1 || event.key === ' ') return;
  doors.typing();
  document.getElementById('text')?.focus();
}

function onGiven(given, doors) {
  const [file] = given.files;
  const text = given.getData('text');
  if (file) doors.picture(file);
  else if (text) doors.text(text);
}
