"use strict";
// Keys and small comforts of the review desk. Everything here also works without scripts.
// Listeners sit on the document, so they survive the swaps of htmx.

const each = (selector, root = document) => [...root.querySelectorAll(selector)];
const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select") !== null;
// A link or button in focus keeps the keys that press it; all others stay ours.
const presses = (target, key) => ["Enter", " "].includes(key) && target.closest("a, button, summary") !== null;

// --- The queue: j and k move, Enter opens, x picks -------------------------------------------

function moveInQueue(step) {
  const rows = each(".queue tbody tr");
  if (rows.length === 0) return;
  const now = rows.findIndex((row) => row.classList.contains("current"));
  const next = now < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, now + step));
  if (now >= 0) rows[now].classList.remove("current");
  rows[next].classList.add("current");
  rows[next].scrollIntoView({ block: "nearest" });
}

function onQueueKey(key) {
  if (key === "j") moveInQueue(1);
  else if (key === "k") moveInQueue(-1);
  else {
    const row = document.querySelector(".queue tbody tr.current");
    if (key === "Enter") row?.querySelector("a[data-open]")?.click();
    else if (key === "x") row?.querySelector("input[type=checkbox]")?.click();
    else return false;
    return row !== null;
  }
  return true;
}

// --- One flag: 1 to 4 choose a verdict, Enter records it, j and k go on, p shows pictures ------

function chooseVerdict(radio) {
  radio.checked = true;
  const form = radio.form;
  for (const group of each(".reasons", form)) group.hidden = group.dataset.verdict !== radio.value;
  const reason = form.elements.reason;
  const standard = each(".reasons button", form).map((button) => button.value);
  // What the person wrote is never overwritten; a standard reason is.
  if (reason.value.trim() === "" || standard.includes(reason.value)) {
    reason.value = form.querySelector(`.reasons[data-verdict="${radio.value}"] button`)?.value ?? "";
  }
}

function onFlagKey(key) {
  const form = document.querySelector("form.judge");
  if (form === null) return false;
  const radio = form.querySelector(`input[type=radio][data-key="${key}"]`);
  if (radio !== null) { chooseVerdict(radio); form.elements.reason.focus(); form.elements.reason.select(); return true; }
  if (key === "j") document.querySelector("a[data-next]")?.click();
  else if (key === "k") document.querySelector("a[data-previous]")?.click();
  else if (key === "p") return enlarge(0);
  else return false;
  return true;
}

// --- Pictures: a click, Enter or p shows one large, the arrows go on, Escape closes -----------

const viewer = () => document.querySelector("dialog.viewer");

function enlarge(at) {
  const links = each("a[data-enlarge]");
  const link = links[at];
  const shown = viewer();
  if (!link || !shown) return false;
  const frame = shown.querySelector(".frame");
  const picture = new Image();
  picture.src = link.href;
  picture.alt = link.querySelector("img")?.alt ?? "";
  frame.dataset.box = link.dataset.box ?? "";
  frame.replaceChildren(picture);
  shown.querySelector("span").textContent = `${at + 1} / ${links.length}  ${picture.alt}`;
  shown.dataset.at = String(at);
  if (!shown.open) shown.showModal();
  return true;
}

function onViewerKey(key) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  return step !== undefined && enlarge(Number(viewer().dataset.at) + step);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (viewer()?.open) {
    if (onViewerKey(event.key)) event.preventDefault();
    return;
  }
  const target = event.target;
  const form = target.closest?.("form.judge");
  if (form && event.key === "Enter" && !event.shiftKey && target.name === "reason") {
    event.preventDefault();
    form.requestSubmit();
  } else if (form && event.key === "Escape") {
    target.blur();
  } else if (!typing(target) && !presses(target, event.key) && (onFlagKey(event.key) || onQueueKey(event.key))) {
    event.preventDefault();
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("form.judge input[type=radio]")) chooseVerdict(event.target);
  if (event.target.matches("[data-pick-all]")) {
    for (const box of each("tbody input[type=checkbox]", event.target.closest("table"))) box.checked = event.target.checked;
  }
  if (event.target.matches("table input[type=checkbox]")) countPicked();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-enlarge]");
  // With a key held the browser opens its own tab or window, as everywhere.
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    if (enlarge(each("a[data-enlarge]").indexOf(link))) event.preventDefault();
    return;
  }
  if (event.target.closest("dialog.viewer")) {
    viewer().close();
    return;
  }
  const standard = event.target.closest(".reasons button");
  if (standard) {
    event.preventDefault();
    standard.form.elements.reason.value = standard.value;
    standard.form.elements.reason.focus();
    return;
  }
  const row = event.target.closest(".queue tbody tr");
  if (row && !event.target.closest("a, button, input, label, .pick")) row.querySelector("a[data-open]")?.click();
});

function countPicked() {
  for (const actions of each(".actions[data-needs-picked]")) {
    const picked = each("tbody input[type=checkbox]:checked", actions.closest("form") ?? document).length;
    for (const output of each("output", actions)) output.value = String(picked);
    for (const button of each("button", actions)) button.disabled = picked === 0;
  }
}

// --- Boxes over pictures: data-box="x,y,w,h" in pixels of the original ------------------------

function drawBox(frame) {
  const picture = frame.querySelector("img");
  const [x, y, width, height] = (frame.dataset.box ?? "").split(",").map(Number);
  if (!picture?.naturalWidth || !width || !height || frame.querySelector(".box")) return;
  // A drawing of the picture's own size fits itself into the frame just as the picture does,
  // on paper too.
  const [box, outline] = ["svg", "rect"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  box.setAttribute("class", "box");
  box.setAttribute("viewBox", `0 0 ${picture.naturalWidth} ${picture.naturalHeight}`);
  for (const [name, value] of Object.entries({ x, y, width, height })) outline.setAttribute(name, String(value));
  box.append(outline);
  frame.append(box);
}

document.addEventListener("load", (event) => {
  const frame = event.target.closest?.(".frame[data-box]");
  if (frame) drawBox(frame);
}, true);

function settle() {
  countPicked();
  each(".frame[data-box]").forEach(drawBox);
  const chosen = document.querySelector("form.judge input[type=radio]:checked");
  for (const group of each("form.judge .reasons")) group.hidden = group.dataset.verdict !== chosen?.value;
}

document.addEventListener("DOMContentLoaded", settle);
document.addEventListener("htmx:afterSettle", settle);
