// The margin and the text go together; statements are judged from here, with the keyboard alone if one likes.

const prose = document.querySelector("#prose");
const notes = [...document.querySelectorAll(".note")];
const bar = document.querySelector("#bar");
const pieces = new Map();
for (const piece of prose.querySelectorAll("span[data-s]")) {
  for (const number of piece.dataset.s.split(" ")) {
    if (!pieces.has(number)) pieces.set(number, []);
    pieces.get(number).push(piece);
  }
}

function light(note, on) {
  for (const piece of pieces.get(note.dataset.s) ?? []) piece.classList.toggle("lit", on);
}

let chosen = null;
for (const note of notes) {
  note.addEventListener("mouseenter", () => light(note, true));
  note.addEventListener("mouseleave", () => note !== chosen && light(note, false));
  note.addEventListener("focusin", () => light(note, true));
  note.addEventListener("focusout", () => note !== chosen && light(note, false));
}

// -- choosing

function choose(note, { scroll = true } = {}) {
  if (chosen) {
    chosen.classList.remove("chosen");
    chosen.removeAttribute("aria-current");
    light(chosen, false);
  }
  chosen = note;
  if (!bar) return;
  bar.hidden = !note;
  if (!note) return;
  note.classList.add("chosen");
  note.setAttribute("aria-current", "true");
  light(note, true);
  if (scroll) (document.querySelector(`#t${note.dataset.s}`) ?? note).scrollIntoView({ block: "center" });
  const who = note.querySelector(".who").textContent.trim();
  say(`${note.dataset.s}: ${who} ${note.querySelector(".act").textContent.trim()}`);
}

function say(words) {
  document.querySelector("#chosen").textContent = words;
}

function step(by) {
  if (!notes.length) return;
  const at = chosen ? notes.indexOf(chosen) : by > 0 ? -1 : notes.length;
  choose(notes[Math.min(notes.length - 1, Math.max(0, at + by))]);
}

// -- deciding

const token = document.querySelector("meta[name=sayso-token]").content;
const report = document.querySelector("article").dataset.report;
const coder = document.querySelector("#coder");

async function send(address, body) {
  const answer = await fetch(address, {
    method: "POST", headers: { "content-type": "application/json", "x-sayso-token": token }, body: body ? JSON.stringify(body) : undefined,
  });
  let said = {};
  try { said = await answer.json(); } catch { /* said in words only */ }
  if (answer.status === 503) {
    say("Somebody else is writing; once more …");
    await new Promise((done) => setTimeout(done, 700));
    return send(address, body);
  }
  if (!answer.ok) {
    say([said.error ?? `That did not work (${answer.status})`, said.advice].filter(Boolean).join(". "));
    return null;
  }
  return said;
}

function again(made, near) {
  sessionStorage.setItem(`sayso ${report}`, JSON.stringify({ last: made.id, at: near, top: window.scrollY }));
  window.location.reload();
}

async function judge(kind, a, b) {
  const made = await send("/api/judgements", { kind, a, b, coder: coder.value.trim() });
  if (made) again(made, chosen ? Number(chosen.dataset.s) : 0);
}

async function undo() {
  const remembered = JSON.parse(sessionStorage.getItem(`sayso ${report}`) ?? "{}");
  const judgement = chosen?.dataset.judgement ?? remembered.last;
  if (judgement === undefined || judgement === null) return say("There is nothing to undo here.");
  const made = await send(`/api/judgements/${judgement}/undo?coder=${encodeURIComponent(coder.value.trim())}`);
  if (made) again({ id: null }, chosen ? Number(chosen.dataset.s) : 0);
}

// -- who the speaker is

const speaking = document.querySelector("#speaking");
const speaker = document.querySelector("#speaker");
const keys = document.querySelector("#keys");
let asking = 0;

function askSpeaker() {
  keys.hidden = true;
  speaking.hidden = false;
  speaker.value = "";
  speaker.focus();
}

function leaveSpeaker() {
  speaking.hidden = true;
  keys.hidden = false;
  chosen?.querySelector("a").focus();
}

speaking?.addEventListener("submit", (event) => {
  event.preventDefault();
  const known = [...document.querySelectorAll("#known option")].filter((one) => one.value === speaker.value);
  if (speaker.value.trim()) judge("speaker", chosen.dataset.id, known.length === 1 ? known[0].dataset.id : speaker.value.trim());
});
speaker?.addEventListener("input", async () => {
  const mine = ++asking;
  if (speaker.value.trim().length < 2) return;
  const answer = await fetch(`/api/actors?limit=8&text=${encodeURIComponent(speaker.value)}`);
  if (!answer.ok || mine !== asking) return;
  const list = document.querySelector("#known");
  list.replaceChildren(...(await answer.json()).rows.map((one) => {
    const option = document.createElement("option");
    option.value = one.name;
    option.dataset.id = one.id;
    return option;
  }));
});

