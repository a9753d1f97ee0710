// Sends the forms that change something to Echo's API, and shows what came of it. A form, or the button that was used,
// says what it does:
//   data-call="PUT /path/{field}/x"  method and path; {field} is a field of the form, the others are the body
//   data-said="…"                    what is shown when it is done, once the page is loaded anew; {member} is one of the answer
//   data-shows="member"              the rows of the answer to show; nothing has changed, so the page stays
//   data-opens="id"                  the button that may be used from then on
const SAID = 'echo-said';
const TOKEN = 'echo-token';

const filled = (text, values) => text.replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

function say(text, tone = '') {
  const said = document.getElementById('said');
  said.textContent = text;
  said.className = tone;
  said.hidden = false;
  said.focus();
}

/** The fields of a form: lists where a field says so, texts elsewhere. */
function valuesOf(form) {
  const data = new FormData(form);
  const lists = new Set([...form.elements].filter(({ dataset }) => 'list' in dataset).map(({ name }) => name));
  const names = [...new Set(data.keys())];
  return Object.fromEntries(names.map((name) => [name, lists.has(name) ? data.getAll(name) : data.get(name)]));
}

/** Method, path and body of what a form asks for. */
function requestOf(form, call) {
  const values = valuesOf(form);
  const [method, path] = call.split(' ');
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const body = Object.fromEntries(Object.entries(values).filter(([name]) => !inPath.has(name)));
  const encoded = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encodeURIComponent(value)]));
  return { method, path: filled(path, encoded), body: method === 'DELETE' ? undefined : JSON.stringify(body) };
}

function send({ method, path, body }) {
  const token = sessionStorage.getItem(TOKEN);
  return fetch(path, {
    method,
    body,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
  });
}

/** Asks for a token, which this tab then keeps; false when there is none to be had. */
async function askForToken(why) {
  const dialog = document.getElementById('token');
  const field = dialog.querySelector('input');
  document.getElementById('token-why').textContent = why;
  field.value = '';
  dialog.returnValue = '';
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  if (dialog.returnValue === '' || field.value === '') return false;
  sessionStorage.setItem(TOKEN, field.value);
  field.value = '';
  return true;
}

async function answerOf(answer) {
  const text = await answer.text();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return { message: text };
  }
}

/** What came of a request, once somebody who may has made it; `undefined` when nobody did. */
async function carriedOut(request) {
  for (;;) {
    const answer = await send(request);
    const said = await answerOf(answer);
    if (answer.ok) return said;
    if (answer.status !== 401 && answer.status !== 403) throw new Error(said.message);
    sessionStorage.removeItem(TOKEN);
    if (!(await askForToken(said.message))) return undefined;
  }
}

function cell(text) {
  const td = document.createElement('td');
  td.textContent = text;
  return td;
}

const STARTS = {
  'would-start': 'would start',
  suppressed: 'would be held back',
  duplicate: 'another trigger would start it',
  'would-fail': 'would fail',
};

function verdictOf({ kind, rule, expected, got, start }) {
  if (kind === 'rejected') return ['would not start', `${rule}: expected ${expected}, got ${got}`];
  return [STARTS[start.kind], start.by ?? start.error ?? ''];
}

/** The decisions that a dry run answers, as a table. */
function show(decisions) {
  const table = document.createElement('table');
  for (const decision of decisions) {
    const texts = [`${decision.application}: ${decision.pipelineName}`, ...verdictOf(decision)];
    table.insertRow().append(...texts.map(cell));
  }
  document.getElementById('shown').replaceChildren(table);
}

async function run(form, { call, said = '', shows, opens }) {
  const answer = await carriedOut(requestOf(form, call));
  if (!answer) return;
  if (shows) {
    show(answer[shows]);
    say(answer[shows].length === 0 ? 'It would start nothing.' : 'This is what would happen.');
    document.getElementById(opens).disabled = false;
    return;
  }
  sessionStorage.setItem(SAID, filled(said, answer));
  location.reload();
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  const asked = { ...form.dataset, ...event.submitter?.dataset };
  if (!asked.call) return;
  event.preventDefault();
  run(form, asked).catch((error) => say(error.message, 'bad'));
});

const said = sessionStorage.getItem(SAID);
if (said) {
  sessionStorage.removeItem(SAID);
  say(said);
}
