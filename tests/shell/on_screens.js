// Run inside a page that holds one letter in each frame; writes, for each, what a reader of it would stumble over.
"use strict";

const luminance = (colour) => {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
const groundOf = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const ground = numbers(getComputedStyle(at).backgroundColor);
    if (ground.length === 3 || ground[3] > 0) return ground.slice(0, 3);
  }
  return [255, 255, 255];
};
const contrast = (node) => {
  const levels = [numbers(getComputedStyle(node).color).slice(0, 3), groundOf(node)].map(luminance).sort((a, b) => b - a);
  return (levels[0] + 0.05) / (levels[1] + 0.05);
};
const texts = (document) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode);
  return found;
};
const DATE = /(?:\d{4}年)?\d{1,2}月\d{1,2}日|(?:\w{3} )?\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December|Nov|Dec|Jan)\b(?: \d{4})?/g;
const SHORT_COMMAND = 24; // columns: “BULLETIN JAR-2026-014” has 23
const columns = (words) => words.length + (words.match(/[\u2e80-\uffef]/g) || []).length;
const lines = (node, start, end) => {
  const range = node.ownerDocument.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
};
const torn = (document, words) => {
  const dates = words.flatMap((text) =>
    text.parentElement.closest("blockquote")
      ? []
      : [...text.data.matchAll(DATE)].filter((found) => lines(text, found.index, found.index + found[0].length) > 1).map((found) => found[0]),
  );
  const commands = [...document.querySelectorAll("b")].filter(
    (bold) => /^[“「]/.test(bold.textContent) && columns(bold.textContent) <= SHORT_COMMAND && bold.getClientRects().length > 1,
  );
  return [...dates, ...commands.map((bold) => bold.textContent)];
};
const look = (frame) => {
  const { document, performance } = frame.contentWindow;
  const words = texts(document);
  const wide = [...document.body.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > frame.clientWidth + 0.5);
  return {
    name: frame.title,
    language: document.documentElement.lang,
    width: document.documentElement.scrollWidth,
    over: wide.map((node) => node.textContent.trim().slice(0, 40)),
    faint: words.filter((text) => contrast(text.parentElement) < 4.5).map((text) => text.data.trim().slice(0, 40)),
    small: words.filter((text) => parseFloat(getComputedStyle(text.parentElement).fontSize) < 14).map((text) => text.data.trim()),
    slanted: words.filter((text) => getComputedStyle(text.parentElement).fontStyle !== "normal").map((text) => text.data.trim()),
    torn: torn(document, words),
    ground: groundOf(document.body),
    headings: [...document.querySelectorAll("h1, h2, h3, h4")].map((node) => Number(node.tagName[1])),
    loaded: performance.getEntriesByType("resource").map((entry) => entry.name),
  };
};
addEventListener("load", () => {
  document.getElementById("told").textContent = JSON.stringify([...document.querySelectorAll("iframe")].map(look));
});