// -- where the words are: offsets count code points, browsers count UTF-16 units

let words = null;

function allWords() {
  if (words) return words;
  words = [];
  for (const piece of prose.querySelectorAll("span[data-o]")) {
    const node = piece.firstChild;
    if (!node || node.nodeType !== Node.TEXT_NODE) continue;
    const text = node.data;
    let units = 0, points = Number(piece.dataset.o);
    const finder = /\S+/gu;
    for (let found = finder.exec(text); found; found = finder.exec(text)) {
      points += [...text.slice(units, found.index)].length;
      const size = [...found[0]].length;
      words.push({ a: points, b: points + size, node, from: found.index, to: found.index + found[0].length });
      units = found.index + found[0].length;
      points += size;
    }
  }
  return words;
}

function offset(node, at) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-o]");
  if (!piece || !prose.contains(piece)) return null;
  if (node.nodeType !== Node.TEXT_NODE) return Number(piece.dataset.o);
  return Number(piece.dataset.o) + [...node.data.slice(0, at)].length;
}

function rangesOf(spans) {
  const out = [];
  for (const [a, b] of spans) {
    for (const word of allWords()) {
      if (word.b <= a || word.a >= b) continue;
      const range = new Range();
      const text = word.node.data;
      const skip = Math.max(0, a - word.a), keep = Math.min(word.b, b) - word.a;
      const points = [...text.slice(word.from, word.to)];
      range.setStart(word.node, word.from + points.slice(0, skip).join("").length);
      range.setEnd(word.node, word.from + points.slice(0, keep).join("").length);
      out.push(range);
    }
  }
  return out;
}

// -- marking

const marking = document.querySelector("#marking");
let marked = null;

function mark(kind) {
  const spans = kind === "spans" ? JSON.parse(chosen.dataset.spans) : { source: [], cue: [], content: [] };
  marked = { kind, part: "content", spans };
  keys.hidden = true;
  marking.hidden = false;
  bar.hidden = false;
  if (kind === "missed") elsewhere(0);
  draw();
}

function leave() {
  marked = null;
  marking.hidden = true;
  keys.hidden = false;
  if (window.CSS?.highlights) for (const part of ["source", "cue", "content"]) CSS.highlights.delete(`marked-${part}`);
  if (!chosen) bar.hidden = true;
}

function draw() {
  for (const button of marking.querySelectorAll("[data-part]")) button.setAttribute("aria-pressed", String(button.dataset.part === marked.part));
  for (const part of ["source", "cue", "content"]) {
    if (window.CSS?.highlights) CSS.highlights.set(`marked-${part}`, new Highlight(...rangesOf(marked.spans[part])));
  }
  const shown = rangesOf(marked.spans[marked.part]).map(String).join(" ");
  say(`${marked.part}: ${shown || "none"}`);
}

function at(point) {
  const all = allWords();
  let low = 0, high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].b <= point) low = middle + 1; else high = middle;
  }
  return Math.min(low, all.length - 1);
}

function move(end, by) {
  const spans = marked.spans[marked.part], all = allWords();
  if (!spans.length) return elsewhere(0);
  if (end) {
    const last = spans[spans.length - 1];
    const word = at(last[1] - 1) + by;
    if (word < all.length && word >= 0 && all[word].b > last[0]) last[1] = all[word].b;
  } else {
    const first = spans[0];
    const word = at(first[0]) + by;
    if (word >= 0 && all[word] && all[word].a < first[1]) first[0] = all[word].a;
  }
  draw();
}

// Another paragraph: up and down; without one marked yet, where the chosen statement or the middle of the window is.
function elsewhere(by) {
  const lines = [...prose.querySelectorAll("p[data-o]")].map((p) => Number(p.dataset.o));
  const spans = marked.spans[marked.part];
  let from;
  if (spans.length) from = spans[0][0];
  else if (marked.spans.content.length) from = marked.spans.content[0][0];
  else if (chosen) from = Number(pieces.get(chosen.dataset.s)?.[0]?.dataset.o ?? lines[0]);
  else from = lines.find((o) => document.querySelector(`p[data-o="${o}"]`).getBoundingClientRect().bottom > 120) ?? lines[0];
  let line = lines.findLastIndex((o) => o <= from);
  line = Math.min(lines.length - 1, Math.max(0, line + by));
  const word = allWords()[at(lines[line])];
  marked.spans[marked.part] = [[word.a, word.b]];
  word.node.parentElement.scrollIntoView({ block: "center" });
  draw();
}

function more() {
  const spans = marked.spans[marked.part], all = allWords();
  if (!spans.length) return elsewhere(0);
  const next = all[at(spans[spans.length - 1][1] - 1) + 2];
  if (next) spans.push([next.a, next.b]);
  draw();
}

function save() {
  if (!marked.spans.content.length) return say("A statement has content: mark the words that are attributed.");
  judge(marked.kind, marked.kind === "missed" ? report : chosen.dataset.id, marked.spans);
}

document.addEventListener("mouseup", (event) => {
  const selection = window.getSelection();
  if (!marked || selection.isCollapsed || bar.contains(event.target)) return;
  const range = selection.getRangeAt(0);
  let a = offset(range.startContainer, range.startOffset), b = offset(range.endContainer, range.endOffset);
  if (a === null || b === null || a >= b) return;
  const all = allWords();
  a = all[at(a)].a < a && all[at(a)].b > a ? all[at(a)].a : a;
  const last = all[at(b - 1)];
  b = last.a < b ? Math.max(b, last.b) : b;
  const spans = event.ctrlKey || event.metaKey ? [...marked.spans[marked.part], [a, b]] : [[a, b]];
  marked.spans[marked.part] = joined(spans);
  selection.removeAllRanges();
  draw();
});

function joined(spans) {
  const out = [];
  for (const [a, b] of spans.toSorted((x, y) => x[0] - y[0])) {
    if (out.length && a <= out[out.length - 1][1]) out[out.length - 1][1] = Math.max(b, out[out.length - 1][1]);
    else out.push([a, b]);
  }
  return out;
}

// -- keys and buttons

const deeds = {
  right: () => chosen && judge("right", chosen.dataset.id, "statement"),
  wrong: () => chosen && judge("wrong", chosen.dataset.id, "statement"),
  notspeaker: () => chosen && judge("wrong", chosen.dataset.id, "speaker"),
  speaker: () => chosen && askSpeaker(),
  spans: () => chosen && mark("spans"),
  missed: () => mark("missed"),
  undo, save, leave,
};
const letters = { r: "right", w: "wrong", x: "notspeaker", s: "speaker", c: "spans", m: "missed", u: "undo" };

function markingKey(event) {
  const part = { 1: "source", 2: "cue", 3: "content" }[event.key];
  if (part) { marked.part = part; draw(); }
  else if (event.key === "ArrowRight") move(!event.shiftKey, 1);
  else if (event.key === "ArrowLeft") move(!event.shiftKey, -1);
  else if (event.key === "ArrowDown") elsewhere(1);
  else if (event.key === "ArrowUp") elsewhere(-1);
  else if (event.key === "+") more();
  else if (event.key === "Backspace" || event.key === "Delete") { marked.spans[marked.part] = []; draw(); }
  else if (event.key === "Enter" && event.target.tagName !== "BUTTON") save();
  else if (event.key === "Escape") leave();
  else return;
  event.preventDefault();
}

if (bar) {
  coder.value = localStorage.getItem("sayso coder") ?? "";
  coder.addEventListener("change", () => localStorage.setItem("sayso coder", coder.value.trim()));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && !speaking.hidden) return leaveSpeaker();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (marked) return markingKey(event);
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Escape") choose(null);
    else if (letters[event.key]) deeds[letters[event.key]]();
    else return;
    event.preventDefault();
  });
  for (const button of bar.querySelectorAll("[data-do]")) button.addEventListener("click", () => deeds[button.dataset.do]());
  for (const button of bar.querySelectorAll("[data-part]")) button.addEventListener("click", () => { marked.part = button.dataset.part; draw(); });
  for (const note of notes) {
    note.addEventListener("click", (event) => event.target.closest("a:not(.no)") || choose(note, { scroll: false }));
  }
  for (const label of document.querySelectorAll(".fn")) {
    label.addEventListener("click", () => choose(notes.find((note) => note.dataset.s === label.textContent), { scroll: false }));
  }
  const remembered = JSON.parse(sessionStorage.getItem(`sayso ${report}`) ?? "{}");
  if (remembered.at !== undefined) {
    sessionStorage.setItem(`sayso ${report}`, JSON.stringify({ last: remembered.last }));
    window.scrollTo(0, remembered.top);
    if (remembered.at) choose(notes[Math.min(notes.length, remembered.at) - 1] ?? null, { scroll: false });
  } else if (window.location.hash.startsWith("#s-")) {
    choose(notes.find((note) => `#s-${note.dataset.id}` === window.location.hash) ?? null, { scroll: false });
  }
}
